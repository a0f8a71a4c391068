import { startVitest } from 'vitest/node';

/** @typedef {{ test: string, reason: string | undefined }} Skip */

/**
 * Runs every test of the house once, printing as it goes.
 * @returns {Promise<{ passed: number, failures: string[], skips: Skip[] }>}
 */
export async function runTests() {
  const vitest = await startVitest('test', [], { watch: false });
  const modules = vitest.state.getTestModules();
  const cases = modules.flatMap((module) => [...module.children.allTests()]);
  const states = cases.map((test) => ({ test: nameOf(test), result: test.result() }));
  const failures = states
    .filter(({ result }) => result.state === 'failed' || result.state === 'pending')
    .map(({ test }) => test);
  // A file that does not load and a hook that throws are failures without a test.
  const groups = modules.flatMap((module) => [
    { name: module.relativeModuleId, errors: module.errors() },
    ...[...module.children.allSuites()].map((suite) => ({ name: nameOf(suite), errors: suite.errors() })),
  ]);
  const broken = groups.filter(({ errors }) => errors.length > 0).map(({ name }) => name);
  const astray = vitest.state.getUnhandledErrors().map((error) => `outside any test: ${String(error)}`);
  await vitest.close();
  return {
    passed: states.filter(({ result }) => result.state === 'passed').length,
    failures: [...failures, ...broken, ...astray],
    skips: states.flatMap(({ test, result }) =>
      result.state === 'skipped' ? [{ test, reason: result.note }] : [],
    ),
  };
}

/** @param {import('vitest/node').TestCase | import('vitest/node').TestSuite} task */
function nameOf(task) {
  return `${task.module.relativeModuleId} > ${task.fullName}`;
}
