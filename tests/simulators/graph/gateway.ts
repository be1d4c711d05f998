/**
 * The door of the Graph API: version, token, route, answer, journal. What stands behind it only decides; here refusals
 * become the provider's bodies and every call leaves a line that tests and the page can read.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

import { BodyTooLarge, readBody } from '../http/body.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { BusinessNumber } from '../numbers.ts';
import { pause } from '../webhook/deliver.ts';
import type { World } from '../world.ts';
import type { Call, Handler, Reply } from './call.ts';
import { errorBody, errorStatus, GraphRefusal, unknownNode } from './errors.ts';
import { deleteMedia, getMedia, mediaNode, postMedia } from './media.ts';
import { postMessage } from './messages.ts';
import {
  getNumber, getNumbersOfWaba, getProfile, getSubscription, postNumber, postProfile, postSubscription, wabaNumbers,
} from './number.ts';
import { deleteTemplates, getTemplate, getTemplates, postEdit, postTemplate, postUnpause, templateNode } from './templates.ts';

export const GRAPH_PREFIX = '/graph/';

/** A message is small; only media are not, and they read with their own limit. */
const BODY_BYTES = 1024 * 1024;

const PATH = /^\/graph\/(?:v(\d{1,3})\.0\/)?([^/]+)(?:\/([^/]+))?\/?$/;

const ROUTES: Record<string, Handler> = {
  'POST messages': postMessage,
  'POST media': postMedia,
  'GET whatsapp_business_profile': getProfile,
  'POST whatsapp_business_profile': postProfile,
  'GET phone_numbers': getNumbersOfWaba,
  'GET subscribed_apps': getSubscription,
  'POST subscribed_apps': postSubscription,
  'DELETE subscribed_apps': (call) => (wabaNumbers(call), { body: { success: true } }),
  'GET message_templates': getTemplates,
  'POST message_templates': postTemplate,
  'DELETE message_templates': deleteTemplates,
  'POST unpause': postUnpause,
  'GET ': getNode,
  'POST ': postNode,
  'DELETE ': deleteNode,
};

