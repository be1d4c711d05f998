/** One HTTP server for the Graph API, the control API and the pages, and a mail server beside it. */
import { unwatchFile, watchFile } from 'node:fs';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

import { configPath, loadConfig } from './config.ts';
import { control, CONTROL_PREFIX } from './control/api.ts';
import { graph, GRAPH_PREFIX, mediaBytes } from './graph/gateway.ts';
import { serveFile } from './http/static.ts';
import { site } from './site.ts';
import { push, PUSH_PREFIX } from './push/service.ts';
import { startSmtp } from './smtp/server.ts';
import { closeConnections } from './webhook/post.ts';
import { World } from './world.ts';

const PAGE = fileURLToPath(new URL('page', import.meta.url));

/** The page loads nothing from elsewhere; `blob:` is for a recording that is being listened to before it goes. */
const PAGE_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; media-src 'self' blob:; frame-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const CONFIG_POLL_MS = 1000;

export type Lab = { origin: string; smtp_port: number; world: World; close: () => Promise<void> };

export type LabOptions = { port: number; smtp_port?: number; host?: string; public_url: string; var_dir?: string };

export async function startLab({ port, smtp_port = 0, host = '127.0.0.1', public_url, var_dir }: LabOptions): Promise<Lab> {
  const world = new World(public_url);
  const path = var_dir === undefined ? undefined : configPath(var_dir);
  const reload = async (): Promise<void> => {
    if (path !== undefined) await loadConfig(world, path);
  };

  const server = http.createServer((req, res) => {
    handle({ world, reload }, req, res).catch((error: unknown) => {
      world.journal.add({ kind: 'problem', why: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      if (!res.headersSent) res.writeHead(500);
      res.end();
    });
  });
  /* A call that hangs on purpose must hang: the caller's patience ends it, not ours. */
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  world.origin = `http://${host}:${(server.address() as AddressInfo).port}`;

  const smtp = await startSmtp(world.mailbox, smtp_port, host);

  await reload();
  if (path !== undefined) watchFile(path, { interval: CONFIG_POLL_MS, persistent: false }, () => void reload());

  return {
    origin: world.origin,
    smtp_port: smtp.port,
    world,
    close: async () => {
      if (path !== undefined) unwatchFile(path);
      world.deliverer.stop();
      closeConnections();
      await smtp.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function handle(context: { world: World; reload: () => Promise<void> }, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { world } = context;
  const target = `http://lab${req.url ?? '/'}`;
  if (!URL.canParse(target)) return void res.writeHead(400).end();
  const url = new URL(target);
  if (url.pathname.startsWith(GRAPH_PREFIX)) return graph(world, req, res, url);
  if (url.pathname === '/whatsapp_business/attachments/') return mediaBytes(world, req, res, url);
  if (url.pathname.startsWith(PUSH_PREFIX)) return push(world, req, res, url);
  if (url.pathname.startsWith(CONTROL_PREFIX)) return control(context, req, res, url);
  if (url.pathname === '/site.html') return site(world, res, url, req.headers.host ?? '');
  if (url.pathname === '/healthz') return void res.writeHead(200, { 'Content-Type': 'text/plain' }).end('ok\n');
  const name = url.pathname === '/' ? '/index.html' : url.pathname;
  if (await serveFile(PAGE, name, res, { 'Content-Security-Policy': PAGE_CSP })) return;
  res.writeHead(404, { 'Content-Type': 'text/plain' }).end('not found\n');
}
