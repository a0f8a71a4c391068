import fc from 'fast-check';
import type { ServerResponse } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { serveHttps } from '../../../wire/http/https-server.fixture.ts';
import { ConnectionLost, type Machine } from '../../../wire/machine/machine.ts';
import type { CommandOutput } from '../../../wire/shell.ts';
import { ApiManager } from '../api/api-manager.ts';
import { QmManager } from '../qm/qm-manager.ts';
import { LOG_LINES } from './task-answers.ts';
import { isHttp, transcript, TRANSCRIPTS } from './transcripts.fixture.ts';
import type { VerbLimit, VmManager } from '../vm-manager.ts';

const DIGEST = '0'.repeat(40);
const SECRET = '00000000-0000-4000-8000-000000000000';

type Verb = (manager: VmManager, limit: VerbLimit) => Promise<unknown>;

const VERBS: Readonly<Record<string, Verb>> = {
  versions: (manager, limit) => manager.versions(limit),
  list: (manager, limit) => manager.list(limit),
  containers: (manager, limit) => manager.containers(limit),
  containerConfig: (manager, limit) => manager.containerConfig(105, limit),
  nextId: (manager, limit) => manager.nextId(limit),
  config: (manager, limit) => manager.config(110, limit),
  set: (manager, limit) => manager.set(110, { set: { memory: '512' }, digest: DIGEST }, limit),
  unlock: (manager, limit) => manager.unlock(110, limit),
  status: (manager, limit) => manager.status(110, limit),
  commandLine: (manager, limit) => manager.commandLine(110, limit),
  clone: (manager, limit) => manager.clone(110, 111, { name: 'x', full: true, description: '' }, limit),
  destroy: (manager, limit) => manager.destroy(110, limit),
  snapshots: (manager, limit) => manager.snapshots(110, limit),
  snapshot: (manager, limit) => manager.snapshot(110, 'clean', '', limit),
  start: (manager, limit) => manager.start(110, limit),
  shutdown: (manager, limit) => manager.shutdown(110, limit),
};

/** What came back is of the kind that the contract promises, or a typed error. */
async function isSound(name: string, asked: Promise<unknown>): Promise<void> {
  const error = await asked.then(
    (value) => {
      expect([name, isPromised(name, value)]).toEqual([name, true]);
      return null;
    },
    (thrown: unknown) => thrown,
  );
  if (error === null) return;
  expect(error).toBeInstanceOf(Error);
  expect((error as Error).name).toMatch(/^(PveRefused|PveDenied|PveUnreadable|PveLate|ConnectionLost)$/);
  expect((error as Error).message.length).toBeLessThan(20_000);
}

function isPromised(name: string, value: unknown): boolean {
  const held = value as Record<string, unknown>;
  if (['clone', 'destroy', 'snapshot', 'start', 'shutdown'].includes(name))
    return (
      typeof held['ok'] === 'boolean' &&
      typeof held['exitstatus'] === 'string' &&
      Array.isArray(held['log']) &&
      held['log'].length <= LOG_LINES &&
      held['log'].every((line) => typeof line === 'string' && line.length <= 4096)
    );
  if (name === 'list' || name === 'containers' || name === 'snapshots') return Array.isArray(value);
  if (name === 'nextId') return Number.isSafeInteger(value);
  if (name === 'config' || name === 'containerConfig')
    return held['entries'] instanceof Map && /^[0-9a-f]{40}$/.test(String(held['digest']));
  if (name === 'status') return typeof held['status'] === 'string' && !Number.isNaN(held['pid']);
  if (name === 'versions') return typeof held['pve'] === 'string';
  if (name === 'commandLine') return typeof value === 'string';
  return value === undefined;
}

const recorded = TRANSCRIPTS.map(transcript);
const printed = recorded.flatMap((one) => (isHttp(one) ? [] : [one.stdout, one.stderr]));
const bodies = recorded.flatMap((one) => (isHttp(one) ? [one.body] : []));

/** A text of a node, whole, cut, or with something else in its middle; or any other. */
function texts(of: readonly string[]): fc.Arbitrary<string> {
  const damaged = fc
    .tuple(
      fc.constantFrom(...of),
      fc.nat(400),
      fc.oneof(fc.string(), fc.json(), fc.constantFrom('null', '[]', '9e999')),
    )
    .map(([text, at, inserted]) => text.slice(0, at) + inserted + text.slice(at + inserted.length));
  return fc.oneof(fc.constantFrom(...of), damaged, fc.json(), fc.string({ unit: 'binary' }));
}

const outputs: fc.Arbitrary<CommandOutput> = fc.record({
  stdout: texts(printed),
  stderr: texts(printed),
  code: fc.oneof(fc.constant(0), fc.constant(255), fc.integer({ min: 0, max: 255 })),
});

/** The stream has no end. */
function nextOf<T>(stream: fc.Stream<T>): T {
  return (stream.next() as { readonly value: T }).value;
}

