/** Ends a run with the line that `make test` adds up: `N passed, M failed`. What was left out counts as failed. */
import type { Reporter, TestModule } from 'vitest/node';

export default class Tally implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0;
    let failed = errors.length;
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      passed += tests.filter((test) => test.result().state === 'passed').length;
      failed += tests.filter((test) => test.result().state !== 'passed').length;
      /* A file that could not be read has no tests, and must not pass for that. */
      if (module.state() === 'failed' && tests.length === 0) failed += 1;
    }
    console.log(`${passed} passed, ${failed} failed`);
  }
}
