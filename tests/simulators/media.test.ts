import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { JsonObject } from './json.ts';
import { sample } from './media/samples.ts';
import { mismatch } from './media/sniff.ts';
import { webmToOgg } from './media/webm.ts';
import { type Bench, MARINA, NUMBER, refusal, startBench, TOKEN } from './testing.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.ask('POST', '/reset');
});

const KB = 1024;

async function upload(bytes: Buffer, mime: string, changes: { product?: string; type?: string } = {}): Promise<{ status: number; body: JsonObject }> {
  const form = new FormData();
  if (changes.product !== '') form.set('messaging_product', changes.product ?? 'whatsapp');
  form.set('type', changes.type ?? mime);
  form.set('file', new Blob([new Uint8Array(bytes)], { type: mime }), 'arquivo');
  const answer = await fetch(`${bench.lab.origin}/graph/v23.0/${NUMBER}/media`, {
    method: 'POST', body: form, headers: { Authorization: `Bearer ${TOKEN}` },
  });
  return { status: answer.status, body: (await answer.json()) as JsonObject };
}

const withAuth = (token = TOKEN): { headers: Record<string, string> } => ({ headers: { Authorization: `Bearer ${token}` } });

function webp(size: number, isAnimated: boolean): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.write('RIFF', 0, 'latin1');
  bytes.write('WEBPVP8X', 8, 'latin1');
  bytes[20] = isAnimated ? 2 : 0;
  return bytes;
}

describe('media', () => {
  it('goes up, gets an address for five minutes, and comes down with the same token', async () => {
    const { bytes } = sample('image');
    const { body } = await upload(bytes, 'image/png');
    const node = await bench.graph('GET', `/${String(body['id'])}`);
    expect(node.body).toMatchObject({ messaging_product: 'whatsapp', mime_type: 'image/png', file_size: String(bytes.length), id: body['id'] });
    const url = String(node.body['url']);

    const good = await fetch(url, withAuth());
    expect(Buffer.from(await good.arrayBuffer()).equals(bytes)).toBe(true);
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(url, withAuth('another'))).status).toBe(401);
    expect((await fetch(url.replace('hash=', 'hash=x'), withAuth())).status).toBe(404);
    await bench.ask('POST', '/clock', { advance_ms: 5 * 60_000 + 1000 });
    expect((await fetch(url, withAuth())).status).toBe(404);
    const again = await bench.graph('GET', `/${String(body['id'])}`);
    expect((await fetch(String(again.body['url']), withAuth())).status).toBe(200);
  });

  it('is gone after DELETE, and after 30 days', async () => {
    const first = String((await upload(sample('document').bytes, 'application/pdf')).body['id']);
    expect((await bench.graph('DELETE', `/${first}`)).body).toEqual({ success: true });
    expect((await bench.graph('GET', `/${first}`)).body).toMatchObject({ error: { code: 100, error_subcode: 33 } });
    const second = String((await upload(sample('document').bytes, 'application/pdf')).body['id']);
    await bench.ask('POST', '/clock', { advance_ms: 30 * 24 * 3600_000 + 1 });
    expect((await bench.graph('GET', `/${second}`)).status).toBe(400);
  });

  it.each<[string, Buffer, string]>([
    ['a picture', sample('image').bytes, 'image/png'],
    ['a voice message', sample('audio').bytes, 'audio/ogg'],
    ['a document', sample('document').bytes, 'application/pdf'],
    ['a text', Buffer.from('olá'), 'text/plain'],
    ['a spreadsheet of values', Buffer.from('a;b'), 'text/csv'],
    ['a still sticker of 100 KB', webp(100 * KB, false), 'image/webp'],
    ['a moving sticker of 500 KB', webp(500 * KB, true), 'image/webp'],
  ])('takes %s', async (_, bytes, mime) => {
    expect((await upload(bytes, mime)).status).toBe(200);
  });

  it.each<[string, Buffer, string]>([
    ['a picture that is a PDF', sample('document').bytes, 'image/png'],
    ['a PDF that is a picture', sample('image').bytes, 'application/pdf'],
    ['a text that is a picture', sample('image').bytes, 'text/plain'],
    ['ogg without Opus', Buffer.from('OggS and nothing else in it'), 'audio/ogg'],
    ['a type the provider does not take', Buffer.from('GIF89a'), 'image/gif'],
    ['bytes of no type', Buffer.from('abc'), 'application/octet-stream'],
    ['a picture over 5 MB', Buffer.concat([sample('image').bytes, Buffer.alloc(5 * KB * KB)]), 'image/png'],
    ['a still sticker over 100 KB', webp(100 * KB + 1, false), 'image/webp'],
    ['a moving sticker over 500 KB', webp(500 * KB + 1, true), 'image/webp'],
    ['nothing', Buffer.alloc(0), 'text/plain'],
  ])('refuses %s', async (_, bytes, mime) => {
    expect(refusal(await upload(bytes, mime)).code).toBe(131053);
  });

  it('refuses a document over 100 MB by an answer, not by hanging up', async () => {
    const answer = await upload(Buffer.concat([Buffer.from('%PDF-'), Buffer.alloc(101 * KB * KB)]), 'application/pdf');
    expect(refusal(answer).code).toBe(131053);
  });

  it('refuses an upload without messaging_product', async () => {
    expect(refusal(await upload(Buffer.from('a'), 'text/plain', { product: '' })).code).toBe(100);
  });

  it('cannot be sent as another kind', async () => {
    await bench.ask('PUT', `/chats/${NUMBER}/marina/window`, { last_inbound_ago_ms: 0 });
    const { body } = await upload(sample('document').bytes, 'application/pdf');
    const sendAs = (type: string) =>
      bench.graph('POST', `/${NUMBER}/messages`, { messaging_product: 'whatsapp', to: MARINA, type, [type]: { id: body['id'] ?? null } });
    expect(refusal(await sendAs('image')).code).toBe(131053);
    expect((await sendAs('document')).status).toBe(200);
  });

  it('is a voice message only as Opus in Ogg, of one channel', async () => {
    await bench.ask('PUT', `/chats/${NUMBER}/marina/window`, { last_inbound_ago_ms: 0 });
    const sendAs = (type: string, content: JsonObject) =>
      bench.graph('POST', `/${NUMBER}/messages`, { messaging_product: 'whatsapp', to: MARINA, type, [type]: content });
    const ogg = String((await upload(sample('audio').bytes, 'audio/ogg; codecs=opus')).body['id']);
    const mp3 = String((await upload(Buffer.from([0xff, 0xfb, 0x90, 0x00, 0, 0, 0, 0]), 'audio/mpeg')).body['id']);
    expect((await sendAs('audio', { id: ogg, voice: true })).status).toBe(200);
    expect((await sendAs('audio', { id: mp3 })).status).toBe(200);
    expect(refusal(await sendAs('audio', { id: mp3, voice: true })).code).toBe(131053);
    expect(refusal(await sendAs('audio', { id: ogg, voice: 'yes' })).code).toBe(131009);

    const stereo = Buffer.from(sample('audio').bytes);
    stereo[stereo.indexOf('OpusHead') + 9] = 2;
    expect(refusal(await upload(stereo, 'audio/ogg')).code).toBe(131053);
    const pdf = String((await upload(sample('document').bytes, 'application/pdf')).body['id']);
    expect(refusal(await sendAs('document', { id: pdf, voice: true })).code).toBe(131009);
  });

  it('given by a link that does not answer fails by a status', async () => {
    await bench.ask('PUT', `/chats/${NUMBER}/marina/window`, { last_inbound_ago_ms: 0 });
    bench.product.received.length = 0;
    expect((await bench.send({ type: 'image', image: { link: 'http://127.0.0.1:9/a.png' } })).status).toBe(200);
    await bench.settle();
    expect(bench.product.received[0]?.json).toMatchObject({
      entry: [{ changes: [{ value: { statuses: [{ status: 'failed', errors: [{ code: 131053 }] }] } }] }],
    });
  });
});

