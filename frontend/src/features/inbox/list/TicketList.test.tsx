import { act, screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { aMessage, aTicket } from '@/testing/factories';
import { FakeSource } from '@/testing/live';
import { renderApp } from '@/testing/renderApp';
import { refuse, server } from '@/testing/server';

const many = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) =>
    aTicket({
      id: from + at,
      contact: { id: from + at, name: `Cliente ${from + at}`, address: 'visitor' },
    }),
  );

const list = () => screen.findByRole('list', { name: 'Lista de atendimentos' });

it('names a row with all that its colours say', async () => {
  server.use(
    http.get('*/api/v1/tickets', () =>
      HttpResponse.json({ data: [aTicket({ unread_count: 3 })], next: null }),
    ),
  );
  renderApp('/atendimentos?tab=serving');
  const row = await screen.findByRole('link', { name: /Marina Alves/ });
  await waitFor(() =>
    expect(row).toHaveAccessibleName(
      /Marina Alves, WhatsApp, 3 não lidas, cliente espera há [45] min, Suporte, última: Oi, tudo bem\?/,
    ),
  );
});

it('says in a whole sentence that somebody wrote just now', async () => {
  const now = new Date().toISOString();
  server.use(
    http.get('*/api/v1/tickets', () =>
      HttpResponse.json({ data: [aTicket({ last_inbound_at: now })], next: null }),
    ),
  );
  renderApp('/atendimentos?tab=serving');
  expect(await screen.findByRole('link', { name: /, cliente acabou de escrever,/ })).toBeVisible();
});

it('asks for the next page with the cursor of the last one, and never repeats a row', async () => {
  const asked: (string | null)[] = [];
  server.use(
    http.get('*/api/v1/tickets', ({ request }) => {
      const after = new URL(request.url).searchParams.get('after');
      asked.push(after);
      /* Row 103 moved between the two requests and comes twice. */
      return after
        ? HttpResponse.json({ data: many(103, 4), next: null })
        : HttpResponse.json({ data: many(100, 4), next: 'cursor-2' });
    }),
  );
  renderApp('/atendimentos?tab=serving');
  const rows = await list();
  await waitFor(() => expect(within(rows).getAllByRole('listitem')).toHaveLength(7));
  expect(asked).toEqual([null, 'cursor-2']);
});

it('keeps the search in the address and asks once for what was typed', async () => {
  const searched: string[] = [];
  server.use(
    http.get('*/api/v1/tickets', ({ request }) => {
      const q = new URL(request.url).searchParams.get('q');
      if (q) searched.push(q);
      return HttpResponse.json({ data: q ? [] : [aTicket()], next: null });
    }),
  );
  const { user, router } = renderApp('/atendimentos?tab=serving');
  await user.type(
    await screen.findByRole('searchbox', { name: 'Buscar atendimentos' }),
    'boleto maio',
  );

  expect(await screen.findByText('Nada encontrado para “boleto maio”.')).toBeVisible();
  expect(router.state.location.search).toMatchObject({ q: 'boleto maio' });
  expect(searched).toEqual(['boleto maio']);

  await user.click(screen.getByRole('button', { name: 'Limpar filtros' }));
  expect(await screen.findByRole('link', { name: /Marina Alves/ })).toBeVisible();
});

it('lets new tickets wait behind a pill instead of pushing the rows', async () => {
  let rows = [aTicket({ id: 5 })];
  server.use(http.get('*/api/v1/tickets', () => HttpResponse.json({ data: rows, next: null })));
  const { user } = renderApp('/atendimentos?tab=serving');
  const shown = await list();
  await within(shown).findByRole('link', { name: /Marina/ });

  const fresh = aTicket({ id: 6, contact: { id: 60, name: 'José Pereira', address: 'visitor' } });
  rows = [fresh, ...rows];
  act(() => {
    FakeSource.last?.says('message.created', {
      message: aMessage({ ticket_id: 6 }),
      ticket: fresh,
    });
  });

  const pill = await screen.findByRole('button', { name: '1 novo' });
  expect(screen.queryByRole('link', { name: /José Pereira/ })).not.toBeInTheDocument();
  await user.click(pill);
  expect(await screen.findByRole('link', { name: /José Pereira/ })).toBeVisible();
  expect(screen.queryByRole('button', { name: '1 novo' })).not.toBeInTheDocument();
});

