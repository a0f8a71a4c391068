import { duplexPair } from 'node:stream';
import { expect, test } from 'vitest';
import type { Observation } from '../trace/event.ts';
import { GuestAgent } from '../wire/guest-agent.ts';
import { LineSplitter } from '../wire/lines.ts';
import { QmpClient } from '../wire/qmp.ts';
import { Conversation } from './conversation.ts';

const never = new AbortController().signal;
const OSINFO = { return: { id: 'mswindows' } };
const NOW = '1767323045123456789';

/** What a guest agent answers to each command, as text of a line; to others, that it does not know them. */
type Answers = Readonly<Record<string, string>>;

function knowing(name: string, enabled = true): string {
  const commands = [{ name, enabled, 'success-response': true }];
  return JSON.stringify({ return: { version: '9.2.0', supported_commands: commands } });
}

/** All that is recorded while an agent that answers so is reached. */
async function reached(
  answers: Answers,
): Promise<{ readonly seen: readonly Observation[]; readonly asked: readonly string[] }> {
  const [near, far] = duplexPair();
  const asked: string[] = [];
  const lines = new LineSplitter(100_000, (line) => {
    const text = line.subarray(line.lastIndexOf(0xff) + 1).toString();
    const { execute, arguments: given } = JSON.parse(text) as { execute: string; arguments: { id: number } };
    const unknown = `{"error": {"class": "CommandNotFound", "desc": "The command ${execute} has not been found"}}`;
    if (execute === 'guest-sync-delimited') {
      far.write(`{"return": ${given.id}}\n`);
      return;
    }
    asked.push(execute);
    far.write(`${answers[execute] ?? unknown}\n`);
  });
  far.on('data', (chunk: Buffer) => {
    lines.push(chunk);
  });
  const seen: Observation[] = [];
  const [monitor] = duplexPair();
  const qemu = {
    qmp: new QmpClient(monitor),
    agentPort: 'agent',
    withAgent: (talk: (agent: GuestAgent) => Promise<void>) => talk(new GuestAgent(near)),
    stop: () => Promise.resolve(),
  };
  const conversation = new Conversation(
    () => qemu,
    { probe: 'windows', device: '8086:46d1' },
    (one) => seen.push(one),
  );
  await conversation.reachAgent(5, never);
  return { seen, asked };
}

const kinds = (seen: readonly Observation[]): readonly string[] =>
  seen.map((one) => ('kind' in one ? `${one.ch} ${one.kind}` : one.ch));
const UP = ['agent up', 'agent reply', 'agent reply'];

test('an agent that tells the time has its clock noted, once, after what it says of itself', async () => {
  const { seen } = await reached({
    'guest-info': knowing('guest-get-time'),
    'guest-get-osinfo': JSON.stringify(OSINFO),
    'guest-get-time': `{"return": ${NOW}}`,
  });
  expect(kinds(seen)).toEqual([...UP, 'note clock']);
  const [note] = seen.filter((one) => one.ch === 'note' && one.kind === 'clock');
  expect(note).toMatchObject({ of: 'guest' });
});

test.each([
  ['does not list the command', { 'guest-info': knowing('guest-exec') }, 0],
  ['has it switched off', { 'guest-info': knowing('guest-get-time', false) }, 0],
  ['lists it and does not know it', { 'guest-info': knowing('guest-get-time') }, 1],
  [
    'cannot tell the time',
    {
      'guest-info': knowing('guest-get-time'),
      'guest-get-time': '{"error": {"class": "GenericError", "desc": "Failed to get time"}}',
    },
    1,
  ],
] as const)('an agent that %s is no error, and no clock', async (_, answers, times) => {
  const { seen, asked } = await reached({ ...answers, 'guest-get-osinfo': JSON.stringify(OSINFO) });
  expect(kinds(seen)).toEqual(UP);
  expect(asked.filter((command) => command === 'guest-get-time')).toHaveLength(times);
});

test.each(['{"return": "noon"}', '{"return": 1e999}', '{"return": {}}', '{'])(
  'a time of %s is not believed, and told',
  async (answer) => {
    const { seen } = await reached({
      'guest-info': knowing('guest-get-time'),
      'guest-get-osinfo': JSON.stringify(OSINFO),
      'guest-get-time': answer,
    });
    expect(kinds(seen)).toEqual([...UP, 'agent refused']);
    expect(seen.at(-1)).toMatchObject({ command: 'guest-get-time', as: 'unreadable' });
  },
);
