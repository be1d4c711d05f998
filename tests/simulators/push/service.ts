/** `POST /push/:subscription`: a browser maker's push service (RFC 8030), as strict as the strictest of them. */
import type { IncomingMessage, ServerResponse } from 'node:http';

import { BodyTooLarge, readBody } from '../http/body.ts';
import type { World } from '../world.ts';
import type { Subscription } from './subscriptions.ts';
import { judgeVapid } from './vapid.ts';

export const PUSH_PREFIX = '/push/';

const PAYLOAD_BYTES = 4096;
const URGENCIES = ['very-low', 'low', 'normal', 'high'];

export async function push(world: World, req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> {
  const id = url.pathname.slice(PUSH_PREFIX.length);
  const refuse = (status: number, why: string, headers: Record<string, string> = {}): void => {
    world.push.refuse(id, status, why);
    res.writeHead(status, { 'Content-Type': 'text/plain', ...headers }).end(`${why}\n`);
  };
  if (req.method !== 'POST') return refuse(405, 'POST only');
  let body: Buffer;
  try {
    body = await readBody(req, PAYLOAD_BYTES);
  } catch (error) {
    if (error instanceof BodyTooLarge) return refuse(413, 'more than 4096 bytes');
    throw error;
  }

  const subscription = world.push.get(id);
  if (subscription === undefined) return refuse(404, 'no such subscription');
  subscription.attempts += 1;
  if (subscription.is_gone) return refuse(410, 'unsubscribed');

  const sender = judgeVapid(req.headers.authorization, world.origin, Math.floor(world.clock.now() / 1000));
  if ('why' in sender) return refuse(403, sender.why);
  if (subscription.key === '') subscription.key = sender.key;
  if (subscription.key !== sender.key) return refuse(403, 'subscribed with another key');

  const { ttl, urgency = 'normal', topic, 'content-encoding': encoding } = req.headers as Record<string, string | undefined>;
  if (ttl === undefined || !/^\d{1,9}$/.test(ttl)) return refuse(400, 'TTL is missing');
  if (!URGENCIES.includes(urgency)) return refuse(400, 'no such urgency');
  if (topic !== undefined && !/^[\w-]{1,32}$/.test(topic)) return refuse(400, 'a topic has up to 32 characters of base64url');
  if (body.length > 0 && encoding !== 'aes128gcm') return refuse(400, 'a payload must be encrypted');

  if (isDue(subscription)) {
    const { status = 503, retry_after_s } = subscription.faults;
    return refuse(status, 'as it was told to', retry_after_s === undefined ? {} : { 'Retry-After': String(retry_after_s) });
  }
  world.push.take(subscription, {
    at: new Date().toISOString(), ttl: Number(ttl), urgency, bytes: body.length, sub: sender.sub, ...(topic === undefined ? {} : { topic }),
  });
  if (subscription.faults.cut === true) return void req.socket.end('HTTP/1.1 201 Created\r\nContent-Length: 9\r\n\r\nnot'); // mere silence makes a client's library ask again by itself
  res.writeHead(201, { Location: `${world.origin}/push/messages/${subscription.taken.length}`, TTL: ttl }).end();
}

function isDue({ faults }: Subscription): boolean {
  if (faults.status === undefined || faults.times === 0) return false;
  if (faults.times !== undefined) faults.times -= 1;
  return true;
}
