/** The queue alone: jobs that do nothing, so that what is left is adding, claiming and ending them. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { house, root } from './house.ts';
import { figure, remark } from './report.ts';

const exec = promisify(execFile);
/** Built by `make -C backend bench-bin`. */
const program = `${root}/backend/build/release/bench/balcao-queue`;

/** No worker may run meanwhile: it would not know the kind. */
export async function queue(): Promise<void> {
  const { stdout } = await exec(program, { env: { ...process.env, BALCAO_VAR: house.var } });
  const [added, ended, p99] = stdout.trim().split(' ').map(Number);
  figure('queue_add_per_s', added ?? Number.NaN, '1/s');
  figure('queue_alone_drain_per_s', ended ?? Number.NaN, '1/s');
  figure('queue_start_p99_ms', p99 ?? Number.NaN, 'ms');
  remark('a commit for each job, each in a lane of its own; drained by four workers; started at 200/s by one');
}
