import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { JsonObject } from './json.ts';
import { type Bench, list, NUMBER, refusal, startBench, statuses, TOKEN } from './testing.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.ask('POST', '/reset');
  await bench.ask('PUT', `/chats/${NUMBER}/marina/window`, { last_inbound_ago_ms: 0 });
  bench.product.received.length = 0;
});

const text = (body: string): JsonObject => ({ type: 'text', text: { body } });
const long = (length: number): string => 'ã'.repeat(length);

function buttons(...titles: string[]): JsonObject {
  return {
    type: 'interactive',
    interactive: {
      type: 'button', body: { text: 'Deseja pagar?' },
      action: { buttons: titles.map((title, at) => ({ type: 'reply', reply: { id: `b${at}`, title } })) },
    },
  };
}

function rows(count: number, changes: JsonObject = {}): JsonObject {
  const all = Array.from({ length: count }, (_, at) => ({ id: `r${at}`, title: `Opção ${at}`, ...changes }));
  return {
    type: 'interactive',
    interactive: { type: 'list', body: { text: 'Escolha' }, action: { button: 'Ver opções', sections: [{ title: 'Menu', rows: all }] } },
  };
}

describe('a send that is accepted', () => {
  it('answers with a wamid, then tells sent and delivered with the opaque data', async () => {
    const { status, body } = await bench.send({ ...text('Olá'), biz_opaque_callback_data: 'job:77' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ messaging_product: 'whatsapp', contacts: [{ input: '+5549988412076', wa_id: '5549988412076' }] });
    const id = list(body['messages'])[0]?.['id'];
    expect(id).toMatch(/^wamid\../);
    await bench.settle();
    expect(statuses(bench.product)).toMatchObject([
      { id, status: 'sent', recipient_id: '5549988412076', biz_opaque_callback_data: 'job:77', conversation: { origin: { type: 'service' } } },
      { id, status: 'delivered', biz_opaque_callback_data: 'job:77', pricing: { category: 'service' } },
    ]);
  });

  it('reaches the phone, and read follows when the customer reads', async () => {
    await bench.send(text('Olá'));
    await bench.settle();
    expect(list((await bench.ask('GET', `/chats/${NUMBER}/marina/received`))['data'])).toMatchObject([{ type: 'text', content: { body: 'Olá' } }]);
    await bench.ask('POST', `/chats/${NUMBER}/marina/read`);
    await bench.settle();
    expect(statuses(bench.product).map(({ status }) => status)).toEqual(['sent', 'delivered', 'read']);
  });

  it('finds a person with or without the ninth digit, and answers the wa_id that exists', async () => {
    await bench.ask('PUT', `/chats/${NUMBER}/jose/window`, { last_inbound_ago_ms: 0 });
    const { body } = await bench.send({ ...text('Oi'), to: '+5549991237755' });
    expect(list(body['contacts'])[0]).toMatchObject({ input: '+5549991237755', wa_id: '554991237755' });
  });

  it('reaches somebody without a phone by user id, and shows no phone', async () => {
    const { user_id } = await bench.ask('GET', '/people/padaria');
    await bench.customer(text('Oi'), 'padaria');
    const { status, body } = await bench.graph('POST', `/${NUMBER}/messages`, {
      messaging_product: 'whatsapp', recipient: user_id ?? null, ...text('Oi'),
    });
    expect(status).toBe(200);
    expect(list(body['contacts'])[0]).toEqual({ input: user_id, user_id });
    await bench.settle();
    for (const one of statuses(bench.product)) {
      expect(one).toMatchObject({ recipient_user_id: user_id });
      expect(one).not.toHaveProperty('recipient_id');
    }
  });

  it('tells no conversation from v24 on', async () => {
    await bench.ask('POST', '/numbers', { phone_number_id: NUMBER, api_version: 'v24.0' });
    await bench.send(text('Oi'));
    await bench.settle();
    expect(statuses(bench.product)[0]).not.toHaveProperty('conversation');
    await bench.ask('POST', '/numbers', { phone_number_id: NUMBER, api_version: 'v23.0' });
  });

  it.each<[string, JsonObject]>([
    ['three buttons', buttons('Pagar', 'Depois', 'Falar')],
    ['ten rows', rows(10)],
    ['a list body of 4096', { ...rows(1), interactive: { ...(rows(1)['interactive'] as JsonObject), body: { text: long(4096) } } }],
    ['4096 characters', text(long(4096))],
    ['4096 astral characters', text('😀'.repeat(4096))],
    ['a location', { type: 'location', location: { latitude: -23.5, longitude: -46.6, name: 'Loja', address: 'Rua A' } }],
    ['a contact', { type: 'contacts', contacts: [{ name: { formatted_name: 'Loja', first_name: 'Loja' }, phones: [{ phone: '+551130000000' }] }] }],
    ['a link to press', { type: 'interactive', interactive: { type: 'cta_url', body: { text: 'Acesse' }, action: { name: 'cta_url', parameters: { display_text: 'Abrir', url: 'https://x.br' } } } }],
    ['a request for the location', { type: 'interactive', interactive: { type: 'location_request_message', body: { text: 'Onde?' }, action: { name: 'send_location' } } }],
    ['a template', { type: 'template', template: { name: 'retomar_conversa', language: { code: 'pt_BR' }, components: [{ type: 'body', parameters: [{ type: 'text', text: 'Ana' }] }] } }],
    ['a payment', payment(5000)],
  ])('takes %s', async (_, message) => {
    const { status, body } = await bench.send(message);
    expect(body).toMatchObject({ messaging_product: 'whatsapp' });
    expect(status).toBe(200);
  });
});

