/**
 * `node steady.ts http|e2e [what vitest understands]`: runs a suite, and the files in which something failed once more, alone.
 * A whole file, because its tests build on one another: the second of them, tried again, meets what it has made already.
 * What passes then counts as passed and is named as unsteady, for one stumble of a busy machine is no reason to throw away the rest.
 */
import process from 'node:process';
import { parseCLI, startVitest } from 'vitest/node';

import { type FileTally, say, tallyOf } from './tally.ts';

/* More than these is no stumble, and would take as long again. */
const FILES_AGAIN = 8;

interface Run {
  files: FileTally[];
  errors: number;
}

const [suite = '', ...rest] = process.argv.slice(2);
const { filter, options } = parseCLI(['vitest', 'run', ...rest]);

async function run(only: string[], alone: boolean): Promise<Run> {
  const workers = alone ? { maxWorkers: 1 } : {};
  const vitest = await startVitest('test', only, { ...options, ...workers, config: `${suite}/vitest.config.ts`, watch: false });
  return { files: vitest.state.getTestModules().map(tallyOf), errors: vitest.state.getUnhandledErrors().length };
}

/** A file after its second try: what failed only in the first is unsteady. */
function tried(first: FileTally, second: FileTally): FileTally {
  if (second.failed > 0) return second;
  return { ...second, lines: [...first.lines.map((one) => one.replace(/^failed: /, 'unsteady: ')), ...second.lines] };
}

const first = await run(filter, false);
const bad = first.files.filter(({ failed }) => failed > 0);
const again = bad.length === 0 || bad.length > FILES_AGAIN ? { files: [], errors: 0 } : await run(bad.map(({ file }) => file), true);
const files = first.files.map((one) => {
  const second = again.files.find(({ file }) => file === one.file);
  return second === undefined ? one : tried(one, second);
});
const errors = first.errors + again.errors;
say(files, errors);
process.exitCode = errors > 0 || files.length === 0 || files.some(({ failed }) => failed > 0) ? 1 : 0;
