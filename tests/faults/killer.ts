/**
 * Kills with SIGKILL, and restarts what has no master of its own, as a supervisor would. Only processes that belong to
 * this house: each is reached from a pid that ops/instance.sh wrote down together with its start.
 */
import { setTimeout as pause } from 'node:timers/promises';

import { instance } from '../bench/house.ts';
import { master, type Process, processes, type Service } from '../bench/processes.ts';
import type { Chance } from './random.ts';

type Victim = { name: string; weight: number; is: (process: Process) => boolean };

const of = (service: Service, is_master: boolean) => (process: Process) => process.service === service && process.is_master === is_master;

const VICTIMS: readonly Victim[] = [
  { name: 'worker child', weight: 30, is: of('worker', false) },
  { name: 'api child', weight: 25, is: of('api', false) },
  { name: 'live child', weight: 5, is: of('live', false) },
  { name: 'nginx worker', weight: 5, is: of('nginx', false) },
  { name: 'worker master', weight: 9, is: of('worker', true) },
  { name: 'api master', weight: 7, is: of('api', true) },
  { name: 'live master', weight: 4, is: of('live', true) },
  { name: 'postgres backend', weight: 8, is: (process) => of('postgres', false)(process) && /balcao_(api|worker|live)/.test(process.title) },
  { name: 'postgres', weight: 7, is: of('postgres', true) },
];

export class Killer {
  readonly kills = new Map<string, number>();
  readonly #chance: Chance;
  /** Services being brought back, one after the other; PostgreSQL beside them, because no program starts without it. */
  #programs: Promise<void> = Promise.resolve();
  #database: Promise<void> = Promise.resolve();
  readonly #down = new Set<Service>();
  readonly #victims: readonly Victim[];

  /** Of these kinds, or of all. */
  constructor(chance: Chance, kinds: readonly string[] = VICTIMS.map(({ name }) => name)) {
    this.#chance = chance;
    this.#victims = VICTIMS.filter(({ name }) => kinds.includes(name));
  }

  get count(): number {
    return [...this.kills.values()].reduce((a, b) => a + b, 0);
  }

  /** One process, any; false when nobody of the kind that chance chose was alive. */
  kill(): boolean {
    const victim = this.#choose();
    const process_ = this.#chance.pick(processes().filter((one) => victim.is(one) && !this.#down.has(one.service)));
    if (process_ === undefined) return false;
    try {
      process.kill(process_.pid, 'SIGKILL');
    } catch {
      return false; /* it went by itself just now */
    }
    this.kills.set(victim.name, (this.kills.get(victim.name) ?? 0) + 1);
    if (process_.is_master) this.#repair(process_.service);
    return true;
  }

  /** Everything that was killed is up again. */
  async repaired(): Promise<void> {
    await Promise.all([this.#database, this.#programs]);
  }

  #choose(): Victim {
    let at = this.#chance.below(this.#victims.reduce((total, { weight }) => total + weight, 0));
    for (const victim of this.#victims) {
      at -= victim.weight;
      if (at < 0) return victim;
    }
    throw new Error('the weights do not add up');
  }

  #repair(service: Service): void {
    this.#down.add(service);
    const bringBack = async (): Promise<void> => {
      /* PostgreSQL refuses to start while the last backend of the former one is still leaving. */
      for (let attempt = 1; ; attempt++) {
        if (service !== 'postgres') await this.#database;
        const failure = await instance('restart', service).then(
          () => undefined,
          (error: Error) => error,
        );
        if (failure === undefined && master(service) !== undefined) break;
        if (attempt === 20) throw failure ?? new Error(`${service} does not stay up`);
        await pause(100);
      }
      this.#down.delete(service);
    };
    const repair = service === 'postgres' ? (this.#database = this.#database.then(bringBack)) : (this.#programs = this.#programs.then(bringBack));
    /* Whoever awaits repaired() hears of a failure; until then it is nobody's. */
    repair.catch(() => undefined);
  }
}
