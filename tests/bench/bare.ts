/** The limit of this stack: the smallest FastCGI worker, behind the same nginx on a port of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus } from 'node:os';

import { send } from './client.ts';
import { conf } from './house.ts';
import { countAlso, master } from './processes.ts';
import { bare } from './statements.ts';
import { until } from './until.ts';
import type { World } from './world.ts';


const site = (): string => `${conf('RUN_DIR')}/nginx/sites/bare.conf`;
const socket = (): string => `${conf('RUN_DIR')}/bare.sock`;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

function reload(): void {
  const nginx = master('nginx');
  if (nginx === undefined) throw new Error('nginx does not run');
  process.kill(nginx, 'SIGHUP');
}

/** Opens the door in nginx; whatever case is being served stands behind it. */
export async function openDoor(): Promise<{ url: string; close: () => void }> {
  const port = await freePort();
  writeFileSync(
    site(),
    `server {\n    listen 127.0.0.1:${port};\n    location / {\n        include snippets/request.conf;\n        fastcgi_pass unix:${socket()};\n    }\n}\n`,
  );
  reload();
  const url = `http://127.0.0.1:${port}`;
  await until('the door of the bare worker opens', () => send(url, { method: 'GET', path: '/' }).then(() => true, () => false));
  const close = (): void => {
    rmSync(site(), { force: true });
    reload();
  };
  return { url, close };
}

/** As many processes as the product has. */
export async function serve(name: string, world: World): Promise<() => Promise<void>> {
  const children = 4 * cpus().length;
  const options = 'plan_cache_mode=force_generic_plan';
  const worker = spawn(bare, ['serve', name, socket(), String(children), `${conf('DB_OWNER')} options='-c ${options}'`, String(world.account), world.hook_token], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(worker, 'exit');
  await Promise.race([once(worker.stdout, 'data'), ended.then(() => Promise.reject(new Error('the bare worker ended')))]);
  countAlso(worker.pid);
  return async () => {
    countAlso(undefined);
    worker.stdin.end();
    await ended;
  };
}