function machineOf(run: Machine['run']): Machine {
  const never = (): Promise<never> => Promise.reject(new Error('nobody asks for this here'));
  const dispose = (): Promise<void> => Promise.resolve();
  return {
    name: 'root@pve',
    run,
    follow: never,
    connect: never,
    terminal: never,
    [Symbol.asyncDispose]: dispose,
  };
}

test('whatever a node’s programs print and end with is an answer or a typed error, and soon', async () => {
  const name = fc.constantFrom(...Object.keys(VERBS));
  const lost = fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true));
  const answers = fc.infiniteStream(fc.tuple(outputs, lost));
  await fc.assert(
    fc.asyncProperty(name, answers, fc.boolean(), async (verb, stream, named) => {
      const machine = machineOf((argv) => {
        if (named && argv[0] === 'uname') return Promise.resolve({ stdout: 'pve\n', stderr: '', code: 0 });
        const [output, isLost] = nextOf(stream);
        return isLost ? Promise.reject(new ConnectionLost('closed')) : Promise.resolve(output);
      });
      await isSound(
        verb,
        VERBS[verb]?.(new QmManager(machine), { seconds: 0.02 }) ?? Promise.reject(new Error()),
      );
    }),
    { numRuns: 3000 },
  );
});

test('whatever the API answers is an answer or a typed error, and soon', async () => {
  let answer: (response: ServerResponse) => void = () => undefined;
  const server = await serveHttps((_, response) => {
    answer(response);
  });
  const manager = new ApiManager({
    origin: server.origin,
    trust: { by: 'fingerprint', sha256: server.fingerprint },
    credentials: { kind: 'token', id: 'ci@pve!code43', secret: SECRET },
    node: 'pve',
  });
  onTestFinished(() => manager[Symbol.asyncDispose]());
  const status = fc.oneof(
    fc.constantFrom(200, 200, 400, 401, 403, 500, 596),
    fc.integer({ min: 200, max: 599 }),
  );
  const reason = fc.oneof(
    fc.constantFrom('OK', 'VM is locked (backup)', ''),
    fc.stringMatching(/^[ -~]{0,80}$/),
  );
  const reply = fc.record({ status, reason, body: texts(bodies) });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(VERBS)),
      fc.infiniteStream(reply),
      async (verb, stream) => {
        answer = (response) => {
          const { status: code, reason: words, body } = nextOf(stream);
          response.writeHead(code, words).end(code === 204 || code === 304 ? undefined : body);
        };
        await isSound(verb, VERBS[verb]?.(manager, { seconds: 0.15 }) ?? Promise.reject(new Error()));
      },
    ),
    { numRuns: 400 },
  );
});

const anything = fc.string({ unit: 'binary', maxLength: 200 }).filter((text) => !text.includes('\0'));

test('any name, description and value reach the node’s programs as one word each', async () => {
  await fc.assert(
    fc.asyncProperty(anything, anything, anything, async (name, description, args) => {
      const asked: (readonly string[])[] = [];
      const machine = machineOf((argv) => {
        asked.push(argv);
        return Promise.resolve({ stdout: '', stderr: '', code: 0 });
      });
      const manager = new QmManager(machine);
      const limit = { seconds: 60 };
      await manager.clone(9000, 110, { name, full: false, description, pool: name }, limit);
      await manager.snapshot(110, 'clean', description, limit);
      await manager.set(110, { set: { args, description }, digest: DIGEST }, limit);
      expect(asked).toEqual([
        [
          ...['qm', 'clone', '9000', '110', '--name', name, '--full', '0'],
          ...['--description', description, '--pool', name],
        ],
        ['qm', 'snapshot', '110', 'clean', '--vmstate', '0', '--description', description],
        ['qm', 'set', '110', '--args', args, '--description', description, '--digest', DIGEST],
      ]);
    }),
  );
});

test('any name and description reach the API as one parameter each', async () => {
  const bodies: string[] = [];
  const server = await serveHttps((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method === 'POST') bodies.push(Buffer.concat(chunks).toString());
      response.writeHead(500, 'no').end();
    });
  });
  const manager = new ApiManager({
    origin: server.origin,
    trust: { by: 'authority', pem: server.cert },
    credentials: { kind: 'token', id: 'ci@pve!code43', secret: SECRET },
    node: 'pve',
  });
  onTestFinished(() => manager[Symbol.asyncDispose]());
  await fc.assert(
    fc.asyncProperty(anything, anything, async (name, description) => {
      bodies.length = 0;
      await manager.clone(9000, 110, { name, full: true, description }, { seconds: 60 });
      const params = [...new URLSearchParams(bodies[0])];
      expect(params).toEqual([
        ['newid', '110'],
        ['name', name],
        ['full', '1'],
        ['description', description],
      ]);
    }),
    { numRuns: 100 },
  );
});
