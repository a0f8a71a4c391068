// `npm test`: set-up, then every test that can run here. Says which could not and why; the last line counts.
// Begins without a package, for set-up may have to install them first.
import { randomUUID } from 'node:crypto';
import { leftovers } from './leftovers.mjs';
import { setUp } from './setup.mjs';

const { missing } = await setUp({ need: 'test' });

// Whatever this run starts inherits the mark, whoever its parent becomes.
const mark = `CODE43_TEST_RUN=${randomUUID()}`;
const [name = '', value] = mark.split('=');
process.env[name] = value;

const { runTests } = await import('./run-tests.mjs');
const { passed, failures, skips } = await runTests();

for (const { test, reason } of skips)
  console.log(`skipped: ${test}: ${reason ?? (missing.join('; ') || 'no reason given')}`);

const failed = [...failures];
// Where set-up lacked nothing, and wherever CI answers for the machine, every tier can run.
if (skips.length > 0 && (missing.length === 0 || process.env.CI === 'true'))
  failed.push(`${skips.length} tests were skipped though this machine could run them`);
for (const { pid, command } of leftovers(mark)) {
  failed.push(`process ${pid} outlived the tests: ${command}`);
  process.kill(pid, 'SIGKILL');
}
for (const failure of failed) console.log(`failed: ${failure}`);
console.log(`${passed} passed, ${failed.length} failed, ${skips.length} skipped`);
process.exit(failed.length === 0 && passed > 0 ? 0 : 1);
