import { readAnswer } from '../../guest/answers/read-answer.ts';
import type { GuestDevice, GuestReading } from '../../guest/answers/reading.ts';
import type { Part } from '../part.ts';
import { SETTLED_UPTIME } from '../settling.ts';
import { placed, quoteOf, said, type Reading, type Said } from './reading.ts';

/**
 * Reads the answer of the guest's probe, framed as the probe prints it or the bare document. Which nonce it answers
 * does not matter here: nobody asked. What cannot be read is handed back as not understood. Pure; never throws.
 */
export function readProbeAnswer(part: Part): Reading {
  const frames = part.lines.flatMap(({ text }, at) => (text.startsWith('@@IGPU1') ? [at] : []));
  const starts = frames.length > 1 ? frames : [0];
  const read = starts.map((from, n) => readOne({ ...part, lines: part.lines.slice(from, starts[n + 1]) }));
  return {
    facts: read.flatMap(({ facts }) => facts),
    notUnderstood: read.flatMap(({ notUnderstood }) => notUnderstood),
  };
}

function readOne(part: Part): Reading {
  const text = part.lines.map((line) => line.text).join('\n');
  const line = part.lines.find((one) => one.text.includes('{')) ?? part.lines[0];
  if (line === undefined) return { facts: [], notUnderstood: [] };
  const quote = quoteOf(part, line);
  const answer = answerIn(text);
  if (answer === null) return { facts: [], notUnderstood: [quote] };
  return { facts: placed(factsOf(answer), 'machine', quote), notUnderstood: [] };
}

function answerIn(text: string): (GuestReading & { readonly windows: boolean }) | null {
  const document = documentIn(text);
  if (document === null) return null;
  const json = JSON.stringify(document).replace(/[^\x20-\x7e]/g, '?');
  const framed = `@@IGPU1 ${json.length}\n${json}\n@@END\n`;
  const nonce = typeof document.nonce === 'string' ? document.nonce : '';
  const windows = 'setup' in document;
  const answer = readAnswer(windows ? 'windows' : 'linux', framed, nonce);
  return 'refused' in answer ? null : { ...answer, windows };
}

const MAX = 1024 * 1024;

function documentIn(text: string): Readonly<Record<string, unknown>> | null {
  const from = text.indexOf('{');
  const to = text.lastIndexOf('}');
  if (from < 0 || to < from || to - from > MAX) return null;
  try {
    const document: unknown = JSON.parse(text.slice(from, to + 1));
    return typeof document === 'object' && document !== null ? { ...document } : null;
  } catch {
    return null;
  }
}

function factsOf(answer: GuestReading & { readonly windows: boolean }): readonly Said[] {
  const igpu = answer.devices.find(({ id }) => id.startsWith('8086:')) ?? null;
  const release = [answer.facts.display, answer.facts.build].filter((one) => one !== undefined && one !== '');
  return [
    said('guestOs', answer.windows ? 'windows' : 'linux'),
    ...(answer.windows && release.length > 0 ? [said('guestOsText', `Windows ${release.join(' ')}`)] : []),
    ...(answer.uptime === null ? [] : [said('guestUptime', Math.round(answer.uptime))]),
    ...(answer.notReady === null ? [] : [said('guestBusy', answer.notReady)]),
    ...(answer.facts.kernel === undefined ? [] : [said('guestKernel', answer.facts.kernel)]),
    ...(igpu === null ? absent(answer) : ofDevice(igpu, answer)),
  ];
}

/** Only where the probe could look at all. */
function absent(answer: GuestReading): readonly Said[] {
  return answer.pciCount !== null && answer.pciCount > 0 ? [said('symptom', 'no-device')] : [];
}

/** One good answer of a guest that has just started, or is still busy, proves nothing: Code 43 can come late. */
function ofDevice(
  device: GuestDevice,
  answer: GuestReading & { readonly windows: boolean },
): readonly Said[] {
  const { windows, uptime, notReady } = answer;
  const early = (uptime !== null && uptime < SETTLED_UPTIME) || (windows && notReady !== null);
  const code = windows ? device.problemCode : null;
  const driver = device.driver?.version ?? device.driver?.service ?? null;
  const healthy =
    device.started === true && !device.fallbackDriver && (code === 0 || !windows) && device.driver !== null;
  return [
    said('device', device.id),
    ...(code === null ? [] : [said('problemCode', code)]),
    ...(code === 43 ? [said('symptom', 'code-43')] : []),
    ...(code !== null && code !== 0 && code !== 43 ? [said('symptom', 'problem-code')] : []),
    ...(device.fallbackDriver ? [said('symptom', 'basic-display')] : []),
    ...(device.graphics?.render === null ? [said('symptom', 'no-render-node')] : []),
    said('guestDriver', driver ?? 'none'),
    ...(code !== null && code !== 0 ? [said('outcome', 'fails')] : []),
    ...(healthy && !early ? [said('outcome', 'works')] : []),
  ];
}
