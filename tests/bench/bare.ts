/** The limit of this stack: the smallest FastCGI worker, behind the same nginx on a port of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus } from 'node:os';

import { send } from './client.ts';
import { conf, house } from './house.ts';
import { countAlso, master } from './processes.ts';
import { bare, open } from './statements.ts';
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
const children = (): string => String(4 * cpus().length);

/** As the owner, whom no policy binds, with the plans of the product's role. */
const conninfo = (): string => `${conf('DB_OWNER')} options='-c plan_cache_mode=force_generic_plan'`;

export const serve = (name: string, world: World): Promise<() => Promise<void>> =>
  standIn(bare, ['serve', name, socket(), children(), conninfo(), String(world.account), world.hook_token]);

/** Our own routes, behind a door that asks nobody anything. */
export const serveOpen = (): Promise<() => Promise<void>> => standIn(open, [socket(), children(), conninfo()]);

/** What stands behind the door until it is sent away. */
async function standIn(program: string, words: string[]): Promise<() => Promise<void>> {
  /* Its lines go to a file, as those of the house do. */
  const log = openSync(`${house.var}/log/stand-in.log`, 'a');
  const worker = spawn(program, words, { stdio: ['pipe', 'pipe', log], env: { ...process.env, BALCAO_VAR: house.var } });
  const { stdin, stdout } = worker;
  if (stdin === null || stdout === null) throw new Error(`${program} has no pipes`);
  const ended = once(worker, 'exit');
  await Promise.race([once(stdout, 'data'), ended.then(() => Promise.reject(new Error(`${program} ended`)))]);
  countAlso(worker.pid);
  return async () => {
    countAlso(undefined);
    stdin.end();
    closeSync(log);
    await ended;
  };
}
