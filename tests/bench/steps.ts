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
  figure('flow_steps_per_s', Number(stdout.trim()), '1/s');
  remark('a flow of ten cards; run, facts and input read from JSON, run and effects written again, in one process');
}