export async function graph(world: World, req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> {
  const started = performance.now();
  const seen: { request: Json; number?: BusinessNumber } = { request: null };
  let status = 200;
  let body: JsonObject = {};
  let reply: Reply | undefined;
  let code: number | undefined;
  try {
    reply = await answer(world, req, res, url, seen);
    ({ status = 200, body } = reply);
  } catch (error) {
    const refusal = refusalOf(error);
    status = errorStatus(refusal);
    body = errorBody(refusal) as JsonObject;
    code = refusal.code;
  }
  const about = seen.number ? { phone_number_id: seen.number.phone_number_id } : {};
  const note = (): void => {
    const ms = Math.round(performance.now() - started);
    world.journal.add(
      {
        kind: 'call', method: req.method ?? 'GET', path: url.pathname.slice(GRAPH_PREFIX.length - 1),
        status: reply?.hang ? 0 : status, ms, request: seen.request, response: reply?.hang ? null : body,
        ...(code === undefined ? {} : { code }),
      },
      about,
    );
  };
  note();
  if (reply?.hang) return;
  await pause(seen.number ? world.faults.get(seen.number.phone_number_id).delay_ms : 0);
  res.writeHead(status, { 'Content-Type': 'application/json; charset=UTF-8', 'facebook-api-version': 'v23.0' });
  res.end(JSON.stringify(body));
  reply?.afterwards?.();
}

async function answer(
  world: World, req: IncomingMessage, res: ServerResponse, url: URL, seen: { request: Json; number?: BusinessNumber },
): Promise<Reply> {
  const path = PATH.exec(url.pathname);
  if (!path) throw new GraphRefusal(2500, `Unknown path components: ${url.pathname.slice(GRAPH_PREFIX.length - 1)}`);
  const [, , node = '', edge = ''] = path;
  const numbers = authenticate(world, req, url);
  const number = numbers.find(({ phone_number_id, waba_id }) => phone_number_id === node || waba_id === node) ?? numbers[0];
  if (number) seen.number = number;
  const method = req.method ?? 'GET';
  const handler = ROUTES[`${method} ${edge}`];
  if (!handler) throw new GraphRefusal(2500, `Unknown path components: /${edge}`);
  return handler({
    world, method, node, edge, query: url.searchParams, numbers, raw: req, res,
    bytes: (limit) => {
      seen.request = `${req.headers['content-length'] ?? '?'} bytes`;
      return readBody(req, limit);
    },
    body: async () => {
      const body = parseBody(await readBody(req, BODY_BYTES), req.headers['content-type'] ?? '');
      seen.request = withoutSecrets(body);
      return body;
    },
  });
}

/** The numbers that the token opens. */
export function authenticate(world: World, req: IncomingMessage, url: URL): BusinessNumber[] {
  const token = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(req.headers.authorization ?? '')?.[1] ?? url.searchParams.get('access_token');
  if (!token) throw new GraphRefusal(190, 'An access token is required to request this resource.');
  const numbers = world.numbers.ofToken(token);
  if (numbers.length === 0) throw new GraphRefusal(190, 'Invalid OAuth access token - Cannot parse access token');
  return numbers;
}

function getNode(call: Call): Reply {
  const media = mediaNode(call);
  if (media) return getMedia(call, media);
  const template = templateNode(call);
  return template ? getTemplate(template) : getNumber(call);
}

function postNode(call: Call): Promise<Reply> {
  const template = templateNode(call);
  return template ? postEdit(call, template) : postNumber(call);
}

function deleteNode(call: Call): Reply {
  const media = mediaNode(call);
  if (!media) throw unknownNode(call.node);
  return deleteMedia(call, media);
}

/** JSON mostly; the provider takes form fields too. An empty body is no parameters at all. */
function parseBody(bytes: Buffer, contentType: string): JsonObject {
  const text = bytes.toString('utf8');
  if (text.trim() === '') return {};
  if (contentType.includes('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text));
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    /* Falls through to the one refusal for whatever is not a JSON object. */
  }
  throw new GraphRefusal(100, 'The body must be a JSON object.');
}

/** The members of calls that must not stand in the journal, at whatever depth. */
const SECRETS = ['override_callback_uri', 'verify_token', 'access_token', 'pin'];

function withoutSecrets(body: Json): Json {
  if (Array.isArray(body)) return body.map(withoutSecrets);
  if (!isObject(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, SECRETS.includes(name) ? '…' : withoutSecrets(value)]),
  );
}

function refusalOf(error: unknown): GraphRefusal {
  if (error instanceof GraphRefusal) return error;
  if (error instanceof BodyTooLarge) return new GraphRefusal(100, `The body is too large: ${error.message}.`);
  throw error;
}

/** Bytes of a media address: the same token again, and only for five minutes. */
export function mediaBytes(world: World, req: IncomingMessage, res: ServerResponse, url: URL): void {
  try {
    const numbers = authenticate(world, req, url);
    const media = world.media.atAddress(url.searchParams);
    const isOurs = media && numbers.some(({ phone_number_id }) => phone_number_id === media.phone_number_id);
    const status = isOurs ? 200 : 404;
    const about = media ? { phone_number_id: media.phone_number_id } : {};
    world.journal.add(
      { kind: 'call', method: 'GET', path: url.pathname, status, ms: 0, request: { mid: url.searchParams.get('mid') }, response: null },
      about,
    );
    if (!isOurs) return void res.writeHead(404).end();
    res.writeHead(200, { 'Content-Type': media.mime_type, 'Content-Length': media.bytes.length });
    res.end(media.bytes);
  } catch (error) {
    const refusal = refusalOf(error);
    res.writeHead(errorStatus(refusal), { 'Content-Type': 'application/json' }).end(JSON.stringify(errorBody(refusal)));
  }
}
