/** The interpreter of flows alone: no database, no network, one process. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { root } from './house.ts';
import { figure, remark } from './report.ts';

const exec = promisify(execFile);
/** Built by `make -C backend bench-bin`. */
const program = `${root}/backend/build/release/bench/balcao-steps`;
export const TEN_CARDS = `${root}/backend/bench/ten_cards.json`;

export async function steps(): Promise<void> {
  const { stdout } = await exec(program, [TEN_CARDS]);
  const [steps, own_ns] = stdout.trim().split(' ').map(Number);
  figure('flow_steps_per_s', steps ?? Number.NaN, '1/s');
  figure('flow_step_us', (own_ns ?? Number.NaN) / 1000, 'us');
  remark('an input walks two or three of ten cards; in the first figure run, facts and input are read from JSON, and run and effects written again, in one process; the second is the interpreter alone (goal: <= 5 us)');
}
