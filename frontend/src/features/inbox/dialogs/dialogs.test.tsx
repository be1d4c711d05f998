import { act, screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { letGo } from '@/lib/grace';
import { aTicket, catalogue, minutesAgo } from '@/testing/factories';
import { renderApp } from '@/testing/renderApp';
import { refuse, server } from '@/testing/server';

const open = async (button: string, change: Parameters<typeof aTicket>[0] = {}) => {
  server.use(http.get('*/api/v1/tickets/:id', () => HttpResponse.json(aTicket(change))));
  const app = renderApp('/atendimentos/5?tab=serving');
  await app.user.click(await screen.findByRole('button', { name: button }));
  return { ...app, dialog: await screen.findByRole('dialog') };
};

afterEach(() => act(() => letGo()));

describe('transferring', () => {
  it('goes to what was searched with Enter alone when one result is left', async () => {
    const asked: unknown[] = [];
    server.use(
      http.post('*/api/v1/tickets/5/transfer', async ({ request }) => {
        asked.push(await request.json());
        return HttpResponse.json(aTicket({ assignee_id: 8 }));
      }),
    );
    const { user, dialog } = await open('Transferir');
    await user.type(within(dialog).getByRole('searchbox'), 'diego{Enter}');
    await waitFor(() => expect(asked).toEqual([{ assignee_id: 8 }]));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  });

  it('stays open and says why when the ticket was closed meanwhile', async () => {
    server.use(http.post('*/api/v1/tickets/5/transfer', () => refuse('ticket_closed', 409)));
    const { user, dialog } = await open('Transferir');
    await user.click(within(dialog).getByRole('radio', { name: /Comercial/ }));
    await user.click(within(dialog).getByRole('button', { name: 'Transferir' }));
    expect(await within(dialog).findByRole('alert')).toHaveTextContent('já foi encerrado');
  });
});

it('gives the focus back to what opened the dialog', async () => {
  const { user } = await open('Encerrar');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.getByRole('button', { name: 'Encerrar' })).toHaveFocus());
});

it('gives the focus back to where a key found it', async () => {
  const { user } = renderApp('/atendimentos/5?tab=serving');
  const log = await screen.findByRole('log');
  for (const key of ['t', 'e']) {
    act(() => log.focus());
    await user.keyboard(key);
    await screen.findByRole('dialog');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(log).toHaveFocus());
  }
});

it('takes one layer away with each Escape: menu, field, panel, conversation', async () => {
  const { user, router } = renderApp('/atendimentos/5?tab=serving');
  const more = await screen.findByRole('button', { name: 'Mais ações' });
  await screen.findByRole('complementary', { name: 'Dados do contato' });
  const field = await screen.findByRole('textbox', { name: 'Mensagem para Marina' });
  act(() => field.focus());
  await user.click(more);
  await screen.findByRole('menu');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('menu')).not.toBeInTheDocument());
  await waitFor(() => expect(more).toHaveFocus());
  expect(router.state.location.pathname).toBe('/atendimentos/5');

  act(() => field.focus());
  await user.keyboard('{Escape}');
  expect(field).not.toHaveFocus();
  expect(screen.getByRole('complementary', { name: 'Dados do contato' })).toBeVisible();

  await user.keyboard('{Escape}');
  expect(screen.queryByRole('complementary', { name: 'Dados do contato' })).toBeNull();
  expect(router.state.location.pathname).toBe('/atendimentos/5');

  await user.keyboard('{Escape}');
  await waitFor(() => expect(router.state.location.pathname).toBe('/atendimentos'));
  await waitFor(() => expect(screen.getByRole('link', { name: /Marina/ })).toHaveFocus());
});

it('gives the focus back to the menu whose item is gone', async () => {
  const app = renderApp('/atendimentos/5?tab=serving');
  await app.user.click(await screen.findByRole('button', { name: 'Mais ações' }));
  await app.user.click(await screen.findByRole('menuitem', { name: 'Transferir' }));
  await screen.findByRole('dialog');
  await app.user.keyboard('{Escape}');
  await waitFor(() => expect(screen.getByRole('button', { name: 'Mais ações' })).toHaveFocus());
});