it('says of each filter and order whether it is the chosen one', async () => {
  const { user } = renderApp('/atendimentos?tab=serving&departments=%5B2%5D');
  await user.click(await screen.findByRole('button', { name: 'Comercial' }));
  expect(await screen.findByRole('menuitemcheckbox', { name: 'Comercial' })).toBeChecked();
  expect(screen.getByRole('menuitemcheckbox', { name: 'Suporte' })).not.toBeChecked();
  expect(screen.getByRole('menuitemcheckbox', { name: 'Todos os setores' })).not.toBeChecked();
  await user.click(screen.getByRole('menuitemcheckbox', { name: 'Suporte' }));
  expect(await screen.findByRole('button', { name: 'Setor: 2' })).toBeVisible();
  await user.keyboard('{Escape}');

  await user.click(screen.getByRole('button', { name: 'Pessoa' }));
  await user.click(await screen.findByRole('menuitemradio', { name: 'Comigo' }));
  expect(await screen.findByRole('button', { name: 'Comigo' })).toBeVisible();

  await user.click(screen.getByRole('button', { name: 'Ordem da lista' }));
  const newest = await screen.findByRole('menuitemradio', { name: 'Mais recentes primeiro' });
  expect(newest).toBeChecked();
  expect(screen.getByRole('menuitemradio', { name: /Esperando há mais tempo/ })).not.toBeChecked();
});

it('shows two digits of a long queue, and says them all', async () => {
  const counted = { mine: 0, mine_unread: 0, serving: 99, waiting: 312, bot: 1000 };
  server.use(
    http.get('*/api/v1/tickets/counts', () =>
      HttpResponse.json({ ...counted, as_of: new Date().toISOString() }),
    ),
  );
  renderApp('/atendimentos?tab=serving');
  const waiting = await screen.findByRole('link', { name: 'Aguardando 312' });
  expect(within(waiting).getByText('99+')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Bot 999+' })).toBeVisible();
  expect(screen.getByRole('link', { name: 'Atendendo 99' })).toBeVisible();
});

it('opens the next ticket with J', async () => {
  server.use(
    http.get('*/api/v1/tickets', () => HttpResponse.json({ data: many(100, 3), next: null })),
    http.get('*/api/v1/tickets/:id', ({ params }) =>
      HttpResponse.json(aTicket({ id: Number(params.id) })),
    ),
  );
  const { user, router } = renderApp('/atendimentos/100?tab=serving');
  await list();
  await screen.findByRole('log');
  await user.keyboard('j');
  await waitFor(() => expect(router.state.location.pathname).toBe('/atendimentos/101'));
});

it('takes the one that waits longest with A, even from an empty tab', async () => {
  const taken: string[] = [];
  server.use(
    http.get('*/api/v1/tickets', ({ request }) => {
      const { searchParams } = new URL(request.url);
      const oldest =
        searchParams.get('tab') === 'waiting' && searchParams.get('order') === 'oldest';
      return HttpResponse.json({
        data: oldest ? [aTicket({ id: 9, state: 'waiting' })] : [],
        next: null,
      });
    }),
    http.post('*/api/v1/tickets/:id/take', ({ params }) => {
      taken.push(String(params.id));
      return HttpResponse.json(aTicket({ id: 9 }));
    }),
  );
  const { user, router } = renderApp('/atendimentos?tab=serving');
  await screen.findByText(/Nenhum atendimento agora/);
  await user.keyboard('a');
  await waitFor(() => expect(router.state.location.pathname).toBe('/atendimentos/9'));
  expect(taken).toEqual(['9']);
});

it('says what happened and tries again when the list could not be read', async () => {
  server.use(http.get('*/api/v1/tickets', () => refuse('busy', 500)));
  const { user } = renderApp('/atendimentos?tab=serving');
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('O servidor está ocupado');
  expect(alert).toHaveTextContent('código pedido-1');

  server.resetHandlers();
  await user.click(within(alert).getByRole('button', { name: 'Tentar de novo' }));
  expect(await screen.findByRole('link', { name: /Marina Alves/ })).toBeVisible();
});

it('does not break on a mistyped link', async () => {
  renderApp('/atendimentos?tab=nada&departments=x');
  expect(await screen.findByRole('link', { name: /Marina Alves/ })).toBeVisible();
});
