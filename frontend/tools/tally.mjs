/* The last line of a test run is its result in one form, whatever printed before it. */
export default class Tally {
  onTestRunEnd(modules, unhandled) {
    let passed = 0;
    let failed = unhandled.length;

    for (const module of modules) {
      if (module.errors().length > 0) failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        if (state === 'failed') failed += 1;
      }
    }
    process.on('exit', () => console.log(`${passed} passed, ${failed} failed`));
  }
}
