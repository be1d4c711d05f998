import { act, screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { letGo } from '@/lib/grace';
import { aReply, aTicket, anAttachment, me, minutesAgo, without } from '@/testing/factories';
import { renderApp } from '@/testing/renderApp';
import { refuse, server } from '@/testing/server';

type Sent = { client_key: string; mode: string; text?: string };

function acceptMessages() {
  const sent: Sent[] = [];
  server.use(
    http.post('*/api/v1/tickets/5/messages', async ({ request }) => {
      const body = (await request.json()) as Sent;
      sent.push(body);
      return HttpResponse.json(
        aReply({ seq: 3, text: body.text ?? '', client_key: body.client_key, state: 'queued' }),
        { status: 201 },
      );
    }),
  );
  return sent;
}

const aTemplate = {
  id: 7,
  name: 'retomar',
  language: 'pt_BR',
  category: 'utility',
  status: 'approved',
  quality: 'green',
  shape: {
    is_named: false,
    header: null,
    body: 'Olá, {{1}}. Vamos?',
    footer: '',
    buttons: [],
    variables: [{ name: '1', place: 'body', index: 0, own: '1', example: 'Ana' }],
    unfit: null,
  },
  channel_ids: [1],
  flow_count: 0,
  changed_at: '2026-01-01T00:00:00Z',
  gone_at: null,
  unfit: null,
};

const openTicket = (change: Parameters<typeof aTicket>[0] = {}) => {
  server.use(http.get('*/api/v1/tickets/:id', () => HttpResponse.json(aTicket(change))));
  return renderApp('/atendimentos/5?tab=serving');
};
const field = () => screen.findByRole('textbox', { name: 'Mensagem para Marina' });
const log = () => screen.findByRole('log');
const endGrace = () => act(() => letGo());

afterEach(() => endGrace());

it('shows a message at once and sends it when its seconds are over', async () => {
  const sent = acceptMessages();
  const { user } = openTicket();
  await user.type(await field(), 'Já vou aí{Enter}');

  expect(await within(await log()).findByText('Já vou aí')).toBeVisible();
  expect(screen.getByText(/Enviando em \d s/)).toBeVisible();
  expect(await field()).toHaveValue('');
  expect(sent).toEqual([]);

  endGrace();
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ mode: 'reply', text: 'Já vou aí' });
  expect(within(await log()).getAllByText('Já vou aí')).toHaveLength(1);
});

it('takes a message back, words included', async () => {
  const sent = acceptMessages();
  const { user } = openTicket();
  await user.type(await field(), 'Ops, não{Enter}');
  await user.click(await screen.findByRole('button', { name: 'Desfazer' }));

  expect(await field()).toHaveValue('Ops, não');
  expect(within(await log()).queryByText('Ops, não')).not.toBeInTheDocument();
  endGrace();
  expect(sent).toEqual([]);
});

it('keeps a message through a cut line and sends it again under the same key', async () => {
  const keys: string[] = [];
  server.use(
    http.post('*/api/v1/tickets/5/messages', async ({ request }) => {
      const { client_key } = (await request.json()) as Sent;
      keys.push(client_key);
      if (keys.length === 1) return HttpResponse.error();
      return HttpResponse.json(aReply({ seq: 3, text: 'Segue', client_key }), { status: 200 });
    }),
  );
  const { user } = openTicket();
  await user.type(await field(), 'Segue{Enter}');
  endGrace();
  await waitFor(() => expect(keys).toHaveLength(1));
  expect(await within(await log()).findByText('na fila')).toBeInTheDocument();
  await waitFor(() => expect(localStorage.getItem(`balcao.outbox.${keys[0]}`)).toContain('queued'));

  act(() => void window.dispatchEvent(new Event('online')));
  await waitFor(() => expect(keys).toHaveLength(2));
  expect(keys[1]).toBe(keys[0]);
  expect(await within(await log()).findByText('entregue')).toBeInTheDocument();
  expect(localStorage.getItem(`balcao.outbox.${keys[0]}`)).toBeNull();
});