/** The smallest recording a browser could make: sizes unknown, one cluster, packets of any length. */
function webm(packets: Buffer[]): Buffer {
  const element = (id: number[], body: Buffer): Buffer =>
    Buffer.concat([Buffer.from(id), Buffer.from([0x10 | (body.length >> 24), (body.length >> 16) & 255, (body.length >> 8) & 255, body.length & 255]), body]);
  const endless = (id: number[], body: Buffer): Buffer => Buffer.concat([Buffer.from(id), Buffer.from([0x01, 255, 255, 255, 255, 255, 255, 255]), body]);
  const head = Buffer.concat([Buffer.from('OpusHead'), Buffer.from([1, 1, 56, 1, 0x80, 0xbb, 0, 0, 0, 0, 0])]);
  const tracks = element([0x16, 0x54, 0xae, 0x6b], element([0xae], element([0x63, 0xa2], head)));
  const blocks = packets.map((packet) => element([0xa3], Buffer.concat([Buffer.from([0x81, 0, 0, 0x80]), packet])));
  return endless([0x18, 0x53, 0x80, 0x67], Buffer.concat([tracks, endless([0x1f, 0x43, 0xb6, 0x75], Buffer.concat(blocks))]));
}

describe('a recording of the browser', () => {
  it('is repacked into the box that WhatsApp uses, sound untouched', () => {
    const packets = [Buffer.from([0xf8, 1, 2]), Buffer.alloc(600, 0xf8), Buffer.alloc(255, 0xf8)];
    const ogg = webmToOgg(webm(packets)) ?? Buffer.alloc(0);
    expect(mismatch(ogg, 'audio/ogg')).toBeUndefined();
    for (const packet of packets) expect(ogg.includes(packet)).toBe(true);
    /* Three packets of 20 ms: the last page ends at 2880 samples. */
    expect(ogg.readBigInt64LE(ogg.lastIndexOf('OggS') + 6)).toBe(2880n);
  });

  it('is left alone when it is something else', () => {
    expect(webmToOgg(Buffer.from('not a recording'))).toBeUndefined();
    expect(webmToOgg(Buffer.alloc(40, 0xff))).toBeUndefined();
  });
});
