import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readConfigFile } from '../../../vmconfig/file/read-file.ts';
import type { DescribedLease } from '../lease/describe-leases.ts';
import { cloneName, markLine, snapshotName } from '../life/run-mark.ts';
import { slotName } from '../node/rom-slot.ts';
import { ownedClone, ownedSnapshot } from '../owned.ts';
import type { Item } from './item.ts';
import type { NodeFound } from './node-found.ts';
import { planOf } from './plan.ts';
import { readConfigs, readDeadMonitors, readDigests, readRomNames } from './read-node.ts';

/** Few, so that things and leases of one run meet. */
const mark = fc.constantFrom('0a1b2c3d', 'ffffffff', '00000000');
const SHA256 = 'ab'.repeat(32);

/** A text as we write it, or almost. */
function nearly(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const changed = fc
    .tuple(text, fc.nat(70), fc.nat(2), fc.constantFrom('', 'x', '0', '-', ' ', '.'))
    .map(([whole, at, gone, put]) => whole.slice(0, at) + put + whole.slice(at + gone));
  return fc.oneof({ weight: 3, arbitrary: text }, changed, fc.constant('win11'));
}

const line = (mark_: string): string => `#${markLine(mark_)}`.replaceAll(':', '%3A');
const description = nearly(mark.map(line));
const locks = ['clone', 'snapshot', 'snapshot-delete', 'rollback', 'backup', 'destroyed'];
const lock = fc.option(fc.oneof(fc.constantFrom(...locks), fc.constantFrom('snapshot-delete', 'rollback')), {
  nil: null,
  freq: 2,
});
const flag = fc.boolean();
const mostly = (is: boolean) => fc.oneof({ weight: 5, arbitrary: fc.constant(is) }, fc.constant(!is));

const snapshot = mark.chain((one) =>
  fc.record({
    name: nearly(fc.constant(snapshotName(one))),
    description: nearly(fc.constant(line(one))),
    parent: fc.option(mark.map(snapshotName), { nil: null, freq: 1 }),
    state: fc.option(fc.constantFrom('prepare', 'delete'), { nil: null }),
  }),
);

const vm = mark.chain((one) =>
  fc
    .record({
      name: nearly(fc.constantFrom(cloneName(one), 'win11')),
      description: fc.oneof(
        { weight: 3, arbitrary: fc.constant(line(one)) },
        description,
        fc.constant('#my own'),
      ),
      ...{ lock, template: mostly(false), protection: mostly(false), tagged: mostly(true) },
      ...{ running: mostly(false), monitor: flag, nothing: mostly(false), standsOnFirst: mostly(true) },
      parent: fc.option(mark.map(snapshotName), { nil: null }),
      snapshots: fc.array(snapshot, { maxLength: 2 }),
      names: fc.option(
        mark.map((run) => slotName(run, SHA256)),
        { nil: null },
      ),
    })
    .map((made) => ({
      ...made,
      nothing: made.nothing && made.lock !== null,
      parent: made.standsOnFirst ? (made.snapshots[0]?.name ?? null) : made.parent,
    })),
);
type MadeVm = typeof vm extends fc.Arbitrary<infer T> ? T : never;

const lease = fc.record({
  live: mostly(false),
  run: fc.option(fc.oneof(mark, fc.constant('2026-11-23-n100')), { nil: null }),
});