describe('closing', () => {
  it('asks for a reason', async () => {
    const { user, dialog } = await open('Encerrar');
    await user.click(within(dialog).getByRole('button', { name: 'Encerrar' }));
    expect(within(dialog).getByText('Escolha um motivo para encerrar.')).toBeVisible();
  });

  it('shows the message that will go out, filled in', async () => {
    const { user, dialog } = await open('Encerrar');
    await user.click(within(dialog).getByRole('combobox', { name: 'Motivo' }));
    await user.click(await screen.findByRole('option', { name: 'Resolvido' }));
    const message = within(dialog).getByRole('textbox', { name: 'Mensagem de encerramento' });
    await waitFor(() => expect(message).toHaveValue('Obrigada, Marina.'));
  });

  const withClosing = (message: string, requires_reason = true) =>
    server.use(
      http.get('*/api/v1/tickets/5/closing', () =>
        HttpResponse.json({ message, is_forced: message !== '' }),
      ),
      http.get('*/api/v1/account', () =>
        HttpResponse.json(
          catalogue({
            closing: { text: '', requires_reason },
            close_reasons: [
              { id: 1, name: 'Dívida', message, forces_message: message !== '', is_active: true },
              { id: 2, name: 'Sem resposta', message: '', forces_message: false, is_active: true },
              { id: 3, name: 'Antigo', message: '', forces_message: false, is_active: false },
            ],
          }),
        ),
      ),
    );

  it('offers no reason out of use', async () => {
    withClosing('');
    const { user, dialog } = await open('Encerrar');
    await user.click(within(dialog).getByRole('combobox', { name: 'Motivo' }));
    await screen.findByRole('option', { name: 'Sem resposta' });
    expect(screen.queryByRole('option', { name: 'Antigo' })).toBeNull();
  });

  it('lets nobody write over a message that is forced', async () => {
    withClosing('Pague até sexta.');
    const { user, dialog } = await open('Encerrar');
    await user.click(within(dialog).getByRole('combobox', { name: 'Motivo' }));
    await user.click(await screen.findByRole('option', { name: 'Dívida' }));
    const message = within(dialog).getByRole('textbox', { name: 'Mensagem de encerramento' });
    await waitFor(() => expect(message).toHaveValue('Pague até sexta.'));
    await user.type(message, 'outra coisa');
    expect(message).toHaveValue('Pague até sexta.');
    expect(within(dialog).getByText(/envia sempre esta mensagem/)).toBeVisible();
  });

  it('closes without a reason where the account asks for none', async () => {
    withClosing('', false);
    const asked: unknown[] = [];
    server.use(
      http.post('*/api/v1/tickets/5/close', async ({ request }) => {
        asked.push(await request.json());
        return HttpResponse.json(aTicket({ state: 'closed', controller: 'none' }));
      }),
    );
    const { user, dialog } = await open('Encerrar');
    await user.click(within(dialog).getByRole('button', { name: 'Encerrar' }));
    act(() => letGo());
    await waitFor(() => expect(asked).toEqual([{}]));
  });

  it('can be undone while the request was not made', async () => {
    const { user, dialog } = await open('Encerrar');
    await user.click(within(dialog).getByRole('combobox', { name: 'Motivo' }));
    await user.click(await screen.findByRole('option', { name: 'Sem resposta' }));
    await user.click(within(dialog).getByRole('button', { name: 'Encerrar' }));
    await user.click(await screen.findByRole('button', { name: 'Desfazer' }));
    act(() => letGo()); // any request would be unhandled, and fail the test
    expect(screen.getByRole('log')).toBeVisible();
  });

  it('really closes when its seconds are over, and goes back to the list', async () => {
    const asked: unknown[] = [];
    server.use(
      http.post('*/api/v1/tickets/5/close', async ({ request }) => {
        asked.push(await request.json());
        return HttpResponse.json(
          aTicket({ state: 'closed', controller: 'none', closed_at: minutesAgo(0) }),
        );
      }),
    );
    const { user, dialog, router } = await open('Encerrar');
    await user.click(within(dialog).getByRole('combobox', { name: 'Motivo' }));
    await user.click(await screen.findByRole('option', { name: 'Sem resposta' }));
    await user.click(within(dialog).getByRole('button', { name: 'Encerrar' }));
    act(() => letGo());
    await waitFor(() => expect(asked).toEqual([{ reason_id: 2 }]));
    await waitFor(() => expect(router.state.location.pathname).toBe('/atendimentos'));
  });

  const closeFirst = async () => {
    const row = (id: number) =>
      aTicket({ id, contact: { id, name: `Cliente ${id}`, address: 'visitor' } });
    server.use(
      http.get('*/api/v1/tickets', () =>
        HttpResponse.json({ data: [row(5), row(6), row(7)], next: null }),
      ),
      http.get('*/api/v1/tickets/:id', ({ params }) => HttpResponse.json(row(Number(params.id)))),
      http.post('*/api/v1/tickets/5/close', () =>
        HttpResponse.json(aTicket({ id: 5, state: 'closed', controller: 'none' })),
      ),
    );
    const app = renderApp('/atendimentos/5?tab=serving');
    await screen.findByRole('link', { name: /Cliente 6/ });
    await app.user.click(await screen.findByRole('button', { name: 'Encerrar' }));
    const dialog = await screen.findByRole('dialog');
    await app.user.click(within(dialog).getByRole('combobox', { name: 'Motivo' }));
    await app.user.click(await screen.findByRole('option', { name: 'Sem resposta' }));
    await app.user.click(within(dialog).getByRole('button', { name: 'Encerrar' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    return app;
  };

  it('leaves the focus on the next row', async () => {
    await closeFirst();
    act(() => letGo());
    await waitFor(() => expect(screen.getByRole('link', { name: /Cliente 6/ })).toHaveFocus());
  });

  it('does not call back whoever has moved on to another ticket', async () => {
    const { user, router } = await closeFirst();
    await user.click(screen.getByRole('link', { name: /Cliente 7/ }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/atendimentos/7'));
    await waitFor(() => expect(screen.queryByText('Atendimento encerrado.')).toBeNull());
    await screen.findByRole('log');
    expect(router.state.location.pathname).toBe('/atendimentos/7');
  });

  it('warns that nothing reaches the customer when the window is closed', async () => {
    const { dialog } = await open('Encerrar', { window_ends_at: minutesAgo(5) });
    expect(within(dialog).getByText(/não chega ao cliente/)).toBeVisible();
  });
});
