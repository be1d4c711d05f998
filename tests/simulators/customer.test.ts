import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { JsonObject } from './json.ts';
import { type Bench, list, messages, NUMBER, startBench, statuses, TOKEN, values } from './testing.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.ask('POST', '/reset');
  bench.product.received.length = 0;
});

async function heard(message: JsonObject): Promise<JsonObject> {
  await bench.customer(message);
  await bench.settle();
  return messages(bench.product).at(-1) ?? {};
}

describe('a customer', () => {
  it.each(['image', 'audio', 'document'])('sends %s that the product can download in the three steps', async (type) => {
    const message = await heard({ type, [type]: { sample: true } });
    const media = message[type] as JsonObject;
    expect(media).toMatchObject({ id: expect.stringMatching(/^\d+$/), mime_type: expect.any(String), sha256: expect.stringMatching(/=$/) });
    const { body } = await bench.graph('GET', `/${String(media['id'])}?phone_number_id=${NUMBER}`);
    const bytes = await fetch(String(body['url']), { headers: { Authorization: `Bearer ${TOKEN}` } });
    expect(bytes.status).toBe(200);
    expect((await bytes.arrayBuffer()).byteLength).toBe(Number(body['file_size']));
  });

  it('sends a voice message as voice', async () => {
    expect(await heard({ type: 'audio', audio: { sample: true } })).toMatchObject({
      audio: { voice: true, mime_type: 'audio/ogg; codecs=opus' },
    });
  });

  it('sends bytes given in base64', async () => {
    const message = await heard({ type: 'document', document: { data_base64: 'JVBERi0=', mime_type: 'application/pdf', filename: 'nf.pdf' } });
    expect(message['document']).toMatchObject({ filename: 'nf.pdf', mime_type: 'application/pdf' });
    expect(message['document']).not.toHaveProperty('data_base64');
  });

  it('presses a button and picks a row', async () => {
    await bench.customer({ type: 'text', text: { body: 'Oi' } });
    const menu = { type: 'list', body: { text: 'Escolha' }, action: { button: 'Ver', sections: [{ rows: [{ id: 'r1', title: '2ª via', description: 'boleto' }] }] } };
    const sent = await bench.send({ type: 'interactive', interactive: menu });
    const id = list(sent.body['messages'])[0]?.['id'] ?? null;
    await bench.settle();
    expect(await heard({ type: 'choice', message_id: id, choice_id: 'r1' })).toMatchObject({
      type: 'interactive', context: { from: '551130000000', id },
      interactive: { type: 'list_reply', list_reply: { id: 'r1', title: '2ª via', description: 'boleto' } },
    });
  });

  it('presses the quick reply of a template, which is another type', async () => {
    const sent = await bench.send({
      type: 'template',
      template: { name: 'retomar_conversa', language: { code: 'pt_BR' }, components: [
        { type: 'body', parameters: [{ type: 'text', text: 'Ana' }] },
        { type: 'button', sub_type: 'quick_reply', index: '0', parameters: [{ type: 'payload', payload: 'SIM' }] },
      ] },
    });
    await bench.settle();
    const message_id = list(sent.body['messages'])[0]?.['id'] ?? null;
    expect(await heard({ type: 'choice', message_id, choice_id: 'SIM' })).toMatchObject({
      type: 'button', button: { payload: 'SIM', text: 'Podemos' }, context: { id: message_id },
    });
  });

  it('reacts, takes it back, edits and deletes', async () => {
    const id = await bench.customer({ type: 'text', text: { body: 'Oi' } });
    expect(await heard({ type: 'reaction', reaction: { message_id: id, emoji: '👍' } })).toMatchObject({ type: 'reaction', reaction: { emoji: '👍' } });
    expect(await heard({ type: 'edit', edit: { original_message_id: id, message: { type: 'text', text: { body: 'Olá' } } } })).toMatchObject({
      type: 'edit', edit: { original_message_id: id, message: { text: { body: 'Olá' } } },
    });
    const [edited] = list((await bench.ask('GET', `/chats/${NUMBER}/marina`))['messages']);
    expect(edited).toMatchObject({ content: { body: 'Olá' }, previous: ['Oi'], reactions: { customer: '👍' } });
    expect(await heard({ type: 'revoke', revoke: { original_message_id: id } })).toMatchObject({ type: 'revoke' });
  });

  it('cannot edit after 15 minutes', async () => {
    const id = await bench.customer({ type: 'text', text: { body: 'Oi' } });
    await bench.ask('POST', '/clock', { advance_ms: 15 * 60_000 + 1 });
    await expect(
      bench.customer({ type: 'edit', edit: { original_message_id: id, message: { type: 'text', text: { body: 'a' } } } }),
    ).rejects.toThrow('409');
  });

  it('changes number: a system message without contacts, from the old number, and another person afterwards', async () => {
    const before = await bench.ask('GET', '/people/marina');
    const message = await heard({ type: 'system', system: { type: 'user_changed_number', body: 'mudou', wa_id: '5549977776666' } });
    expect(message).toMatchObject({ from: '5549988412076', system: { wa_id: '5549977776666' } });
    expect(values(bench.product).at(-1)).not.toHaveProperty('contacts');
    const after = await bench.ask('GET', '/people/marina');
    expect(after['wa_id']).toBe('5549977776666');
    expect(after['user_id']).not.toBe(before['user_id']);
  });

  it('sends what nobody has a name for', async () => {
    expect(await heard({ type: 'hologram', hologram: { depth: 3 } })).toMatchObject({ type: 'hologram', hologram: { depth: 3 } });
    expect(await heard({ type: 'unsupported', errors: [{ code: 131051 }], unsupported: { type: 'poll' } })).toMatchObject({ errors: [{ code: 131051 }] });
  });

  it('plays a voice message once', async () => {
    await bench.ask('PUT', `/chats/${NUMBER}/marina/window`, { last_inbound_ago_ms: 0 });
    const voice = await heard({ type: 'audio', audio: { sample: true } });
    expect(voice).toBeTruthy();
    const form = new FormData();
    form.set('messaging_product', 'whatsapp');
    const { url } = (await bench.graph('GET', `/${String((voice['audio'] as JsonObject)['id'])}`)).body;
    const bytes = await (await fetch(String(url), { headers: { Authorization: `Bearer ${TOKEN}` } })).arrayBuffer();
    form.set('file', new Blob([bytes], { type: 'audio/ogg' }), 'a.ogg');
    const upload = await fetch(`${bench.lab.origin}/graph/v23.0/${NUMBER}/media`, { method: 'POST', body: form, headers: { Authorization: `Bearer ${TOKEN}` } });
    const { id } = (await upload.json()) as { id: string };
    const sent = await bench.send({ type: 'audio', audio: { id, voice: true } });
    await bench.settle();
    const message_id = list(sent.body['messages'])[0]?.['id'] ?? null;
    await bench.ask('POST', `/chats/${NUMBER}/marina/played`, { message_id });
    await bench.ask('POST', `/chats/${NUMBER}/marina/played`, { message_id });
    await bench.settle();
    expect(statuses(bench.product).map(({ status }) => status)).toEqual(['sent', 'delivered', 'played']);
  });
});
