import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { signBody } from './signature.ts';
import { type Bench, list, messages, NUMBER, SECRET, startBench, statuses, values } from './testing.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.ask('POST', '/reset');
  bench.product.received.length = 0;
  bench.product.answers = [];
});

const say = (body: string, person?: string): Promise<string> => bench.customer({ type: 'text', text: { body } }, person);

describe('a webhook', () => {
  it('is ASCII, signed over its bytes, in the envelope of the provider', async () => {
    const id = await say('Olá 😀 a/b');
    await bench.settle();
    const [webhook] = bench.product.received;
    expect(webhook?.headers['x-hub-signature-256']).toBe(signBody(SECRET, webhook?.body ?? ''));
    expect(webhook?.headers['content-type']).toBe('application/json');
    expect(webhook?.body.every((byte) => byte < 0x80)).toBe(true);
    expect(webhook?.body.toString()).toContain('Ol\\u00e1 \\ud83d\\ude00 a\\/b');
    expect(webhook?.json).toMatchObject({
      object: 'whatsapp_business_account',
      entry: [{
        id: '10229',
        changes: [{
          field: 'messages',
          value: {
            messaging_product: 'whatsapp',
            metadata: { display_phone_number: '551130000000', phone_number_id: NUMBER },
            contacts: [{ profile: { name: 'Marina Duarte Alves' }, wa_id: '5549988412076', user_id: expect.stringMatching(/^BR\./) }],
            messages: [{ from: '5549988412076', id, timestamp: expect.stringMatching(/^\d{10}$/), type: 'text', text: { body: 'Olá 😀 a/b' } }],
          },
        }],
      }],
    });
  });

  it('names the number in digits, however the number is shown', async () => {
    await bench.ask('POST', '/numbers', { phone_number_id: NUMBER, display_phone_number: '+55 11 3000-0000' });
    await say('Oi');
    await bench.settle();
    expect(values(bench.product)[0]).toMatchObject({ metadata: { display_phone_number: '551130000000' } });
    expect((await bench.graph('GET', `/${NUMBER}?fields=display_phone_number`)).body).toMatchObject({ display_phone_number: '+55 11 3000-0000' });
    await bench.ask('POST', '/numbers', { phone_number_id: NUMBER, display_phone_number: '551130000000' });
  });

  it('comes again, with the same bytes, until it is answered 200', async () => {
    bench.product.answers = [500, 404, 301];
    await say('Oi');
    await bench.settle();
    expect(bench.product.received).toHaveLength(4);
    expect(new Set(bench.product.received.map(({ body }) => body.toString())).size).toBe(1);
    const attempts = await bench.log('delivery');
    expect(attempts.map(({ attempt, status, next_try_ms }) => [attempt, status, next_try_ms])).toEqual([
      [1, 500, 250], [2, 404, 500], [3, 301, 1000], [4, 200, undefined],
    ]);
  }, 10_000);

  it('keeps the order of one conversation', async () => {
    const sent = [];
    for (let turn = 0; turn < 20; turn++) sent.push(await say(`mensagem ${turn}`));
    await bench.settle();
    expect(messages(bench.product).map(({ id }) => id)).toEqual(sent);
  });

  it('has no phone for somebody who hides it', async () => {
    await say('Oi', 'padaria');
    await bench.settle();
    const [message] = messages(bench.product);
    expect(message).toHaveProperty('from_user_id');
    expect(message).not.toHaveProperty('from');
    expect(bench.product.received[0]?.body.toString()).not.toContain('wa_id');
  });
});