function payment(total: number): JsonObject {
  const amount = (value: number): JsonObject => ({ value, offset: 100 });
  return {
    type: 'interactive',
    interactive: {
      type: 'order_details', body: { text: 'Sua fatura' },
      action: {
        name: 'review_and_pay',
        parameters: {
          reference_id: 'PED123', type: 'digital-goods', payment_type: 'br', currency: 'BRL', total_amount: amount(total),
          payment_settings: [{ type: 'pix_dynamic_code', pix_dynamic_code: { code: '000201', merchant_name: 'LOJA', key: '39580525000189', key_type: 'CNPJ' } }],
          order: { status: 'pending', items: [{ retailer_id: '1', name: 'Plano', amount: amount(5000), quantity: 1 }], subtotal: amount(5000), tax: amount(0) },
        },
      },
    },
  };
}

describe('a send that is refused at once', () => {
  it.each<[string, JsonObject, number]>([
    ['without messaging_product', { messaging_product: 'other', ...text('a') }, 100],
    ['of an unknown type', { type: 'poll', poll: {} }, 100],
    ['without a body', { type: 'text', text: {} }, 131008],
    ['with an empty body', text(' '), 131008],
    ['without the member of its type', { type: 'image' }, 131008],
    ['with a text over 4096', text(long(4097)), 100],
    ['to something that is no number', { to: 'ana', ...text('a') }, 131009],
    ['to itself', { to: '+551130000000', ...text('a') }, 131021],
    ['with four buttons', buttons('a', 'b', 'c', 'd'), 131009],
    ['with a title over 20', buttons(long(21)), 131009],
    ['with two equal titles', buttons('Sim', 'Sim'), 131009],
    ['with no buttons', buttons(), 131009],
    ['with eleven rows', rows(11), 131009],
    ['with a row title over 24', rows(1, { title: long(25) }), 131009],
    ['with a row description over 72', rows(1, { description: long(73) }), 131009],
    ['with two equal row ids', rows(2, { id: 'same' }), 131009],
    ['with a button body over 1024', { type: 'interactive', interactive: { ...(buttons('a')['interactive'] as JsonObject), body: { text: long(1025) } } }, 131009],
    ['with an unknown interactive', { type: 'interactive', interactive: { type: 'quiz', body: { text: 'a' }, action: {} } }, 131009],
    ['quoting what does not exist', { ...text('a'), context: { message_id: 'wamid.nothing' } }, 131009],
    ['reacting to what does not exist', { type: 'reaction', reaction: { message_id: 'wamid.nothing', emoji: '👍' } }, 131009],
    ['with media that does not exist', { type: 'image', image: { id: '1' } }, 131009],
    ['with media of no id and no link', { type: 'image', image: {} }, 131008],
    ['with a caption on audio', { type: 'audio', audio: { link: 'http://127.0.0.1/a.ogg', caption: 'a' } }, 131009],
    ['with a caption over 1024', { type: 'image', image: { link: 'http://127.0.0.1/a.png', caption: long(1025) } }, 131009],
    ['with a latitude off the globe', { type: 'location', location: { latitude: 91, longitude: 0 } }, 131009],
    ['with a template that does not exist', { type: 'template', template: { name: 'nada', language: { code: 'pt_BR' } } }, 132001],
    ['with too few template variables', { type: 'template', template: { name: 'retomar_conversa', language: { code: 'pt_BR' } } }, 132000],
    ['with a payment that does not add up', payment(4999), 131009],
    ['with opaque data over 512', { ...text('a'), biz_opaque_callback_data: 'x'.repeat(513) }, 131009],
  ])('%s', async (_, message, code) => {
    const answer = await bench.send(message);
    expect(refusal(answer).code).toBe(code);
    expect(answer.body).toMatchObject({ error: { type: 'OAuthException', fbtrace_id: expect.any(String), message: expect.stringContaining(`(#${code})`) } });
    await bench.settle();
    expect(bench.product.received).toEqual([]);
  });

  it('without a recipient', async () => {
    const answer = await bench.graph('POST', `/${NUMBER}/messages`, { messaging_product: 'whatsapp', ...text('a') });
    expect(refusal(answer).code).toBe(100);
  });

  it('without a token, or with a wrong one', async () => {
    const bare = await fetch(`${bench.lab.origin}/graph/v23.0/${NUMBER}/messages`, { method: 'POST', body: '{}' });
    expect(bare.status).toBe(401);
    const wrong = await bench.graph('POST', `/${NUMBER}/messages`, text('a'), 'another');
    expect(wrong.status).toBe(401);
    expect(refusal(wrong).code).toBe(190);
  });

  it('from a number the token does not open, exactly like one that does not exist', async () => {
    await bench.ask('POST', '/numbers', { phone_number_id: '999', waba_id: '2', display_phone_number: '551140000000', access_token: 'of-another', app_secret: 's' });
    const others = await bench.graph('POST', '/999/messages', text('a'));
    const nobodys = await bench.graph('POST', '/998/messages', text('a'));
    expect(others.status).toBe(400);
    expect(others.body).toMatchObject({ error: { code: 100, error_subcode: 33 } });
    expect(refusal(nobodys).code).toBe(100);
    await bench.ask('DELETE', '/numbers/999');
  });

  it('with a body that is not JSON', async () => {
    const answer = await fetch(`${bench.lab.origin}/graph/v23.0/${NUMBER}/messages`, {
      method: 'POST', body: '{', headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
    });
    expect(await answer.json()).toMatchObject({ error: { code: 100 } });
  });
});

