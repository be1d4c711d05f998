/**
 * make bench: what the design promises, measured. Figures stand alone on their line, `bench <name> <value> <unit>`.
 * The house must run already, with the demo planted (its password is everybody's) and no lab.
 *
 *   BENCH_SECONDS    of load per route and contestant (5), shared out among BENCH_ROUNDS (3)
 *   BENCH_TICKETS    in the account (10000), BENCH_MESSAGES in each (20)
 *   node bench/main.ts list_inbox …    only those routes, and nothing else; `queue`, `steps`, `gate`, `storm`, `flat`, `scroll` and `import` are those alone
 *   node bench/main.ts turns           conversations with a bot, which want the lab: never with the rest
 */
import { openDoor } from './bare.ts';
import { explain } from './explain.ts';
import { flat } from './flat.ts';
import { gate } from './gate.ts';
import { house, instance } from './house.ts';
import { drain, live } from './live.ts';
import { importing } from './importing.ts';
import { idleMemory, memories } from './memory.ts';
import { master } from './processes.ts';
import { queue } from './queue.ts';
import { routes, webhook } from './routes.ts';
import { scroll } from './scroll.ts';
import { coldStart } from './start.ts';
import { steps } from './steps.ts';
import { storm } from './storm.ts';
import { turns } from './turns.ts';
import { until } from './until.ts';
import { weights } from './weight.ts';
import { world as makeWorld } from './world.ts';
import { load } from './wrk.ts';

const only = process.argv.slice(2);
if (only.length === 0) idleMemory();
const world = await makeWorld();

/* Sending and receiving what the loads leave behind would be measured with them. */
async function stopWorker(): Promise<void> {
  const pid = master('worker');
  if (pid !== undefined) process.kill(pid, 'SIGTERM');
  await until('the worker ends', () => master('worker') === undefined);
}
const startWorker = async (): Promise<void> => void (await instance('restart', 'worker'));

await stopWorker();
const door = await openDoor();
const asks = (name: string): boolean => only.length === 0 || only.includes(name);
const hot = only.filter((one) => !['queue', 'steps', 'gate', 'storm', 'flat', 'scroll', 'import', 'turns'].includes(one));
if (only.length === 0 || hot.length > 0) await routes(world, house.url, door.url, hot);
if (asks('gate')) await gate(world, house.url, door.url);
door.close();
if (asks('storm')) await storm(world);
if (asks('queue')) await queue();
if (asks('steps')) await steps();
if (asks('flat')) await flat(world);
if (asks('scroll')) await scroll();

if (only.length === 0) {
  const pile = Array.from({ length: 10_000 }, (_, n) => webhook(world, 1_000_000 + n)).join('');
  await drain(world, async () => void (await load(house.url, pile, 2, true)), startWorker);
  await importing();
  await live(world);
  await memories(world);
  await coldStart();
  weights();
  await explain(world);
} else {
  await startWorker();
  if (asks('import')) await importing();
  if (asks('turns')) await turns();
}
