import { randomBytes } from 'node:crypto';
import { readProbe } from '../../guest/answers/read-answer.ts';
import { probeCommand } from '../../guest/probe.ts';
import type { Probe } from '../../trace/words.ts';
import { NotGathered } from '../access.ts';
import type { Collector } from '../collector.ts';
import { firstLine } from '../command-access.ts';

/** Seconds that the probe may take in the guest. */
const IN_GUEST = 90;

/** What the guest itself says of its display devices, asked through its agent; the probe only reads. */
export const probe: Collector = {
  id: 'probe',
  file: 'probe.json',
  what: 'what the guest says of its display devices',
  limit: { seconds: IN_GUEST + 20, bytes: 4 * 1024 * 1024 },
  whenMissing: 'run the probe in the guest, or say what the Device Manager shows',
  async gather(ask) {
    const vmid = String(ask.needVm());
    if (ask.earlier('agent') === null) throw new NotGathered('the guest’s agent does not answer');
    const kind = probeFor(ask.earlier('vm-config') ?? '');
    const nonce = randomBytes(8).toString('hex');
    const { path, args } = probeCommand(kind, nonce);
    const exec = ['qm', 'guest', 'exec', vmid, '--timeout', String(IN_GUEST), '--', path, ...args];
    const { out, err, code } = await ask.run(...exec);
    if (code !== 0) throw new NotGathered(firstLine(err) || `qm guest exec: exit code ${code}`);
    const ended = endOf(out);
    const answer = readProbe(kind, ended, nonce);
    if ('refused' in answer) throw new NotGathered(`the probe’s answer is refused: ${answer.why}`);
    return [{ how: `code43 probe of VM ${vmid}`, text: documentIn(ended.out), cut: false }];
  },
};

function probeFor(config: string): Probe {
  return /^ostype:\s*(?:w|win)/m.test(config) ? 'windows' : 'linux';
}

/** `qm guest exec` prints how the program ended, as JSON; nothing but a pid where its time was up. */
function endOf(json: string): {
  readonly exitcode: number | null;
  readonly signal: number | null;
  readonly out: string;
  readonly truncated: boolean;
} {
  const read = parsed(json);
  if (read['exited'] !== 1) throw new NotGathered(`the probe did not end within ${IN_GUEST} s`);
  const { exitcode, signal } = read;
  const out = read['out-data'];
  return {
    exitcode: typeof exitcode === 'number' ? exitcode : null,
    signal: typeof signal === 'number' ? signal : null,
    out: typeof out === 'string' ? out : '',
    truncated: read['out-truncated'] === 1,
  };
}

function parsed(json: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    throw new NotGathered('qm guest exec printed no JSON');
  }
}

/** The document without its frame: what is hidden in it may change its length. */
function documentIn(out: string): string {
  const line = out.split(/\r?\n/).findLast((one) => one.startsWith('{')) ?? '';
  return `${line}\n`;
}
