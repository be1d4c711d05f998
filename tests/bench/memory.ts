/** What the processes hold, with two hundred agents' screens connected. */
import { listen, type Stream } from './client.ts';
import { memory, pool, type Process, processes } from './processes.ts';
import { figure, sum } from './report.ts';
import { agents, type World } from './world.ts';

const SCREENS = 200;

/** The name of its kind; undefined for what comes and goes. */
function kind({ pid, service, is_master, title }: Process): string | undefined {
  if (service === 'postgres') return is_master ? 'postgres_master' : /balcao/.test(title) ? 'postgres_backend' : undefined;
  if (service === 'nginx') return is_master ? 'nginx_master' : 'nginx_worker';
  if (is_master) return `${service}_master`;
  return service === 'live' ? 'live' : `${service}_${pool(pid) ?? 'child'}`;
}

/** All our processes together. */
function ours_mb(): number {
  const ours = processes().filter(({ service }) => service !== 'postgres' && service !== 'nginx');
  return sum(ours.map(({ pid }) => memory(pid).pss)) / 1024;
}

/** Before anybody came. */
export function idleMemory(): void {
  figure('pss_ours_idle', ours_mb(), 'MB');
}

export async function memories(world: World): Promise<void> {
  const people = await agents(world);
  const streams: Stream[] = [];
  for (let n = 0; n < SCREENS; n++) {
    const person = people[n % people.length];
    if (person) streams.push(await listen(person, () => undefined));
  }
  const all = processes().map((process) => ({ process, ...memory(process.pid) }));

  for (const name of new Set(all.map(({ process }) => kind(process)))) {
    if (name === undefined) continue;
    const some = all.filter(({ process }) => kind(process) === name);
    figure(`rss_${name}`, sum(some.map(({ rss }) => rss)) / some.length, 'kB');
    figure(`pss_${name}`, sum(some.map(({ pss }) => pss)) / some.length, 'kB');
    if (name === 'api_api') figure('private_api_api', sum(some.map(({ own }) => own)) / some.length, 'kB');
  }
  figure('pss_ours_total', ours_mb(), 'MB');
  figure('pss_everything', sum(all.map(({ pss }) => pss)) / 1024, 'MB');
  for (const stream of streams) stream.close();
}