it('rolls an optimistic message back to a failure that says why', async () => {
  server.use(http.post('*/api/v1/tickets/5/messages', () => refuse('window_closed', 409)));
  const { user } = openTicket();
  await user.type(await field(), 'Ainda dá?{Enter}');
  endGrace();
  const told = await within(await log()).findByRole('alert');
  expect(told).toHaveTextContent('A janela fechou. Só um modelo aprovado chega ao cliente agora.');
  expect(told).toHaveTextContent('Código pedido-1');

  const sent = acceptMessages();
  await user.click(within(await log()).getByRole('button', { name: 'Tentar de novo' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(await within(await log()).findByText('na fila')).toBeInTheDocument();
});

it('lets go of a message that will never be accepted', async () => {
  server.use(http.post('*/api/v1/tickets/5/messages', () => refuse('window_closed', 409)));
  const { user } = openTicket();
  await user.type(await field(), 'Ainda dá?{Enter}');
  endGrace();
  await within(await log()).findByRole('alert');

  await user.click(within(await log()).getByRole('button', { name: 'Descartar' }));
  expect(within(await log()).queryByText('Ainda dá?')).not.toBeInTheDocument();
});

it('reaches whose window is closed by an approved template', async () => {
  const sent: object[] = [];
  server.use(
    http.get('*/api/v1/templates', () =>
      HttpResponse.json({ data: [aTemplate], has_more: false, books: [] }),
    ),
    http.post('*/api/v1/tickets/5/messages', async ({ request }) => {
      sent.push((await request.json()) as object);
      return HttpResponse.json(
        aReply({ seq: 3, kind: 'template', text: 'Olá, Marina. Vamos?', state: 'queued' }),
        { status: 201 },
      );
    }),
  );
  const { user } = openTicket({ window_ends_at: minutesAgo(60) });
  await user.click(await screen.findByRole('button', { name: 'Enviar modelo' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Enviar modelo' }));
  await user.click(await dialog.findByRole('combobox', { name: 'Modelo' }));
  await user.click(await screen.findByRole('option', { name: 'retomar (pt_BR)' }));
  expect(dialog.getByRole('button', { name: 'Enviar modelo' })).toBeDisabled();
  await user.type(dialog.getByRole('textbox', { name: /Variável 1/ }), 'Marina');
  expect(dialog.getByText('Olá, Marina. Vamos?')).toBeVisible();
  await user.click(dialog.getByRole('button', { name: 'Enviar modelo' }));

  expect(await within(await log()).findByText('Olá, Marina. Vamos?')).toBeVisible();
  expect(sent).toMatchObject([
    { mode: 'reply', template_id: 7, params: [{ name: '1', value: 'Marina' }] },
  ]);
});

it('takes the file of a template along, and does not go without it', async () => {
  const header = { kind: 'document', text: '' };
  const bill = {
    ...aTemplate,
    name: 'boleto',
    shape: { ...aTemplate.shape, header, variables: [] },
  };
  const sent: object[] = [];
  server.use(
    http.get('*/api/v1/templates', () =>
      HttpResponse.json({ data: [bill], has_more: false, books: [] }),
    ),
    http.put('*/api/v1/uploads', () =>
      HttpResponse.json(anAttachment({ id: 31 }), { status: 201 }),
    ),
    http.post('*/api/v1/tickets/5/messages', async ({ request }) => {
      sent.push((await request.json()) as object);
      return HttpResponse.json(aReply({ seq: 3, kind: 'template', text: 'Segue o boleto.' }), {
        status: 201,
      });
    }),
  );
  const { user } = openTicket({ window_ends_at: minutesAgo(60) });
  await user.click(await screen.findByRole('button', { name: 'Enviar modelo' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Enviar modelo' }));
  await user.click(await dialog.findByRole('combobox', { name: 'Modelo' }));
  await user.click(await screen.findByRole('option', { name: 'boleto (pt_BR)' }));
  expect(dialog.getByRole('button', { name: 'Enviar modelo' })).toBeDisabled();
  const picker = document.querySelector<HTMLInputElement>('[role=dialog] input[type=file]');
  await user.upload(picker!, new File(['%PDF'], 'maio.pdf', { type: 'application/pdf' }));
  expect(within(dialog.getByRole('figure')).getByText('maio.pdf')).toBeVisible();
  await user.click(dialog.getByRole('button', { name: 'Enviar modelo' }));

  expect(await within(await log()).findByText('Segue o boleto.')).toBeVisible();
  expect(sent).toMatchObject([{ template_id: 7, params: [], attachment_id: 31 }]);
});

it('gives way when the window is closed, but still whispers', async () => {
  const sent = acceptMessages();
  const { user } = openTicket({ window_ends_at: minutesAgo(60) });
  expect(await screen.findByText(/Agora só um modelo aprovado chega a Marina/)).toBeVisible();
  expect(screen.queryByRole('textbox', { name: /Mensagem para/ })).not.toBeInTheDocument();

  await user.click(screen.getByRole('button', { name: 'Sussurrar' }));
  await user.type(
    await screen.findByRole('textbox', { name: 'Sussurro para a equipe' }),
    'Ligar amanhã{Enter}',
  );
  endGrace();
  await waitFor(() => expect(sent[0]).toMatchObject({ mode: 'whisper', text: 'Ligar amanhã' }));
});

it('says who holds the ticket and lets one take it', async () => {
  const { user } = openTicket({ assignee_id: 8 });
  server.use(http.post('*/api/v1/tickets/5/take', () => HttpResponse.json(aTicket())));
  expect(await screen.findByText('Diego está atendendo.')).toBeVisible();
  const composer = screen.getByRole('form', { name: 'Responder' });
  await user.click(within(composer).getByRole('button', { name: 'Assumir' }));
  expect(await field()).toBeVisible();
});

it('does not offer to take what one may not', async () => {
  server.use(
    http.get('*/api/v1/session', () => HttpResponse.json(me(without('tickets.take_over')))),
  );
  openTicket({ assignee_id: 8 });
  expect(await screen.findByText('Diego está atendendo.')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Assumir' })).not.toBeInTheDocument();
});

it('counts what is too long for the channel and does not send it', async () => {
  const { user } = openTicket({ channel_id: 2, window_ends_at: null });
  await screen.findAllByText('Chat do site', { selector: 'header *' });
  await user.type(await field(), 'uma mensagem comprida demais');
  expect(await screen.findByRole('alert')).toHaveTextContent(
    '8 caracteres a mais para o Chat do site',
  );
  expect(screen.getByRole('button', { name: 'Enviar' })).toBeDisabled();
});

it('keeps the draft on the server after a rest, and shows it in the list', async () => {
  const saved: unknown[] = [];
  server.use(
    http.put('*/api/v1/tickets/5/draft', async ({ request }) => {
      saved.push(await request.json());
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { user } = openTicket();
  await user.type(await field(), 'Vou ver');
  await waitFor(() => expect(saved).toEqual([{ mode: 'reply', body: 'Vou ver' }]));
  expect(await screen.findByRole('link', { name: /rascunho: Vou ver/ })).toBeVisible();
});

it('opens with the draft that was kept', async () => {
  server.use(
    http.get('*/api/v1/drafts', () =>
      HttpResponse.json({
        data: [{ ticket_id: 5, mode: 'reply', body: 'Continuando…', updated_at: minutesAgo(5) }],
      }),
    ),
  );
  openTicket();
  await waitFor(async () => expect(await field()).toHaveValue('Continuando…'));
});

it('refuses a file over the limit before a byte is uploaded', async () => {
  const { user, container } = openTicket({ channel_id: 2, window_ends_at: null });
  await screen.findAllByText('Chat do site', { selector: 'header *' });
  await field();
  const picker = container.querySelector('input[type=file]') as HTMLInputElement;
  const file = new File([new Uint8Array(2000)], 'grande.pdf', { type: 'application/pdf' });
  await user.upload(picker, file);
  expect(await screen.findByText('O Chat do site aceita até 1 kB por documento.')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Enviar' })).toBeDisabled();
});

it('breaks the line with Shift+Enter, and with Enter when one prefers', async () => {
  const sent = acceptMessages();
  const { user } = openTicket();
  await user.type(await field(), 'uma{Shift>}{Enter}{/Shift}duas');
  expect(await field()).toHaveValue('uma\nduas');
  expect(sent).toEqual([]);
});

const kept = (client_key: string, change: Record<string, unknown> = {}) =>
  localStorage.setItem(
    `balcao.outbox.${client_key}`,
    JSON.stringify({
      client_key,
      account_id: 1,
      member_id: 7,
      ticket_id: 5,
      mode: 'reply',
      text: client_key,
      created_at: minutesAgo(1),
      state: 'queued',
      ...change,
    }),
  );

it('sends what a closed tab left behind, from any screen, but not what somebody else wrote', async () => {
  const sent = acceptMessages();
  kept('minha');
  kept('de outra pessoa', { member_id: 8 });
  kept('de outra conta', { account_id: 2 });
  renderApp('/configuracoes/canais');
  await waitFor(() => expect(sent.map(({ text }) => text)).toEqual(['minha']));
  expect(localStorage.getItem('balcao.outbox.de outra pessoa')).not.toBeNull();
});

it('keeps the order of what was sent in the same instant', async () => {
  const { user } = openTicket();
  server.use(http.post('*/api/v1/tickets/5/messages', () => HttpResponse.error()));
  const box = await field();
  vi.useFakeTimers({ toFake: ['Date'] });
  for (const text of ['um', 'dois', 'três']) await user.type(box, `${text}{Enter}`);
  vi.useRealTimers();
  const stored = Object.keys(localStorage)
    .filter((key) => key.startsWith('balcao.outbox.'))
    .map((key) => JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, string>);
  const moments = new Set(stored.map(({ created_at }) => created_at));
  expect(moments.size).toBe(3);
});