describe('the window', () => {
  it('closes 24 h after the last message, and then only templates pass', async () => {
    await bench.customer(text('Oi'));
    await bench.ask('POST', '/clock', { advance_ms: 24 * 3600_000 - 1000 });
    expect((await bench.send(text('ainda'))).status).toBe(200);
    await bench.ask('POST', '/clock', { advance_ms: 2000 });
    await bench.faults({ refusal_mode: 'sync' });
    expect(refusal(await bench.send(text('tarde'))).code).toBe(131047);
    const template = { type: 'template', template: { name: 'retomar_conversa', language: { code: 'pt_BR' }, components: [{ type: 'body', parameters: [{ type: 'text', text: 'Ana' }] }] } };
    expect((await bench.send(template)).body).toMatchObject({ messages: [{ message_status: 'accepted' }] });
  });

  it('is refused by a status when the mode is async, and the message never reaches the phone', async () => {
    await bench.faults({ window_closed: { mode: 'async' } });
    expect((await bench.send({ ...text('a'), biz_opaque_callback_data: 'job:1' })).status).toBe(200);
    await bench.settle();
    expect(statuses(bench.product)).toMatchObject([
      { status: 'failed', biz_opaque_callback_data: 'job:1', errors: [{ code: 131047, title: 'Re-engagement message' }] },
    ]);
    expect((await bench.ask('GET', `/chats/${NUMBER}/marina/received`))['data']).toEqual([]);
  });
});

