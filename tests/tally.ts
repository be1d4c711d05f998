/**
 * Ends a run with a line for each failure and the line that `make test` adds up: `N passed, M failed`.
 * What was left out counts as failed. What passed only when tried again is said too: it is a fault that waits.
 */
import { stripVTControlCharacters } from 'node:util';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

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

export default class Tally implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0;
    let failed = errors.length;
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      const bad = tests.filter((test) => test.result().state !== 'passed');
      passed += tests.length - bad.length;
      failed += bad.length;
      for (const test of bad) console.log(line('failed', module, test));
      for (const test of tests.filter((one) => one.diagnostic()?.flaky)) console.log(line('unsteady', module, test));
      /* A file that could not be read has no tests, and must not pass for that. */
      if (module.state() === 'failed' && tests.length === 0) {
        failed += 1;
        console.log(`failed: ${module.relativeModuleId} could not be read`);
      }
    }
    console.log(`${passed} passed, ${failed} failed`);
  }
}