describe('faults of delivery', () => {
  it('duplicates', async () => {
    await bench.faults({ duplicate: 2 });
    const id = await say('Oi');
    await bench.settle();
    expect(messages(bench.product).map((message) => message['id'])).toEqual([id, id, id]);
  });

  it('changes the order', async () => {
    await bench.faults({ reorder: true });
    const sent = [await say('um'), await say('dois'), await say('três')];
    await bench.ask('POST', '/deliveries/flush');
    await bench.settle();
    expect(messages(bench.product).map(({ id }) => id)).toEqual(sent.reverse());
  });

  it('batches several updates into one body', async () => {
    await bench.faults({ batch: 3 });
    const sent = [await say('um'), await say('dois'), await say('três', 'jose')];
    await bench.settle();
    expect(bench.product.received).toHaveLength(1);
    expect(messages(bench.product).map(({ id }) => id)).toEqual(sent);
    const contacts = bench.product.received[0]?.body.toString().match(/"profile"/g);
    expect(contacts).toHaveLength(2);
  });

  it('forgets to sign, or signs with another secret; both are repeated like any refusal', async () => {
    await bench.faults({ unsigned: true });
    bench.product.answers = [403];
    await say('Oi');
    await bench.settle();
    expect(bench.product.received.map(({ headers }) => headers['x-hub-signature-256'])).toEqual([undefined, undefined]);
    await bench.faults({ wrong_signature: true });
    await say('Oi');
    await bench.settle();
    const last = bench.product.received.at(-1);
    expect(last?.headers['x-hub-signature-256']).toMatch(/^sha256=[0-9a-f]{64}$/);
    expect(last?.headers['x-hub-signature-256']).not.toBe(signBody(SECRET, last?.body ?? ''));
  });

  it('waits before it delivers', async () => {
    await bench.faults({ delay_ms: 120 });
    const before = performance.now();
    await say('Oi');
    await bench.settle();
    expect(performance.now() - before).toBeGreaterThanOrEqual(119);
  });
});

describe('pending webhooks', () => {
  it('are counted, can be tried at once, and can be forgotten', async () => {
    bench.product.answers = [500, 500];
    const { seq } = await bench.ask('GET', '/config');
    await say('um');
    await bench.ask('GET', `/wait?after=${String(seq)}&kind=delivery`);
    expect((await bench.ask('GET', '/deliveries'))['pending']).toBe(1);
    expect((await bench.ask('POST', '/deliveries/retry'))['tried']).toBe(1);
    await bench.ask('GET', `/wait?after=${String(seq)}&kind=delivery&count=2`);
    expect((await bench.ask('DELETE', '/deliveries'))['pending']).toBe(0);
    expect((await bench.ask('GET', '/idle?timeout_ms=0'))['idle']).toBe(true);
  });
});

describe('webhooks by hand', () => {
  it('sends any field', async () => {
    await bench.ask('POST', `/numbers/${NUMBER}/webhooks`, { field: 'account_update', value: { event: 'DISABLED_UPDATE' } });
    await bench.settle();
    expect(bench.product.received[0]?.json).toMatchObject({ entry: [{ id: '10229', changes: [{ field: 'account_update', value: { event: 'DISABLED_UPDATE' } }] }] });
  });

  it('sends any status in any order', async () => {
    await bench.ask('POST', `/numbers/${NUMBER}/statuses`, { message_id: 'wamid.X', status: 'read' });
    await bench.ask('POST', `/numbers/${NUMBER}/statuses`, { message_id: 'wamid.X', status: 'failed', code: 131049 });
    await bench.settle();
    expect(statuses(bench.product)).toMatchObject([{ id: 'wamid.X', status: 'read' }, { status: 'failed', errors: [{ code: 131049 }] }]);
  });

  it('sends exactly the bytes and headers asked for, and shows the answer', async () => {
    bench.product.answers = [418];
    const answer = await bench.ask('POST', `/numbers/${NUMBER}/raw`, { body: '{"a":', headers: { 'X-Odd': '1' }, sign: true });
    expect(answer['status']).toBe(418);
    const [webhook] = bench.product.received;
    expect(webhook?.body.toString()).toBe('{"a":');
    expect(webhook?.headers['x-odd']).toBe('1');
    expect(webhook?.headers['x-hub-signature-256']).toBe(signBody(SECRET, '{"a":'));
  });

  it('announces the review of a template', async () => {
    const [template] = list((await bench.ask('GET', '/templates/10229'))['data']);
    await bench.ask('POST', `/templates/10229/${String(template?.['id'])}/review`, { event: 'PAUSED', reason: 'NONE' });
    await bench.settle();
    expect(bench.product.received[0]?.json).toMatchObject({
      entry: [{ changes: [{ field: 'message_template_status_update', value: { event: 'PAUSED', message_template_name: 'retomar_conversa' } }] }],
    });
  });
});
