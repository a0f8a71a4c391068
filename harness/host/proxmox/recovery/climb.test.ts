import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Observation, TraceEventSchema } from '../../../trace/event.ts';
import { type Rung, RUNGS } from '../../../trace/words.ts';
import { CommandFailed } from '../../../wire/command-failed.ts';
import { climb, type Climbed } from './climb.ts';
import type { Allowed } from './next-rung.ts';
import type { Situation } from './situation.ts';
import type { Ground } from './try-rung.ts';
import { virtualClock } from './virtual-clock.fixture.ts';

/** A node that does as it is told by some rungs, and not by others. */
interface Script {
  readonly host: 'answers' | 'silent';
  readonly vm: 'down' | 'runs' | 'paused';
  /** How the device is once the VM is down. */
  readonly device: 'ready' | 'silent' | 'wrong-driver';
  /** Those that have their effect here. */
  readonly works: ReadonlySet<Rung>;
  /** Those that say that they failed, whatever they did. */
  readonly fails: ReadonlySet<Rung>;
  readonly allowed: Allowed;
}

interface Seen extends Climbed {
  readonly acted: readonly { readonly rung: Rung; readonly before: Situation }[];
  readonly recorded: readonly Observation[];
}

const PATIENCE = Object.fromEntries(RUNGS.map((rung) => [rung, 3]));
const ALLOW_ALL = { reboot: true, power: true };

async function play({ host, vm, device, works, fails, allowed }: Script): Promise<Seen> {
  let boot = 1;
  const state = { host, vm, device };
  const situation = (): Situation => {
    if (state.host === 'silent') return { host: null, vm: null, device: null };
    const qemu = { pid: 4711, start: '1', guestRuns: state.vm === 'runs' };
    return {
      host: { bootId: `boot-${boot}` },
      vm: state.vm === 'down' ? null : qemu,
      device: state.vm === 'down' ? state.device : null,
    };
  };
  const restart = (): void => {
    boot += 1;
    Object.assign(state, { host: 'answers', vm: 'down', device: 'ready' });
  };
  const effects: Readonly<Record<Rung, () => void>> = {
    wait: () => Object.assign(state, { host: 'answers' }),
    'agent-shutdown': () => Object.assign(state, { vm: 'down' }),
    acpi: () => Object.assign(state, { vm: 'down' }),
    stop: () => Object.assign(state, { vm: 'down' }),
    kill: () => Object.assign(state, { vm: 'down' }),
    'device-reset': () =>
      Object.assign(state, { device: state.device === 'silent' ? 'ready' : state.device }),
    'driver-rebind': () => Object.assign(state, { device: 'ready' }),
    'host-reboot': restart,
    'power-switch': restart,
  };
  const acted: { rung: Rung; before: Situation }[] = [];
  const recorded: Observation[] = [];
  const ground: Ground = {
    look: () => Promise.resolve(situation()),
    rungs: new Map(
      RUNGS.map((rung) => [
        rung,
        () => {
          acted.push({ rung, before: situation() });
          if (works.has(rung)) effects[rung]();
          return fails.has(rung) ? Promise.reject(new Error('it said no')) : Promise.resolve();
        },
      ]),
    ),
  };
  const options = { allowed, patience: PATIENCE, bootId: 'boot-1', clock: virtualClock() };
  const climbed = await climb(ground, { ...options, record: (seen) => void recorded.push(seen) });
  return { ...climbed, acted, recorded };
}

const script = fc.record<Script>({
  host: fc.constantFrom('answers', 'silent'),
  vm: fc.constantFrom('down', 'runs', 'paused'),
  device: fc.constantFrom('ready', 'silent', 'wrong-driver'),
  works: fc.subarray([...RUNGS]).map((rungs) => new Set(rungs)),
  fails: fc.subarray([...RUNGS]).map((rungs) => new Set(rungs)),
  allowed: fc.record({ reboot: fc.boolean(), power: fc.boolean() }),
});

/** The milder rungs that would have applied, told apart from how `nextRung` does it. */
function milder({ rung, before }: { readonly rung: Rung; readonly before: Situation }): readonly Rung[] {
  const all = RUNGS.slice(0, RUNGS.indexOf(rung));
  if (before.host === null) return all.filter((one) => one === 'wait');
  if (before.vm !== null)
    return all.filter((one) =>
      ['stop', 'kill', ...(before.vm?.guestRuns ? ['agent-shutdown', 'acpi'] : [])].includes(one),
    );
  const forDevice = before.device === 'silent' ? ['device-reset', 'driver-rebind'] : ['driver-rebind'];
  return all.filter((one) => before.device !== 'ready' && forDevice.includes(one));
}