const found: fc.Arbitrary<NodeFound> = fc
  .record({
    vms: fc.array(vm, { minLength: 2, maxLength: 4 }),
    // A directory has each name once.
    roms: fc.uniqueArray(fc.record({ run: mark, whole: flag, foreign: flag }), {
      selector: ({ run, whole }) => `${run} ${String(whole)}`,
      maxLength: 3,
    }),
    deadMonitors: fc.array(fc.integer({ min: 100, max: 103 }), { maxLength: 2 }),
    tasks: fc.array(
      fc.record({ type: fc.constantFrom('qmclone', 'qmsnapshot'), id: fc.constantFrom('100', '9000') }),
      {
        maxLength: 1,
      },
    ),
    notes: fc
      .array(fc.tuple(fc.integer({ min: 100, max: 104 }), mark), { maxLength: 2 })
      .map((all) => new Map(all)),
    leases: fc.array(lease, { maxLength: 2 }),
  })
  .map(({ vms, roms, leases, ...rest }) => ({
    ...rest,
    vms: vms.map((one, index) => foundVm(100 + index, one)),
    roms: roms.map(({ run, whole, foreign }) => ({
      ...{
        run,
        whole,
        digits: SHA256.slice(0, 12),
        sha256: whole ? (foreign ? 'f'.repeat(64) : SHA256) : null,
      },
      file: whole ? slotName(run, SHA256) : `.${slotName(run, SHA256)}.partial`,
    })),
    leases: leases.map(({ live, run }, index) => described(`0000:00:0${index + 2}.0`, live, run)),
  }));

function foundVm(vmid: number, made: MadeVm): NodeFound['vms'][number] {
  const on = (is: boolean, text: string): readonly string[] => (is ? [text] : []);
  const keys = [
    ...[made.description, `name: ${made.name}`],
    ...on(made.template, 'template: 1'),
    ...on(made.protection, 'protection: 1'),
    ...on(made.tagged, 'tags: code43;x'),
    ...on(made.monitor, `args: -qmp unix:/run/code43/${vmid}.qmp,server=on,wait=off`),
    ...on(made.parent !== null, `parent: ${made.parent ?? ''}`),
    ...on(made.names !== null, `hostpci0: 0000:00:02.0,romfile=${made.names ?? ''}`),
  ];
  const sections = made.snapshots.flatMap((one) => [
    ...['', `[${one.name}]`, one.description],
    ...on(one.parent !== null, `parent: ${one.parent ?? ''}`),
    ...on(one.state !== null, `snapstate: ${one.state ?? ''}`),
  ]);
  const locked = on(made.lock !== null, `lock: ${made.lock ?? ''}`);
  const text = [...(made.nothing ? [] : keys), ...locked, ...(made.nothing ? [] : sections), ''].join('\n');
  return { vmid, text, running: made.running, config: readConfigFile(text) };
}

function described(address: string, live: boolean, run: string | null): DescribedLease {
  return { address, live, silent: 3, holder: { owner: 'ann@desk', purpose: 'runs x', run, age: 60 } };
}

function removed(items: readonly Item[]): readonly Item[] {
  return items.filter(({ fate }) => fate.kind === 'remove');
}

