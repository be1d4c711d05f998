/** One call to the Graph API on its way through the lab. */
import type { IncomingMessage, ServerResponse } from 'node:http';

import type { JsonObject } from '../json.ts';
import type { BusinessNumber } from '../numbers.ts';
import type { World } from '../world.ts';

export type Call = {
  world: World;
  method: string;
  /** First step of the path after the version: a phone number, an account, a media id, a template. */
  node: string;
  /** Second step, or empty. */
  edge: string;
  query: URLSearchParams;
  /** Numbers that the token opens; never empty. */
  numbers: BusinessNumber[];
  raw: IncomingMessage;
  res: ServerResponse;
  /** Reads the body as a JSON object, or as form fields; refuses anything else. */
  body: () => Promise<JsonObject>;
  bytes: (limit: number) => Promise<Buffer>;
};

export type Reply = {
  status?: number;
  body: JsonObject;
  /** Runs once the answer is on its way: statuses come after it, unless a fault says otherwise. */
  afterwards?: () => void;
  /** No answer at all. */
  hang?: true;
};

export type Handler = (call: Call) => Promise<Reply> | Reply;
