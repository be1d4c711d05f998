/** For the tests of the lab: a lab on a free port, and a product that only listens and remembers. */
import http, { type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Entry } from './journal.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { type Lab, startLab } from './server.ts';

export const NUMBER = '10654';
export const TOKEN = 'token-of-the-product';
export const SECRET = 'app-secret-1';
export const MARINA = '+5549988412076';

export type Received = { body: Buffer; json: JsonObject; headers: IncomingHttpHeaders };

/** `answers` are used up one per webhook; then it is 200 for everybody. */
export type Product = { url: string; received: Received[]; answers: number[]; close: () => Promise<void> };

export async function startProduct(verifyToken = 'verify-1'): Promise<Product> {
  const product: Product = { url: '', received: [], answers: [], close: async () => {} };
  const server = http.createServer((req, res) => {
    const url = new URL(req.url ?? '/', 'http://product');
    if (req.method === 'GET') {
      const isRight = url.searchParams.get('hub.verify_token') === verifyToken;
      return void res.writeHead(isRight ? 200 : 403).end(isRight ? url.searchParams.get('hub.challenge') : '');
    }
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const body = Buffer.concat(chunks);
      product.received.push({ body, json: parse(body), headers: req.headers });
      res.writeHead(product.answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  product.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/a-long-channel-token`;
  product.close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return product;
}

export type Bench = {
  lab: Lab;
  product: Product;
  /** Control API; throws on anything but 200, so that a wrong set-up does not look like a passing test. */
  ask: (method: string, path: string, body?: JsonObject) => Promise<JsonObject>;
  /** Graph API with the product's token. */
  graph: (method: string, path: string, body?: JsonObject, token?: string) => Promise<{ status: number; body: JsonObject }>;
  /** POST messages to Marina, with the common members filled in. */
  send: (message: JsonObject) => Promise<{ status: number; body: JsonObject }>;
  faults: (faults: JsonObject) => Promise<JsonObject>;
  customer: (message: JsonObject, person?: string) => Promise<string>;
  /** Waits until nothing is pending. */
  settle: () => Promise<void>;
  log: (kind: Entry['kind']) => Promise<JsonObject[]>;
  close: () => Promise<void>;
};

export async function startBench(): Promise<Bench> {
  const product = await startProduct();
  const lab = await startLab({ port: 0, public_url: 'http://localhost:8080' });
  const ask: Bench['ask'] = async (method, path, body) => {
    const answer = await fetch(`${lab.origin}/lab/api${path}`, jsonRequest(method, body));
    const json = (await answer.json()) as JsonObject;
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(json)}`);
    return json;
  };
  const graph: Bench['graph'] = async (method, path, body, token = TOKEN) => {
    const request = jsonRequest(method, body);
    const answer = await fetch(`${lab.origin}/graph/v23.0${path}`, {
      ...request, headers: { ...request.headers, Authorization: `Bearer ${token}` },
    });
    return { status: answer.status, body: (await answer.json()) as JsonObject };
  };
  await ask('POST', '/numbers', aNumber(product.url));
  return {
    lab, product, ask, graph,
    send: (message) => graph('POST', `/${NUMBER}/messages`, { messaging_product: 'whatsapp', to: MARINA, ...message }),
    faults: (faults) => ask('PUT', `/numbers/${NUMBER}/faults`, faults),
    customer: async (message, person = 'marina') =>
      String((await ask('POST', `/chats/${NUMBER}/${person}/messages`, message))['message_id']),
    settle: async () => {
      const { idle } = await ask('GET', '/idle?timeout_ms=5000');
      if (idle !== true) throw new Error('webhooks are still pending');
    },
    log: async (kind) => (await ask('GET', `/log?kind=${kind}&limit=1000`))['entries'] as JsonObject[],
    close: async () => {
      await lab.close();
      await product.close();
    },
  };
}

export function aNumber(callback_url: string, changes: JsonObject = {}): JsonObject {
  return {
    phone_number_id: NUMBER, waba_id: '10229', display_phone_number: '551130000000', verified_name: 'Rede Pinhão',
    access_token: TOKEN, app_secret: SECRET, verify_token: 'verify-1', callback_url, api_version: 'v23.0', ...changes,
  };
}

/** The values of all changes in the webhooks received, in order. */
export function values(product: Product): JsonObject[] {
  return product.received.flatMap(({ json }) =>
    list(json['entry']).flatMap((entry) => list(entry['changes']).map((change) => change['value'] as JsonObject)),
  );
}

export function messages(product: Product): JsonObject[] {
  return values(product).flatMap((value) => list(value['messages']));
}

export function statuses(product: Product): JsonObject[] {
  return values(product).flatMap((value) => list(value['statuses']));
}

export function list(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Code and details of a Graph error body. */
export function refusal({ body }: { body: JsonObject }): { code: Json | undefined; details: Json | undefined } {
  const error = isObject(body['error']) ? body['error'] : {};
  const data = isObject(error['error_data']) ? error['error_data'] : {};
  return { code: error['code'], details: data['details'] };
}

function jsonRequest(method: string, body: JsonObject | undefined): { method: string; headers: Record<string, string>; body?: string } {
  return body === undefined
    ? { method, headers: {} }
    : { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

function parse(body: Buffer): JsonObject {
  try {
    const json: unknown = JSON.parse(body.toString('utf8'));
    return isObject(json) ? json : {};
  } catch {
    return {};
  }
}
