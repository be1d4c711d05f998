import net from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';

import type { JsonObject } from './json.ts';
import { type Bench, startBench } from './testing.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.close());

const LETTER = [
  'From: <a@example.org>', 'To: <b@example.org>', 'Subject: =?UTF-8?B?T2zDoQ==?=\r\n =?UTF-8?B?IHlvdQ==?=',
  'Date: Wed, 04 Mar 2026 15:00:00 +0000', 'Message-ID: <1@example.org>', 'Content-Type: text/plain; charset=utf-8', '',
  'See https://example.org/invite#t', '..dotted', '',
].join('\r\n');

/** Says each line when the one before was answered; the answers, first lines only. */
async function talk(...lines: string[]): Promise<string[]> {
  const socket = net.connect(bench.lab.smtp_port, '127.0.0.1');
  const heard: string[] = [];
  let text = '';
  await new Promise<void>((resolve) => {
    socket.on('close', () => resolve()).on('error', () => resolve());
    socket.on('data', (bytes) => {
      text += bytes.toString();
      const end = /^\d{3} .*\r\n/m.exec(text);
      if (end === null) return;
      text = '';
      heard.push(end[0].slice(0, 3));
      const next = lines.shift();
      if (next === undefined) socket.end();
      else socket.write(`${next}\r\n`);
    });
  });
  return heard;
}

const ENVELOPE = ['EHLO here', 'MAIL FROM:<a@example.org>', 'RCPT TO:<b@example.org>', 'DATA'];

test('a letter is taken, decoded and found by whom it is for', async () => {
  expect(await talk(...ENVELOPE, `${LETTER}.`, 'QUIT')).toEqual(['220', '250', '250', '250', '354', '250', '221']);
  const letter = await bench.ask('GET', '/mails/next?to=b@example.org&timeout_ms=1000');
  expect(letter).toMatchObject({ subject: 'Olá you', links: ['https://example.org/invite#t'], to: ['b@example.org'] });
  expect(letter['text']).toContain('\r\n.dotted');
  await expect(bench.ask('GET', '/mails/next?to=c@example.org&timeout_ms=0')).rejects.toThrow('404');
});

test('whoever waits is told when the letter comes', async () => {
  const waiting = bench.ask('GET', '/mails/next?to=b@example.org&timeout_ms=5000');
  await talk(...ENVELOPE, `${LETTER}.`, 'QUIT');
  expect(await waiting).toMatchObject({ message_id: '<1@example.org>' });
});

test('commands out of order, long lines and letters without headers are refused', async () => {
  expect(await talk('MAIL FROM:<a@example.org>', 'EHLO', 'EHLO here', 'RCPT TO:<b@example.org>', 'DATA', 'JUMP')).toEqual(
    ['220', '503', '501', '250', '503', '503', '500']);
  expect((await talk(...ENVELOPE, `${LETTER}${'x'.repeat(1200)}\r\n.`)).at(-1)).toBe('550');
  expect((await talk(...ENVELOPE, `${LETTER.replace('Message-ID', 'X-ID')}.`)).at(-1)).toBe('550');
  expect((await talk(...ENVELOPE, `Subject: twice\r\n${LETTER}.`)).at(-1)).toBe('550');
  expect((await talk(...ENVELOPE, `${LETTER}olá\r\n.`)).at(-1)).toBe('550');
});

test('faults: nobody there, come back later, a line that dies after the letter was taken', async () => {
  await bench.ask('PUT', '/mails/faults', { unknown: ['x@example.org'], greylist: 1, cut_after_data: 1 } as JsonObject);
  expect((await talk('EHLO here', 'MAIL FROM:<a@example.org>', 'RCPT TO:<x@example.org>')).at(-1)).toBe('550');
  expect((await talk('EHLO here', 'MAIL FROM:<a@example.org>', 'RCPT TO:<b@example.org>')).at(-1)).toBe('451');
  expect((await talk(...ENVELOPE, `${LETTER}.`)).at(-1)).toBe('354');
  expect((await bench.ask('GET', '/mails?to=b@example.org'))['data']).toHaveLength(1);
});
