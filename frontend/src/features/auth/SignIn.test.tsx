import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { me } from '@/testing/factories';
import { renderApp } from '@/testing/renderApp';
import { refuse, server } from '@/testing/server';

const nobody = http.get('*/api/v1/session', () => refuse('session_missing', 401));
const noRefresh = http.post('*/api/v1/session/refresh', () => refuse('session_unknown', 401));

async function fill(user: ReturnType<typeof renderApp>['user'], email: string, password: string) {
  await user.type(await screen.findByLabelText('E-mail'), email);
  await user.type(screen.getByLabelText('Senha'), password);
  await user.click(screen.getByRole('button', { name: 'Entrar' }));
}

describe('signing in', () => {
  beforeEach(() => server.use(nobody, noRefresh));

  it('shows the door to whoever asks for the inbox without a session', async () => {
    const { router } = renderApp('/atendimentos/5?tab=waiting');
    expect(await screen.findByRole('heading', { name: 'Entrar' })).toBeVisible();
    expect(router.state.location.search).toMatchObject({ to: '/atendimentos/5?tab=waiting' });
  });

  it('says that e-mail and password do not match', async () => {
    server.use(http.post('*/api/v1/session', () => refuse('credentials_invalid', 401)));
    const { user } = renderApp('/entrar');
    await fill(user, 'ana@redepinhao.exemplo', 'errada');
    expect(await screen.findByRole('alert')).toHaveTextContent('E-mail ou senha não conferem.');
  });

  it('does not bother the server with half an e-mail', async () => {
    const { user } = renderApp('/entrar'); // any request would fail the test
    await fill(user, 'ana', 'senha');
    expect(await screen.findByText(/Escreva o e-mail completo/)).toBeVisible();
  });

  it('closes the button and counts down when there were too many attempts', async () => {
    server.use(
      http.post('*/api/v1/session', () => refuse('too_many_attempts', 429, { retry_after_s: 90 })),
    );
    const { user } = renderApp('/entrar');
    await fill(user, 'ana@redepinhao.exemplo', 'senha');
    expect(await screen.findByRole('alert')).toHaveTextContent(/Tente de novo em 1:(3[01]|2\d)/);
    expect(screen.getByRole('button', { name: 'Entrar' })).toBeDisabled();
  });

  it('goes on to where the person wanted to be', async () => {
    server.use(
      http.post('*/api/v1/session', () => {
        server.use(http.get('*/api/v1/session', () => HttpResponse.json(me())));
        return HttpResponse.json({ state: 'signed_in', me: me() });
      }),
    );
    const { user, router } = renderApp('/atendimentos/5?tab=serving');
    await fill(user, 'ana@redepinhao.exemplo', 'senha certa');
    expect(await screen.findByRole('log')).toBeVisible();
    expect(router.state.location.pathname).toBe('/atendimentos/5');
  });

  it('never follows a link to another site', async () => {
    const { router } = renderApp('/entrar?to=https%3A%2F%2Fmau.exemplo');
    await screen.findByRole('heading', { name: 'Entrar' });
    expect(router.state.matches.at(-1)?.search).not.toHaveProperty('to', 'https://mau.exemplo');
  });
});

it('leaves without a word about an ended session, and forgets what was seen', async () => {
  server.use(http.delete('*/api/v1/session', () => new HttpResponse(null, { status: 204 })));
  const { user, cache } = renderApp('/atendimentos?tab=serving');
  await screen.findByRole('link', { name: /Marina Alves/ });
  await user.click(screen.getAllByRole('button', { name: 'Minha conta' })[0]!);
  await user.click(await screen.findByRole('button', { name: 'Sair' }));
  expect(await screen.findByText('Você saiu. Até a próxima.')).toBeVisible();
  await waitFor(() => expect(cache.getQueryCache().getAll()).toEqual([]));
});
