/** A second opinion by a client that we did not write: what it can send and verify, the lab must take and sign. */
import { WhatsAppClient } from '@kapso/whatsapp-cloud-api';
import { normalizeWebhook, verifySignature } from '@kapso/whatsapp-cloud-api/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type Bench, NUMBER, SECRET, startBench, TOKEN } from './testing.ts';

let bench: Bench;
let client: WhatsAppClient;

beforeAll(async () => {
  bench = await startBench();
  client = new WhatsAppClient({ baseUrl: `${bench.lab.origin}/graph`, graphVersion: 'v23.0', accessToken: TOKEN });
  await bench.customer({ type: 'text', text: { body: 'Olá, preciso da 2ª via 😀' } });
  await bench.settle();
});
afterAll(() => bench.close());

const to = '+5549988412076';

describe('an independent client', () => {
  it('verifies our signature, and no other', () => {
    const [webhook] = bench.product.received;
    const verify = (appSecret: string): boolean =>
      verifySignature({ appSecret, rawBody: webhook?.body ?? Buffer.alloc(0), signatureHeader: String(webhook?.headers['x-hub-signature-256']) });
    expect(verify(SECRET)).toBe(true);
    expect(verify('another')).toBe(false);
  });

  it('understands our webhook', () => {
    const { messages } = normalizeWebhook(bench.product.received[0]?.json);
    expect(messages).toMatchObject([{ type: 'text', text: { body: 'Olá, preciso da 2ª via 😀' } }]);
  });

  it('sends texts and buttons and reads our answers', async () => {
    const text = await client.messages.sendText({ phoneNumberId: NUMBER, to, body: 'Olá' });
    expect(text.messages[0]?.id).toMatch(/^wamid\./);
    const buttons = await client.messages.sendInteractiveButtons({
      phoneNumberId: NUMBER, to, bodyText: 'Pagar?', buttons: [{ id: 'y', title: 'Sim' }, { id: 'n', title: 'Não' }],
    });
    expect(buttons.messages).toHaveLength(1);
  });

  it('gets our refusals as errors with the provider\'s code', async () => {
    await bench.faults({ refuse_next: 131047 });
    await expect(client.messages.sendText({ phoneNumberId: NUMBER, to, body: 'Olá' })).rejects.toMatchObject({ code: 131047 });
  });
});