test('what is to be removed is ours, its run is over, and nobody has made it theirs', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(found, (node) => {
      const live = node.leases.filter((one) => one.live).map(({ holder }) => holder.run);
      const mayLive = (run: string | null): boolean =>
        live.some((one) => one === run || one === null || !/^[0-9a-f]{8}$/.test(one) || run === null);
      for (const { thing, run, fate } of removed(planOf(node))) {
        if (fate.kind !== 'remove') continue;
        seen.add(`${thing.kind} ${fate.removal.by} ${fate.removal.unlock ? 'locked' : ''}`);
        if (thing.kind !== 'lease') expect(mayLive(run)).toBe(false);
        const own = node.vms.find(({ vmid }) => 'vmid' in thing && vmid === thing.vmid);
        // As Proxmox VE reads it: white space round a value is none of it, and it skips a section whose name it cannot take.
        const lines = own?.text.split('\n').map((text) => text.trim().replace(/^(\w+): +/, '$1: ')) ?? [];
        switch (thing.kind) {
          case 'vm':
            if (
              lines.filter((text) => text !== '').every((text) => /^(lock: (clone|destroyed))?$/.test(text))
            ) {
              expect(node.notes.get(thing.vmid)).toBe(run);
              break;
            }
            expect(ownedClone({ name: thing.name, description: markLine(run ?? '') })).toBe(run);
            expect(lines).toContain(`name: ${cloneName(run ?? '')}`);
            expect(lines).toContain(line(run ?? ''));
            expect(own?.text).not.toMatch(/^(template: 1|protection: 1|\[[a-z][\w-]+\])$/im);
            expect(own?.text).not.toMatch(/^lock: (?!clone$)/m);
            break;
          case 'snapshot':
            expect(ownedSnapshot({ name: thing.name, description: markLine(run ?? '') })).toBe(run);
            expect(lines).toContain(`[${snapshotName(run ?? '')}]`);
            expect(lines).toContain('tags: code43;x');
            expect(lines).not.toContain('template: 1');
            expect(lines).not.toContain('lock: backup');
            if (fate.removal.by === 'go-back') {
              expect(lines.slice(0, lines.indexOf(''))).toContain(`parent: ${thing.name}`);
              expect(own?.text).toContain('unix:/run/code43/');
            } else expect(thing.running).toBe(false);
            break;
          case 'rom': {
            const rom = node.roms.find(({ file }) => file === thing.file);
            expect(rom?.sha256 ?? SHA256).toBe(SHA256);
            break;
          }
          case 'lease':
            expect(node.leases).toContainEqual(
              expect.objectContaining({ address: thing.address, live: false }),
            );
            break;
          case 'monitor':
            expect(node.deadMonitors).toContain(thing.vmid);
            break;
          case 'note':
            expect(node.notes.get(thing.vmid)).toBe(run);
            break;
          case 'nameless':
            throw new Error('a VM without a name is nobody’s');
        }
      }
    }),
    { numRuns: 5000 },
  );
  // Else nothing was tried.
  expect([...seen].sort()).toEqual([
    'lease unlink ',
    'monitor unlink ',
    'note unlink ',
    'rom unlink ',
    'snapshot forget ',
    'snapshot forget locked',
    'snapshot forget-half ',
    'snapshot forget-half locked',
    'snapshot go-back ',
    'snapshot go-back locked',
    'vm destroy ',
    'vm destroy locked',
  ]);
});

test('with a lock in its config nothing is done to a VM that the node may be at', () => {
  fc.assert(
    fc.property(found, (node) => {
      for (const { thing, fate } of removed(planOf(node)))
        if (fate.kind === 'remove' && fate.removal.unlock && 'vmid' in thing)
          expect(
            node.tasks.filter(({ type, id }) => type === 'qmclone' || id === String(thing.vmid)),
          ).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

test('a ROM that a VM which stays names, stays', () => {
  fc.assert(
    fc.property(found, (node) => {
      const items = removed(planOf(node));
      for (const { thing } of items) {
        if (thing.kind !== 'rom') continue;
        const users = node.vms.filter(({ text }) => text.includes(thing.file)).map(({ vmid }) => vmid);
        const changed = items.flatMap(({ thing: { ...one }, fate }) =>
          'vmid' in one && fate.kind === 'remove' && /^(destroy|go-back)$/.test(fate.removal.by)
            ? [one.vmid]
            : [],
        );
        expect(users.filter((vmid) => !changed.includes(vmid))).toEqual([]);
      }
    }),
    { numRuns: 2000 },
  );
});

test('any text of a node is read, or is nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, other) => {
      readConfigs(one);
      readDigests(one);
      readRomNames(one);
      expect(readDeadMonitors(one, other).every((vmid) => vmid >= 100)).toBe(true);
    }),
  );
});

test('what programs of a node print is read as it was written', () => {
  const printed =
    '/etc/pve/qemu-server/100.conf:#a: b\n/etc/pve/qemu-server/100.conf:name: x\n/etc/pve/qemu-server/x.conf:y\n';
  expect(readConfigs(printed)).toEqual(new Map([[100, '#a: b\nname: x\n']]));
  expect(readDigests(`${SHA256}  /usr/share/kvm/a b\nsha256sum: x\n`)).toEqual(
    new Map([['/usr/share/kvm/a b', SHA256]]),
  );
  const table = 'Num RefCount\n0000: 00000002 00000000 00010000 0001 01 4711 /run/code43/9100.qmp\n';
  expect(readDeadMonitors('9100.qmp\n9101.qmp\n91.qmp\nnotes\n', table)).toEqual([9101]);
});
