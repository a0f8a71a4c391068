// `npm test`: set-up, then every test that can run here. Says which could not and why; the last line counts.
// Begins without a package, for set-up may have to install them first.
import { randomUUID } from 'node:crypto';
import { startDockerd, wantsDockerd } from './dockerd.mjs';
import { leftovers } from './leftovers.mjs';
import { setUp } from './setup.mjs';

/**
 * @param {{ passed: number, failed: string[], skipped: number }} outcome
 * @returns {never}
 */
function finish({ passed, failed, skipped }) {
  for (const failure of failed) console.log(`failed: ${failure}`);
  console.log(`${passed} passed, ${failed.length} failed, ${skipped} skipped`);
  process.exit(failed.length === 0 && passed > 0 ? 0 : 1);
}

async function prepare() {
  try {
    return await setUp({ need: 'test' });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return finish({ passed: 0, failed: [`set-up: ${message}`], skipped: 0 });
  }
}

const { missing } = await prepare();

// Whatever this run starts inherits the mark, whoever its parent becomes.
const run = randomUUID();
process.env['CODE43_TEST_RUN'] = run;

const endDockerd = wantsDockerd() ? await startDockerd() : undefined;
const { runTests } = await import('./run-tests.mjs');
const { passed, failures, skips } = await runTests();
await endDockerd?.();

for (const { test, reason } of skips)
  console.log(`skipped: ${test}: ${reason ?? (missing.join('; ') || 'no reason given')}`);

const failed = [...failures];
// Where set-up lacked nothing, and wherever CI answers for the machine, every tier can run but the optional ones.
const avoidable = skips.filter(({ reason }) => reason?.startsWith('optional: ') !== true);
if (avoidable.length > 0 && (missing.length === 0 || process.env['CI'] === 'true'))
  failed.push(`${avoidable.length} skipped though this machine could run them`);
for (const { pid, command } of leftovers(`CODE43_TEST_RUN=${run}`)) {
  failed.push(`process ${pid} outlived the tests: ${command}`);
  process.kill(pid, 'SIGKILL');
}
finish({ passed, failed, skipped: skips.length });