describe('faults of a send', () => {
  it('knows nobody: 131026, by status or in the answer', async () => {
    await bench.send({ ...text('a'), to: '+5511900000000' });
    await bench.settle();
    expect(statuses(bench.product)).toMatchObject([{ status: 'failed', recipient_id: '5511900000000', errors: [{ code: 131026 }] }]);
    await bench.faults({ refusal_mode: 'sync' });
    expect(refusal(await bench.send({ ...text('a'), to: '+5511900000000' })).code).toBe(131026);
  });

  it('refuses the next one only, with the code asked for', async () => {
    await bench.faults({ refuse_next: { code: 131048 } });
    expect(refusal(await bench.send(text('a'))).code).toBe(131048);
    expect((await bench.send(text('a'))).status).toBe(200);
  });

  it('answers 429 and 500 as many times as told', async () => {
    await bench.faults({ answer_429_next: 2, answer_500_next: 1 });
    const seen = [];
    for (let turn = 0; turn < 4; turn++) seen.push((await bench.send(text('a'))).status);
    expect(seen).toEqual([429, 429, 500, 200]);
  });

  it('limits the pace with one person and leaves others alone', async () => {
    await bench.faults({ pair_rate: true });
    await bench.ask('PUT', `/chats/${NUMBER}/jose/window`, { last_inbound_ago_ms: 0 });
    expect((await bench.send(text('a'))).status).toBe(200);
    expect(refusal(await bench.send(text('b'))).code).toBe(131056);
    expect((await bench.send({ ...text('a'), to: '+554991237755' })).status).toBe(200);
    await bench.ask('POST', '/clock', { advance_ms: 6000 });
    expect((await bench.send(text('b'))).status).toBe(200);
  });

  it('lets 45 leave at once and refuses the next', async () => {
    const codes = [];
    for (let turn = 0; turn < 46; turn++) codes.push((await bench.send(text('a'))).status);
    expect(codes.filter((status) => status === 200)).toHaveLength(45);
    expect(codes.at(-1)).toBe(400);
  });

  it('limits the number as a whole', async () => {
    await bench.faults({ throughput_per_s: 1, pair_rate: false });
    await bench.send(text('a'));
    expect(refusal(await bench.send(text('b'))).code).toBe(130429);
  });

  it('hangs: no answer, yet the message went', async () => {
    await bench.faults({ hang_next: 'accepted' });
    const { seq } = await bench.ask('GET', '/config');
    const giveUp = new AbortController();
    const call = fetch(`${bench.lab.origin}/graph/v23.0/${NUMBER}/messages`, {
      method: 'POST', signal: giveUp.signal,
      headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ messaging_product: 'whatsapp', to: '+5549988412076', ...text('a'), biz_opaque_callback_data: 'job:9' }),
    });
    await bench.ask('GET', `/wait?after=${String(seq)}&kind=phone`);
    await bench.settle();
    expect(statuses(bench.product).map(({ biz_opaque_callback_data }) => biz_opaque_callback_data)).toEqual(['job:9', 'job:9']);
    giveUp.abort();
    await expect(call).rejects.toThrow();
  });

  it('tells the statuses before it answers', async () => {
    await bench.faults({ status_before_response: true });
    await bench.send(text('a'));
    expect(statuses(bench.product).map(({ status }) => status)).toEqual(['sent', 'delivered']);
  });

  it('tells read without delivered', async () => {
    await bench.faults({ no_delivered: true });
    await bench.send(text('a'));
    await bench.settle();
    await bench.ask('POST', `/chats/${NUMBER}/marina/read`);
    await bench.settle();
    expect(statuses(bench.product).map(({ status }) => status)).toEqual(['sent', 'read']);
  });

  it('holds messages for a phone that is off until it is back', async () => {
    await bench.ask('PATCH', '/people/marina', { offline: true });
    await bench.send(text('a'));
    await bench.settle();
    expect(statuses(bench.product).map(({ status }) => status)).toEqual(['sent']);
    await bench.ask('PATCH', '/people/marina', { offline: false });
    await bench.settle();
    expect(statuses(bench.product).map(({ status }) => status)).toEqual(['sent', 'delivered']);
  });
});

describe('a read mark', () => {
  it('marks that message and those before it, and shows typing', async () => {
    const first = await bench.customer(text('Oi'));
    const second = await bench.customer(text('Alguém?'));
    const { body } = await bench.graph('POST', `/${NUMBER}/messages`, {
      messaging_product: 'whatsapp', status: 'read', message_id: second, typing_indicator: { type: 'text' },
    });
    expect(body).toEqual({ success: true });
    const chat = await bench.ask('GET', `/chats/${NUMBER}/marina`);
    expect(chat['is_typing']).toBe(true);
    expect(list(chat['messages'])).toMatchObject([{ id: first, state: 'read' }, { id: second, state: 'read' }]);
    await bench.send(text('Aqui'));
    expect((await bench.ask('GET', `/chats/${NUMBER}/marina`))['is_typing']).toBe(false);
  });

  it('is refused for a message that nobody received', async () => {
    const answer = await bench.graph('POST', `/${NUMBER}/messages`, { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.no' });
    expect(refusal(answer).code).toBe(131009);
  });
});

describe('a quote', () => {
  it('may name any message of the conversation, of either side', async () => {
    const id = await bench.customer(text('Oi'));
    expect((await bench.send({ ...text('a'), context: { message_id: id } })).status).toBe(200);
    const [received] = list((await bench.ask('GET', `/chats/${NUMBER}/marina`))['messages']).slice(-1);
    expect(received?.['quoted_id']).toBe(id);
  });
});
