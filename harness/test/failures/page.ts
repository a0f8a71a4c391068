import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { Cell } from '../../scenario/cell.ts';
import { cellsOf } from './cells-of.ts';
import type { Row } from './row.ts';
import { scenarioOf } from './run-rows.ts';

const ROOT = join(import.meta.dirname, '../../..');
export const PAGE = join(ROOT, 'docs', 'failures.md');

const INTRO = `# Failures

Each way in which a boot is known to go wrong, and how it is told apart from the others. Every row is booted for real by
a test, on local QEMU, and must come to this verdict with this finding first.

\`npm run failures\` writes this page from \`harness/test/failures/catalogue.ts\`, from \`device-rows.ts\` beside it, and
from the scenarios below \`scenarios/failures/\`. \`npm run failures -- --record\` also boots every row, or those that are
named after it, and keeps the trace of each cell below \`scenarios/traces/failures/\`, so that
\`code43 replay scenarios/traces/failures\` judges them again without any VM.

These scenarios run only when they are named: \`code43 run failures/panic-console\`. Many need a line of \`args\` that a
scenario may not have; the owner of a machine allows each one in \`$XDG_CONFIG_HOME/code43/hosts.yaml\`
(docs/scenarios.md).

**Down** is said only when two instruments agree: the guest agent, and QEMU's own word on the VM or a balloon driver that has stopped reporting. Otherwise the finding says "silent", with what the others said.

**Control**: where a boot that was a start ends without a verdict, since the guest panicked, reset without end, hung, fell
silent or never let the probe run to its end, the same guest is started once more without the device. If it comes up and
answers for the whole settle window, the combination is to blame, and the verdict becomes \`fail\`; if it does not, the
guest is, and the verdict stays \`inconclusive\`. A guest whose probe did run is up, whatever its answers are worth:
stale, broken, limited, blocked or empty ones want no control. What fall-backs alone say of a control decides nothing.
`;

/** The text of docs/failures.md. */
export async function cataloguePage(rows: readonly Row[]): Promise<string> {
  const cells = await cellsOf(rows);
  const groups = [...new Set(rows.map(({ group }) => group))];
  const parts = groups.map((group) => {
    const lines = rows.filter((row) => row.group === group).flatMap((row) => linesOf(row, cells));
    return [`## ${group}`, '', ...HEAD, ...lines].join('\n');
  });
  const config = await resolveConfig(PAGE);
  return format([INTRO, ...parts].join('\n\n'), { ...config, parser: 'markdown' });
}

const HEAD = [
  '| what happens | how it is noticed | verdict | first finding | scenario |',
  '| --- | --- | --- | --- | --- |',
];

function linesOf(row: Row, cells: readonly Cell[]): readonly string[] {
  const own = cells.filter((cell) => cell.scenario === scenarioOf(row));
  if (own.length === 0) throw new Error(`${row.id} is listed, and scenarios/failures has no such scenario`);
  return own.map((cell) => {
    const { verdict, finding } = cell.expect;
    const first = finding === undefined ? 'none' : `\`${finding}\``;
    const axes = Object.values(cell.axes).map((value) => `\`${value}\``);
    const what = [cell.name, ...axes].join(', ');
    return `| ${what} | ${row.seen} | \`${verdict}\` | ${first} | \`${row.id}\` |`;
  });
}
