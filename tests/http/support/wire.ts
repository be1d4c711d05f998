/** One HTTP request, exactly as asked for: no redirects, no decoding, no cookies of its own. */
import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';

import { house } from './house.ts';

export type Ask = {
  method: string;
  /** Raw, as it stands in the first line. */
  path: string;
  headers?: Record<string, string>;
  body?: Buffer | string;
  /** An address of this machine (127.0.0.x): whom the house sees. */
  from?: string;
};

export type Answered = { status: number; headers: IncomingHttpHeaders; body: Buffer };

const TIMEOUT_MS = 30_000;
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

export async function send(ask: Ask): Promise<Answered> {
  const answer = await open(ask);
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) };
}

/** Resolves with the head of the answer; its body is still to come. */
export function open({ method, path, headers = {}, body, from }: Ask): Promise<IncomingMessage> {
  const { hostname, port } = new URL(house.url);
  const length =
    body === undefined || 'content-length' in lowerCased(headers) ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        hostname,
        port,
        method,
        path,
        agent,
        headers: { ...length, ...headers },
        ...(from === undefined ? {} : { localAddress: from }),
      },
      resolve,
    );
    request.setTimeout(TIMEOUT_MS, () => request.destroy(new Error(`${method} ${path}: no answer in ${TIMEOUT_MS} ms`)));
    request.on('error', reject);
    request.end(body);
  });
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
