/** Every statement of the house, as its programs prepare it. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

import { root } from './house.ts';

/** `bound`: SQL for the places after its own parameters, which the gate fills. */
export type Statement = { name: string; shape: string; params: number; bound: string[]; text: string };

/** Built by `make -C backend bench-bin`, like the next. */
export const bare = process.env['BALCAO_BARE'] ?? `${root}/backend/build/release/bench/balcao-bare`;

export const open = process.env['BALCAO_OPEN'] ?? `${root}/backend/build/release/bench/balcao-open`;

export function statements(): Map<string, Statement> {
  if (!existsSync(bare)) throw new Error(`${bare} is not built: make -C backend bench-bin`);
  const out = execFileSync(bare, ['statements'], { encoding: 'utf8' });
  return new Map(
    out
      .split('\0')
      .filter((line) => line !== '')
      .map((line) => {
        const [name = '', shape = '', params = '0', bound = '', ...text] = line.split('\t');
        return [name, { name, shape, params: Number(params), bound: bound.split('|').slice(0, -1), text: text.join('\t') }];
      }),
  );
}
