import { act, screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { aMessage, anAttachment, aReply, aTicket } from '@/testing/factories';
import { FakeSource } from '@/testing/live';
import { renderApp } from '@/testing/renderApp';
import { refuse, server, thread } from '@/testing/server';

const show = (...messages: Parameters<typeof thread>[0]) =>
  server.use(http.get('*/api/v1/tickets/:id/messages', () => thread(messages)));

const openThread = async () => {
  const app = renderApp('/atendimentos/5?tab=serving');
  return { ...app, log: await screen.findByRole('log', { name: 'Mensagens' }) };
};

it('shows a message the moment the stream tells of it', async () => {
  const { log } = await openThread();
  act(() => {
    FakeSource.last?.says('message.created', {
      message: aMessage({ seq: 3, text: 'Chegou agora' }),
      ticket: aTicket({ last_seq: 3 }),
    });
  });
  expect(await within(log).findByText('Chegou agora')).toBeVisible();
});

it('says how far one of ours got, and moves the tick when told', async () => {
  show(aReply({ seq: 1, text: 'Já vou', state: 'delivered' }));
  const { log } = await openThread();
  expect(await within(log).findByText('entregue')).toBeInTheDocument();
  act(() => {
    FakeSource.last?.says('message.changed', {
      message: aReply({ seq: 1, text: 'Já vou', state: 'read' }),
    });
  });
  expect(await within(log).findByText('lida')).toBeInTheDocument();
});

it('says in words what a recording of the bot says', async () => {
  const recording = (id: number) =>
    anAttachment({ id, kind: 'audio', mime: 'audio/ogg', filename: 'ola.ogg' });
  const audio = (seq: number, detail: Record<string, unknown>) =>
    aReply({ seq, kind: 'audio', text: '', detail, attachments: [recording(seq)] });
  show(audio(1, { voice: true, transcript: 'Bem-vinda à rede.' }), audio(2, { voice: true }));
  const { log } = await openThread();
  expect(await within(log).findByText(/Bem-vinda à rede/)).toHaveTextContent(
    'Transcrição: Bem-vinda à rede.',
  );
  expect(within(log).getAllByText(/Transcrição/)).toHaveLength(1);
});

it('shows what an answer answers to when that was said in an earlier ticket', async () => {
  const detail = {
    id: 't1.oi.a.sim',
    title: 'Sim',
    quoted: { ticket_id: 3, seq: 2 },
  };
  const asked: string[] = [];
  show(aMessage({ seq: 1, kind: 'choice', text: 'Sim', detail }));
  server.use(
    http.get('*/api/v1/tickets/3/messages', ({ request }) => {
      asked.push(new URL(request.url).search);
      const data = [aReply({ ticket_id: 3, seq: 2, kind: 'template', text: 'Vamos?' })];
      return HttpResponse.json({ data, has_older: true, has_newer: true });
    }),
  );
  const { log } = await openThread();
  expect((await within(log).findByText('Vamos?')).closest('blockquote')).toHaveTextContent(
    'De um atendimento anterior',
  );
  expect(asked).toEqual(['?after=1&limit=1']);
  expect(within(log).getByText('Sim')).toBeVisible();
});

it('says of a quoted template whose ticket is out of sight no more than that', async () => {
  const detail = { id: 't1.oi.a.sim', title: 'Sim', quoted: { ticket_id: 3, seq: 2 } };
  show(aMessage({ seq: 1, kind: 'choice', text: 'Sim', detail }));
  server.use(http.get('*/api/v1/tickets/3/messages', () => refuse('not_found', 404)));
  const { log } = await openThread();
  expect(await within(log).findByText('De um atendimento que não aparece para você')).toBeVisible();
  expect(within(log).getByText('Sim')).toBeVisible();
});

it('says of a quoted template that could not be asked for why, and not that it is out of sight', async () => {
  const detail = { id: 't1.oi.a.sim', title: 'Sim', quoted: { ticket_id: 3, seq: 2 } };
  show(aMessage({ seq: 1, kind: 'choice', text: 'Sim', detail }));
  server.use(http.get('*/api/v1/tickets/3/messages', () => refuse('busy', 503)));
  const { log } = await openThread();
  const quote = (await within(log).findByText('De um atendimento anterior')).closest('blockquote');
  await waitFor(() => expect(quote).toHaveAttribute('aria-busy', 'false'));
  expect(quote).not.toHaveTextContent('não aparece para você');
  expect(quote).toHaveTextContent('O servidor está ocupado.');
});

it('tells why a message failed, and sends it again under the same number', async () => {
  show(
    aReply({
      seq: 1,
      text: 'Oi',
      state: 'failed',
      error_slug: 'undeliverable',
      error_code: 'WA-131026',
    }),
  );
  server.use(
    http.post('*/api/v1/tickets/5/messages/1/retry', () =>
      HttpResponse.json(aReply({ seq: 1, text: 'Oi', state: 'queued' })),
    ),
  );
  const { user, log } = await openThread();
  expect(await within(log).findByText(/não conseguiu entregar/)).toBeVisible();
  expect(within(log).getByText('Código WA-131026')).toBeVisible();
  await user.click(within(log).getByRole('button', { name: 'Tentar de novo' }));
  expect(await within(log).findByText('na fila')).toBeInTheDocument();
});

it('keeps a failed message failed when trying again is refused', async () => {
  show(aReply({ seq: 1, text: 'Oi', state: 'failed', error_slug: 'window_closed' }));
  server.use(http.post('*/messages/1/retry', () => refuse('window_closed', 409)));
  const { user, log } = await openThread();
  await user.click(await within(log).findByRole('button', { name: 'Tentar de novo' }));
  expect(await within(log).findByRole('alert')).toHaveTextContent('A janela fechou');
  expect(within(log).getByText('Não entregue.')).toBeVisible();
});

it('has a place for every kind, known or not', async () => {
  show(
    aMessage({ seq: 1, kind: 'unknown', text: '', detail: { type: 'order' } }),
    aMessage({
      seq: 2,
      kind: 'location',
      text: '',
      detail: { latitude: -27.1, longitude: -52.6, name: 'Casa', address: 'Rua A, 1' },
    }),
    aMessage({
      seq: 3,
      kind: 'contacts',
      text: '',
      detail: { contacts: [{ name: 'Paulo', phones: ['+5549988412099'], emails: [] }] },
    }),
    aMessage({
      seq: 4,
      kind: 'choice',
      text: 'Internet lenta',
      detail: { id: '1', title: 'Internet lenta' },
    }),
    aMessage({
      seq: 5,
      kind: 'document',
      text: '',
      attachments: [anAttachment({ state: 'expired', filename: 'velho.pdf' })],
    }),
    aMessage({
      seq: 6,
      direction: 'note',
      author_kind: 'member',
      author_id: 8,
      state: 'internal',
      text: 'Cuidado',
    }),
    aMessage({
      seq: 7,
      direction: 'system',
      author_kind: 'system',
      kind: 'system',
      state: 'internal',
      text: '',
      detail: { event: 'ticket_taken', member_id: 7, waited_s: 300 },
    }),
    aMessage({ seq: 8, kind: 'location', text: '', detail: { latitude: 'perto' } }),
  );
  const { log } = await openThread();
  expect(
    await within(log).findByText('Mensagem de um tipo que ainda não mostramos.'),
  ).toBeVisible();
  expect(within(log).getByRole('link', { name: /Casa/ })).toHaveAttribute(
    'href',
    expect.stringContaining('openstreetmap'),
  );
  expect(within(log).getByText('+55 (49) 9 8841-2099')).toBeVisible();
  expect(within(log).getByText('Internet lenta')).toBeVisible();
  expect(within(log).getByText(/já removido pelo prazo de guarda/)).toBeVisible();
  expect(within(log).getByText('Sussurro · só a equipe vê')).toBeVisible();
  expect(within(log).getByText(/Você assumiu · esperou 5 min/)).toBeVisible();
});

it('reads older pages from the oldest message it has', async () => {
  const asked: (string | null)[] = [];
  server.use(
    http.get('*/api/v1/tickets/:id/messages', ({ request }) => {
      const before = new URL(request.url).searchParams.get('before');
      asked.push(before);
      return before
        ? thread([aMessage({ seq: 9, text: 'A primeira' })])
        : thread([aMessage({ seq: 10 }), aMessage({ seq: 11 })], { has_older: true });
    }),
  );
  const { log } = await openThread();
  act(() => void log.dispatchEvent(new Event('scroll')));
  expect(await within(log).findByText('A primeira')).toBeInTheDocument();
  expect(asked).toEqual([null, '10']);
});

it('marks as read what is in front of the reader', async () => {
  const seen: unknown[] = [];
  server.use(
    http.get('*/api/v1/tickets/:id', () => HttpResponse.json(aTicket({ unread_count: 2 }))),
    http.post('*/api/v1/tickets/5/read', async ({ request }) => {
      seen.push(await request.json());
      return new HttpResponse(null, { status: 204 });
    }),
  );
  await openThread();
  await waitFor(() => expect(seen).toEqual([{ seq: 2 }]));
});

it('draws the line where the reader had stopped', async () => {
  server.use(
    http.get('*/api/v1/tickets/:id', () => HttpResponse.json(aTicket({ unread_count: 1 }))),
  );
  const { log } = await openThread();
  expect(await within(log).findByText('1 nova mensagem')).toBeVisible();
});

it('gives the same answer for a ticket that is not there and one that may not be seen', async () => {
  server.use(http.get('*/api/v1/tickets/:id', () => refuse('not_found', 404)));
  renderApp('/atendimentos/5?tab=serving');
  const told = await screen.findByRole('alert');
  expect(told).toHaveTextContent('Isto não existe mais ou você não tem acesso.');
  expect(within(told).queryByRole('button')).not.toBeInTheDocument();
});

it('shows a picture large, turns with the arrows and gives the focus back', async () => {
  const picture = (id: number) => anAttachment({ id, kind: 'image', filename: `foto${id}.png` });
  show(
    aMessage({ seq: 1, kind: 'image', text: 'a caixa', attachments: [picture(1)] }),
    aMessage({ seq: 2, kind: 'image', text: 'o cabo', attachments: [picture(2)] }),
  );
  const { user, log, router } = await openThread();
  const opener = await within(log).findByRole('button', { name: 'Abrir foto1.png' });
  await user.click(opener);
  expect(await screen.findByText('1 de 2 · foto1.png')).toBeVisible();
  await waitFor(() => expect(screen.getByRole('button', { name: 'Fechar' })).toHaveFocus());
  await user.keyboard('{ArrowRight}');
  expect(await screen.findByRole('img', { name: 'foto2.png' })).toBeVisible();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(opener).toHaveFocus());
  expect(router.state.location.pathname).toBe('/atendimentos/5');
});

