/** The control API: what tests, benchmarks and the page use to drive the lab. Documented in README.md. */
import type { IncomingMessage, ServerResponse } from 'node:http';

import { BodyTooLarge } from '../http/body.ts';
import { Router } from '../http/router.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { burstRoutes } from './burst.ts';
import { chatRoutes } from './chats.ts';
import { labRoutes } from './lab.ts';
import { journalRoutes } from './journal.ts';
import { mailRoutes } from './mails.ts';
import { mediaRoutes } from './media.ts';
import { numberRoutes } from './numbers.ts';
import { peopleRoutes } from './people.ts';
import { pushRoutes } from './push.ts';
import type { Control } from './request.ts';
import { templateRoutes } from './templates.ts';
import { webhookRoutes } from './webhooks.ts';

export const CONTROL_PREFIX = '/lab/api/';

const router = new Router<Control>({
  ...labRoutes, ...numberRoutes, ...peopleRoutes, ...chatRoutes, ...webhookRoutes, ...templateRoutes, ...mediaRoutes, ...burstRoutes, ...mailRoutes, ...pushRoutes,
  ...journalRoutes,
});

export async function control(
  context: { world: World; reload: () => Promise<void> }, req: IncomingMessage, res: ServerResponse, url: URL,
): Promise<void> {
  try {
    requireOwnPage(req);
    const route = router.find(req.method ?? 'GET', url.pathname.slice(CONTROL_PREFIX.length - 1));
    if (route === undefined) throw new Refusal(404, 'no such path; see README.md of the simulators');
    if (route === 'method') throw new Refusal(405, `${req.method} is not for this path`);
    const result = await route.handler({ context, req, res, url, params: route.params });
    if (result !== undefined) write(res, 200, result);
  } catch (error) {
    if (error instanceof Refusal) return write(res, error.status, { error: error.message });
    if (error instanceof BodyTooLarge) return write(res, 413, { error: error.message });
    throw error;
  }
}

/**
 * The lab has no passwords: being on this machine is the permission. A page of another site open in the same browser
 * is on this machine too, so its requests are refused by what the browser says of their origin.
 */
function requireOwnPage(req: IncomingMessage): void {
  const { origin, host = '' } = req.headers;
  if (!/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host)) throw new Refusal(403, 'the lab answers only to its own name');
  if (origin !== undefined && origin !== `http://${host}`) throw new Refusal(403, 'the lab takes orders only from its own page');
}

function write(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
  res.end(JSON.stringify(body));
}
