import { setTimeout as pause } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import * as z from 'zod/mini';
import { prettyJson } from '../json.ts';
import { isOn } from '../options.ts';
import { NotInStandIn, Refusal } from '../refusal.ts';
import { NOT_OBSERVED, refusal } from '../refusals.ts';
import { askAgent } from '../vm/agent.ts';
import { type Verb, vmidOf } from './verb.ts';

const WAIT = 30;
const LOOK = 0.2;
const INPUT = 1024 * 1024;

const Started = z.object({ pid: z.int() });
const Status = z.object({
  exited: z.boolean(),
  exitcode: z.optional(z.int()),
  signal: z.optional(z.int()),
  'out-data': z.optional(z.string()),
  'err-data': z.optional(z.string()),
  'out-truncated': z.optional(z.boolean()),
  'err-truncated': z.optional(z.boolean()),
});

/** `qm guest exec`: exits 0 whatever the program in the guest did, and when time is up. */
export const GUEST_EXEC: Verb = {
  use: '<vmid> [<extra-args>] [OPTIONS]',
  words: ['vmid'],
  options: { timeout: 'integer', synchronous: 'flag', 'pass-stdin': 'flag' },
  rest: true,
  from: [
    'guest exec, stdout',
    'guest exec, guest exit code 3: qm itself exits 0',
    'guest exec, program killed by a signal',
    'guest exec --timeout 2 of sleep 6',
    'guest exec --synchronous 0',
    'guest exec --pass-stdin 1',
    'guest exec, UTF-8 output (written with octal escapes in the guest: "ä – 日" + newline)',
    NOT_OBSERVED,
  ],
  run: async (given, io) => {
    const vmid = vmidOf(given);
    const [path, ...arg] = given.rest;
    const input = isOn(given.options['pass-stdin']) ? await text(process.stdin) : null;
    if (path === undefined) throw refusal('noCommand');
    if (given.rest.some((word) => /[^\0-\xff]/.test(word)))
      throw new NotInStandIn('words for the guest with characters above U+00FF');
    if (input !== null && input.length > INPUT)
      throw new Refusal("'input-data' (STDIN) is limited to 1 MiB, aborting", 255);
    const data = input === null ? {} : { 'input-data': Buffer.from(input).toString('base64') };
    const { pid } = Started.parse(
      await askAgent(vmid, 'guest-exec', { path, arg, 'capture-output': true, ...data }),
    );
    if (!isOn(given.options['synchronous'], true)) {
      io.out(prettyJson({ pid }));
      return 0;
    }
    const seconds = Number(given.options['timeout'] ?? WAIT);
    const until = performance.now() + (seconds === 0 ? Infinity : seconds * 1000);
    do {
      const status = await askStatus(vmid, pid);
      if (status['exited'] === 1) {
        io.out(prettyJson(status));
        return 0;
      }
      await pause(LOOK * 1000);
    } while (performance.now() < until);
    io.err('timeout reached, returning pid\n');
    io.out(prettyJson({ pid }));
    return 0;
  },
};

/** `qm guest exec-status`: the agent forgets a program that has ended once it has told of it. */
export const EXEC_STATUS: Verb = {
  use: '<vmid> <pid>',
  words: ['vmid', 'pid'],
  options: {},
  from: ['exec-status of a running program', 'exec-status of a finished program'],
  run: async (given, io) => {
    io.out(prettyJson(await askStatus(vmidOf(given), Number(given.words[1]))));
    return 0;
  },
};

/** Output of the guest is taken for Latin-1, a character a byte, and so comes out encoded twice. */
async function askStatus(vmid: number, pid: number): Promise<Record<string, unknown>> {
  const status = Status.parse(await askAgent(vmid, 'guest-exec-status', { pid }));
  const { exited, exitcode, signal } = status;
  const shown: Record<string, unknown> = { exited: exited ? 1 : 0, exitcode, signal };
  for (const name of ['out', 'err'] as const) {
    const data = status[`${name}-data`];
    if (data === undefined) continue;
    shown[`${name}-data`] = Buffer.from(data, 'base64').toString('latin1');
    shown[`${name}-truncated`] = status[`${name}-truncated`] === true ? 1 : 0;
  }
  return shown;
}