it('counts as new what arrives, not the history one pages down to', async () => {
  server.use(
    http.get('*/api/v1/tickets/:id', () => HttpResponse.json(aTicket({ last_seq: 4 }))),
    http.get('*/api/v1/tickets/:id/messages', ({ request }) =>
      new URL(request.url).searchParams.get('after') === '2'
        ? thread([aMessage({ seq: 3 }), aMessage({ seq: 4, text: 'A última' })])
        : thread([aMessage({ seq: 1 }), aMessage({ seq: 2 })], { has_newer: true }),
    ),
  );
  renderApp('/atendimentos/5?tab=serving&at=1');
  const log = await screen.findByRole('log', { name: 'Mensagens' });
  Object.defineProperty(log, 'scrollHeight', { configurable: true, value: 5000 });
  Object.defineProperty(log, 'scrollTop', { configurable: true, value: 4200 });
  act(() => void log.dispatchEvent(new Event('scroll')));
  await within(log).findByText('A última');
  Object.defineProperty(log, 'scrollTop', { configurable: true, value: 700 });
  act(() => void log.dispatchEvent(new Event('scroll')));
  expect(screen.getByRole('button', { name: 'Ir para a última' })).toBeVisible();
  act(() => {
    FakeSource.last?.says('message.created', {
      message: aMessage({ seq: 5, text: 'Agora mesmo' }),
      ticket: aTicket({ last_seq: 5 }),
    });
  });
  expect(await screen.findByRole('button', { name: '1 nova mensagem' })).toBeVisible();
});
