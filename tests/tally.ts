/**
 * What a run of tests comes to: a line for each failure, and the line that `make test` adds up: `N passed, M failed`.
 * What was left out counts as failed. What passed only when tried again is said too: it is a fault that waits.
 */
import { stripVTControlCharacters } from 'node:util';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Of one file: how many of its tests passed, how many did not, and the lines for those and for the unsteady ones. */
export interface FileTally {
  file: string;
  passed: number;
  failed: number;
  lines: string[];
}

/** One line, because a log is often kept only by its end: what was said, what it waited for, and where in the test. */
function line(word: 'failed' | 'unsteady', module: TestModule, test: TestCase): string {
  const [error] = test.result().errors ?? [];
  const said = stripVTControlCharacters(error?.message ?? test.result().state);
  const lines = said.split('\n').map((one) => one.trim());
  const awaited = lines.find((one) => one.startsWith('- waiting for '));
  const place = error?.stacks?.find(({ file }) => file === module.moduleId)?.line;
  const why = [lines[0], awaited, place === undefined ? undefined : `line ${place}`].filter(Boolean).join(' ');
  return `${word}: ${module.relativeModuleId} > ${test.fullName}: ${why}`;
}

export function tallyOf(module: TestModule): FileTally {
  const tests = [...module.children.allTests()];
  const bad = tests.filter((test) => test.result().state !== 'passed');
  const file = { file: module.moduleId, passed: tests.length - bad.length, failed: bad.length };
  /* A file that could not be read has no tests, and must not pass for that. */
  if (module.state() === 'failed' && tests.length === 0) {
    return { ...file, failed: 1, lines: [`failed: ${module.relativeModuleId} could not be read`] };
  }
  const flaky = tests.filter((one) => one.diagnostic()?.flaky);
  return { ...file, lines: [...bad.map((test) => line('failed', module, test)), ...flaky.map((test) => line('unsteady', module, test))] };
}

/** Says it all; errors are what happened outside of any test. */
export function say(files: readonly FileTally[], errors: number): void {
  for (const one of files.flatMap(({ lines }) => lines)) console.log(one);
  const sum = (of: 'passed' | 'failed'): number => files.reduce((total, file) => total + file[of], 0);
  console.log(`${sum('passed')} passed, ${sum('failed') + errors} failed`);
}

export default class Tally implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    say(modules.map(tallyOf), errors.length);
  }
}
