/** Webhooks by hand: any field, any status at any time, any bytes at all; and those that are still waiting for a 200. */
import type { MessageState } from '../chats.ts';
import { messageId } from '../ids.ts';
import { isObject, type JsonObject, textOf } from '../json.ts';
import { Refusal } from '../refusal.ts';
import { SIGNATURE_HEADER, signBody } from '../signature.ts';
import { statusBody } from '../statuses.ts';
import { statusUpdate } from '../webhook/envelope.ts';
import { post } from '../webhook/post.ts';
import { type ControlRequest, type ControlRoutes, numberOf, objectBody, queryNumber } from './request.ts';

const STATES: readonly MessageState[] = ['sent', 'delivered', 'read', 'played', 'failed'];

const RAW_TIMEOUT_MS = 15_000;

export const webhookRoutes: ControlRoutes = {
  /** `{field, value}` as it stands in `changes[]`: template events, quality, account updates, unknown fields. */
  'POST /numbers/:number/webhooks': async (request) => {
    const { field, value } = await objectBody(request.req);
    const { phone_number_id, waba_id } = numberOf(request);
    if (typeof field !== 'string' || !isObject(value)) throw new Refusal(400, 'a webhook has a field and a value');
    void request.context.world.deliverer.send(phone_number_id, { waba_id, field, value, what: field });
    return { sent: true };
  },

  /** Any status of any message, in any order: delivered after read, failed after sent, of an id nobody knows. */
  'POST /numbers/:number/statuses': async (request) => {
    const { world } = request.context;
    const number = numberOf(request);
    const body = await objectBody(request.req);
    const status = STATES.find((state) => state === body['status']);
    if (status === undefined) throw new Refusal(400, `status is one of ${STATES.join(', ')}`);
    const id = textOf(body['message_id']) ?? messageId();
    const found = world.chats.find(number.phone_number_id, id);
    const code = typeof body['code'] === 'number' ? body['code'] : 131000;
    const error = { code, details: textOf(body['details']) ?? 'Failed on purpose.' };
    const message = found
      ? { ...found.message, error }
      : { id, type: 'text', from: 'business' as const, at_ms: 0, state: status, content: {}, reactions: {}, previous: [], is_revoked: false, error };
    const person = found && world.people.get(found.chat.person_id);
    const told = { number, person, message, price: { category: 'service', isFree: true } };
    void world.deliverer.send(
      number.phone_number_id, statusUpdate(number, person, statusBody(told, status, world.clock.now())), person?.id,
    );
    return { message_id: id };
  },

  /** One request to the callback with exactly these bytes and headers, signed only when asked. Answers what came back. */
  'POST /numbers/:number/raw': async (request) => sendRaw(request, await objectBody(request.req)),

  'GET /deliveries': ({ context: { world } }) => ({ pending: world.deliverer.pending(), data: world.deliverer.pendingList() }),
  'POST /deliveries/retry': ({ context: { world } }) => ({ tried: world.deliverer.retryNow() }),
  'POST /deliveries/flush': ({ context: { world } }) => {
    for (const { phone_number_id } of world.numbers.list()) world.deliverer.flush(phone_number_id);
    return { pending: world.deliverer.pending() };
  },
  'DELETE /deliveries': ({ context: { world } }) => {
    world.deliverer.clear();
    return { pending: 0 };
  },

  /** Answers when nothing is pending, or when the time is over. */
  'GET /idle': async ({ context: { world }, url }) => ({
    idle: await world.deliverer.idle(queryNumber(url, 'timeout_ms', 10_000)),
    pending: world.deliverer.pending(),
  }),
};

async function sendRaw(request: ControlRequest, body: JsonObject): Promise<unknown> {
  const { world } = request.context;
  const number = numberOf(request);
  const base64 = textOf(body['body_base64']);
  const bytes = base64 === undefined ? Buffer.from(textOf(body['body']) ?? '') : Buffer.from(base64, 'base64');
  const given = isObject(body['headers']) ? body['headers'] : {};
  const headers = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
  if (body['sign'] === true) headers[SIGNATURE_HEADER] = signBody(number.app_secret, bytes);
  const answer = await post(callback(number.callback_url, textOf(body['query'])), {
    method: textOf(body['method']) ?? 'POST',
    headers: { 'Content-Length': String(bytes.length), ...headers },
    body: bytes,
    timeout_ms: RAW_TIMEOUT_MS,
  });
  world.journal.add({ kind: 'raw', status: answer.status, ms: answer.ms }, { phone_number_id: number.phone_number_id });
  return answer;
}

function callback(callback_url: string, query: string | undefined): string {
  if (callback_url === '') throw new Refusal(409, 'the number has no callback_url');
  const url = new URL(callback_url);
  if (query !== undefined) url.search = query;
  return url.href;
}
