import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { me } from '@/testing/factories';
import { renderApp } from '@/testing/renderApp';
import { server } from '@/testing/server';

function inTwoAccounts() {
  const asked: string[] = [];
  const one = me();
  const two = me({ id: 2, slug: 'atacado', name: 'Pinhão Atacado', member_id: 9 });
  server.use(
    http.get('*/api/v1/session', () =>
      HttpResponse.json({ ...one, accounts: [...one.accounts, ...two.accounts] }),
    ),
    http.get('*/api/v1/tickets', ({ request }) => {
      asked.push(request.headers.get('Balcao-Account') ?? '');
      return HttpResponse.json({ data: [], next: null });
    }),
  );
  return asked;
}

const openMenu = async ({ user }: ReturnType<typeof renderApp>) => {
  await user.click((await screen.findAllByRole('button', { name: 'Minha conta' }))[0]!);
  return screen.findByRole('navigation', { name: 'Contas' });
};

it('says nothing of accounts to who has one', async () => {
  const { user, router } = renderApp('/atendimentos?tab=serving');
  await user.click((await screen.findAllByRole('button', { name: 'Minha conta' }))[0]!);
  expect(await screen.findByText('ana@redepinhao.exemplo')).toBeVisible();
  expect(screen.queryByRole('navigation', { name: 'Contas' })).not.toBeInTheDocument();
  expect(router.state.location.searchStr).not.toContain('conta');
});

it('speaks for the account of the address, from place to place, and leads to the others', async () => {
  const asked = inTwoAccounts();
  const app = renderApp('/atendimentos?tab=serving&conta=atacado');
  const menu = await openMenu(app);
  expect(asked).toEqual(['2']);
  expect(within(menu).getByRole('link', { name: 'Pinhão Atacado' })).toHaveAttribute(
    'aria-current',
    'true',
  );
  const other = within(menu).getByRole('link', { name: 'Rede Pinhão' });
  expect(other).toHaveAttribute('href', '/atendimentos?conta=rede-pinhao');
  expect(other).not.toHaveAttribute('aria-current');

  await app.user.keyboard('{Escape}');
  await app.user.click(screen.getAllByRole('link', { name: 'Configurações' })[0]!);
  await waitFor(() => expect(app.router.state.location.pathname).toContain('canais'));
  expect(app.router.state.location.search).toMatchObject({ conta: 'atacado' });
});

it('writes the first account into an address that says none', async () => {
  const asked = inTwoAccounts();
  const { router } = renderApp('/atendimentos?tab=waiting');
  await waitFor(() =>
    expect(router.state.location.search).toEqual({ tab: 'waiting', conta: 'rede-pinhao' }),
  );
  await waitFor(() => expect(asked).toEqual(['1']));
});

it('asks nothing of an account that is not one’s own, and shows the way home', async () => {
  const asked = inTwoAccounts();
  renderApp('/atendimentos?tab=serving&conta=alheia');
  expect(await screen.findByText('Você não tem acesso a esta conta.')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Abrir Pinhão Atacado' })).toHaveAttribute(
    'href',
    '/atendimentos?conta=atacado',
  );
  expect(asked).toEqual([]);
});
