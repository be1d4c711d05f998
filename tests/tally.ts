/**
 * Ends a run with a line for each failure and the line that `make test` adds up: `N passed, M failed`.
 * What was left out counts as failed.
 */
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** One line, because a log is often kept only by its end. */
function line(module: TestModule, test: TestCase): string {
  const [error] = test.result().errors ?? [];
  const why = error?.message.split('\n')[0] ?? test.result().state;
  return `failed: ${module.relativeModuleId} > ${test.fullName}: ${why}`;
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
      for (const test of bad) console.log(line(module, test));
      /* A file that could not be read has no tests, and must not pass for that. */
      if (module.state() === 'failed' && tests.length === 0) {
        failed += 1;
        console.log(`failed: ${module.relativeModuleId} could not be read`);
      }
    }
    console.log(`${passed} passed, ${failed} failed`);
  }
}