test('no rung is skipped, repeated, or tried without leave, and none after all is well', async () => {
  await fc.assert(
    fc.asyncProperty(script, async (what) => {
      const { acted, rungs, well, situation, recorded } = await play(what);
      const order = acted.map(({ rung }) => rung);
      expect(new Set(order).size).toBe(order.length);
      for (const [at, act] of acted.entries()) {
        const before = order.slice(0, at);
        expect(before).toEqual(expect.arrayContaining([...milder(act)]));
        const wellBefore =
          act.before.host !== null && act.before.vm === null && act.before.device === 'ready';
        expect(wellBefore).toBe(false);
      }
      if (!what.allowed.reboot) expect(order).not.toContain('host-reboot');
      if (!what.allowed.power) expect(order).not.toContain('power-switch');
      expect(rungs.map(({ rung }) => rung)).toEqual(order);
      for (const { rung, worked } of rungs) if (!what.works.has(rung)) expect(worked).toBe(false);
      expect(well).toBe(situation.host !== null && situation.vm === null && situation.device === 'ready');
      expect(recorded).toHaveLength(rungs.length);
      for (const [n, seen] of recorded.entries())
        expect(TraceEventSchema.safeParse({ n, t: 0, ...seen }).success).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('with every set of rungs that work, a running VM is got down by the mildest of them', async () => {
  const forVm = ['agent-shutdown', 'acpi', 'stop', 'kill', 'host-reboot'] as const;
  for (let set = 0; set < 2 ** forVm.length; set += 1) {
    const works = new Set<Rung>(forVm.filter((_, bit) => (set >> bit) & 1));
    const what = {
      host: 'answers',
      vm: 'runs',
      device: 'ready',
      fails: new Set<Rung>(),
      allowed: ALLOW_ALL,
    } as const;
    const { rungs, well } = await play({ ...what, works });
    const mildest = forVm.find((rung) => works.has(rung));
    expect(rungs.filter(({ worked }) => worked).map(({ rung }) => rung)).toEqual(
      mildest === undefined ? [] : [mildest],
    );
    expect(rungs.at(-1)?.rung).toBe(mildest ?? 'power-switch');
    expect(well).toBe(mildest !== undefined);
  }
});

const nothing = new Set<Rung>();

test('what counts is what is seen: neither a word of success nor one of failure', async () => {
  const base = { host: 'answers', vm: 'runs', device: 'ready', allowed: ALLOW_ALL } as const;
  const lied = await play({ ...base, works: new Set(['stop']), fails: nothing });
  expect(lied.rungs.map(({ rung, worked }) => [rung, worked])).toEqual([
    ['agent-shutdown', false],
    ['acpi', false],
    ['stop', true],
  ]);
  const denied = await play({
    ...base,
    works: new Set(['agent-shutdown']),
    fails: new Set(['agent-shutdown']),
  });
  expect(denied.rungs).toMatchObject([{ rung: 'agent-shutdown', worked: true }]);
});

test('a host that comes back by itself is not touched further, and it is told whether it was restarted', async () => {
  const base = { host: 'silent', vm: 'down', device: 'ready', allowed: ALLOW_ALL, fails: nothing } as const;
  const back = await play({ ...base, works: new Set(['wait']) });
  expect(back.rungs).toMatchObject([
    { rung: 'wait', worked: true, why: expect.stringMatching(/answers again, not restarted/) as unknown },
  ]);
  const cut = await play({ ...base, works: new Set(['power-switch']) });
  expect(cut.rungs).toMatchObject([
    { rung: 'wait', worked: false, seconds: 3 },
    { rung: 'power-switch', worked: true, why: expect.stringMatching(/the host was restarted/) as unknown },
  ]);
});

test('what a rung says of its failure is part of the evidence, without the text of the program that said it', async () => {
  const down = { host: { bootId: 'a' }, vm: null, device: 'silent' } as const;
  const failed = new CommandFailed({
    argv: ['perl', '-e', 'a long\nprogram'],
    what: 'took longer than 30 s',
  });
  const recorded: Observation[] = [];
  await climb(
    { look: () => Promise.resolve(down), rungs: new Map([['device-reset', () => Promise.reject(failed)]]) },
    { allowed: ALLOW_ALL, clock: virtualClock(), record: (seen) => void recorded.push(seen) },
  );
  const silent = 'the device does not answer';
  expect(recorded).toMatchObject([
    {
      ...{ ch: 'note', kind: 'recovery', rung: 'device-reset', worked: false },
      why: `${silent}; then ${silent}; perl: took longer than 30 s`,
    },
  ]);
});

test('an abort ends the climb with its reason', async () => {
  const stop = new AbortController();
  const ground: Ground = {
    look: () =>
      Promise.resolve({ host: { bootId: 'a' }, vm: { pid: 1, start: '1', guestRuns: true }, device: null }),
    rungs: new Map([
      [
        'stop',
        () => {
          stop.abort(new Error('enough'));
          return Promise.resolve();
        },
      ],
    ]),
  };
  const climbing = climb(ground, { allowed: ALLOW_ALL, record: () => undefined, signal: stop.signal });
  await expect(climbing).rejects.toThrow('enough');
});
