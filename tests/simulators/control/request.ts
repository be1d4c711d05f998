/** Reading what the control API was asked, the same way in every route. */
import type { IncomingMessage } from 'node:http';

import { readBody } from '../http/body.ts';
import type { Request, Routes } from '../http/router.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { BusinessNumber } from '../numbers.ts';
import type { Person } from '../people.ts';
import { found, Refusal } from '../refusal.ts';
import type { World } from '../world.ts';

export type Control = { world: World; reload: () => Promise<void> };
export type ControlRequest = Request<Control>;
export type ControlRoutes = Routes<Control>;

/** Room for a 100 MB document in base64. */
const BODY_BYTES = 140 * 1024 * 1024;

/** An empty body counts as an empty object. JSON is required by name: forms of other sites cannot send it. */
export async function objectBody(req: IncomingMessage): Promise<JsonObject> {
  const text = (await readBody(req, BODY_BYTES)).toString('utf8');
  if (text.trim() === '') return {};
  if (!(req.headers['content-type'] ?? '').includes('json')) throw new Refusal(415, 'send application/json');
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    /* Falls through to the refusal. */
  }
  throw new Refusal(400, 'the body must be a JSON object');
}

export function numberOf({ context, params }: ControlRequest): BusinessNumber {
  return found(context.world.numbers.get(params['number'] ?? ''), 'number');
}

export function personOf({ context, params }: ControlRequest): Person {
  return found(context.world.people.get(params['person'] ?? ''), 'person');
}

/** A whole number of the query, or `otherwise`. */
export function queryNumber(url: URL, name: string, otherwise: number): number {
  const text = url.searchParams.get(name);
  const value = text === null ? otherwise : Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Refusal(400, `${name} must be a whole number`);
  return value;
}
