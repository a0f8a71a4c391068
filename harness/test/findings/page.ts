import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { FINDING_IDS, type FindingId } from '../../diagnosis/finding-id.ts';
import { REFERENCE } from '../../diagnosis/reference.ts';
import { RULES } from '../../diagnosis/diagnose.ts';
import { SIGNATURES } from '../../diagnosis/signatures.ts';

const ROOT = join(import.meta.dirname, '../../..');
export const PAGE = join(ROOT, 'docs', 'findings.md');

const INTRO = `# Findings

Everything that \`code43 diagnose\` can find: what it means, what proves it, what it is confused with, and what helps. The
ids are a public interface: new ones may come, none is renamed.

A finding is a \`cause\`, \`contributing\`, a \`warning\`, \`info\` or \`harmless\`, by what else is known of the case; it is
\`certain\`, \`likely\` or \`possible\`. Where the evidence does not decide, the answer is \`unknown\`, with what to collect.

\`npm run findings\` writes this page from \`harness/diagnosis/reference/\`, and from the rules and signatures that lead to
each finding: a signature is one line of a log that is known to mean something (\`harness/diagnosis/signatures/\`), a rule
looks at everything that is known of a case (\`harness/diagnosis/rules/\`).
`;

const GROUPS: readonly (readonly [title: string, prefix: string])[] = [
  ['The option ROM', 'rom'],
  ['The OpRegion', 'opregion'],
  ['QEMU', 'qemu'],
  ['The VM’s config', 'config'],
  ['The host', 'host'],
  ['Virtual functions (SR-IOV)', 'sriov'],
  ['The guest', 'guest'],
];

/** The text of docs/findings.md. */
export async function findingsPage(): Promise<string> {
  const grouped = GROUPS.map(([title, prefix]) => group(title, (id) => id.startsWith(`${prefix}.`)));
  const rest = group('Others', (id) => GROUPS.every(([, prefix]) => !id.startsWith(`${prefix}.`)));
  const config = await resolveConfig(PAGE);
  return format([INTRO, ...grouped, rest].join('\n\n'), {
    ...config,
    parser: 'markdown',
    proseWrap: 'always',
  });
}

function group(title: string, belongs: (id: FindingId) => boolean): string {
  return [`## ${title}`, ...FINDING_IDS.filter(belongs).map(entryText)].join('\n\n');
}

function entryText(id: FindingId): string {
  const { title, meaning, evidence, confusedWith, fix, sources } = REFERENCE[id];
  const points = [
    ['Proved by', evidence],
    ['Often confused with', confusedWith],
    ['What helps', fix ?? 'Nothing has to be done.'],
    ['Found by', foundBy(id)],
    ['Sources', sources.join('; ')],
  ].flatMap(([label, text]) => (text === null ? [] : [`- **${label}:** ${text}`]));
  return [`### ${id}`, `**${title}.** ${meaning}`, points.join('\n')].join('\n\n');
}

/** Rules and signatures that can come to it. `signature-findings` stands for what the signatures say themselves. */
function foundBy(id: FindingId): string {
  const rules = RULES.filter((rule) => rule.id !== 'signature-findings' && rule.findings.includes(id));
  const signatures = SIGNATURES.filter(({ finding, also }) => finding?.id === id || also?.id === id);
  const named = [listed('rule', rules), listed('signature', signatures)].filter((text) => text !== null);
  if (named.length > 0) return named.join('; ');
  return OF_THE_ENGINE.has(id) ? 'the engine, where no rule claims a cause' : 'nothing yet';
}

const OF_THE_ENGINE: ReadonlySet<FindingId> = new Set(['works', 'unknown']);

function listed(what: string, of: readonly { readonly id: string }[]): string | null {
  if (of.length === 0) return null;
  return `${what}${of.length > 1 ? 's' : ''} ${of.map(({ id }) => `\`${id}\``).join(', ')}`;
}
