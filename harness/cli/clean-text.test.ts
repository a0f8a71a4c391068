import { expect, test } from 'vitest';
import type { Fate, Item, Thing } from '../host/proxmox/clean/item.ts';
import { doneText, endText, foundText, waitText } from './clean-text.ts';

const HOLDER = { owner: 'ann@desk', purpose: 'runs n100-q35', run: 'ffffffff', age: 720 };
const LOOK = { columns: 80, colour: false, identities: false };
const ROM = { kind: 'rom', file: 'code43-0a1b2c3d-0123456789ab.rom', whole: true } as const;
const LEASE = { kind: 'lease', address: '0000:00:02.0', holder: HOLDER, silent: 10_800 } as const;

const item = (thing: Thing, fate: Fate): Item => ({ thing, run: '0a1b2c3d', fate });
const remove = (by: 'destroy' | 'go-back' | 'unlink', unlock = false): Fate => ({
  kind: 'remove',
  removal: { by, unlock },
});

const ITEMS: readonly Item[] = [
  item({ kind: 'vm', vmid: 9100, name: 'code43-0a1b2c3d', running: true }, remove('destroy', true)),
  item({ kind: 'snapshot', vmid: 110, name: 'code43_0a1b2c3d', running: false }, remove('go-back')),
  item(ROM, remove('unlink')),
  item({ kind: 'monitor', vmid: 9100 }, remove('unlink')),
  item(LEASE, remove('unlink')),
  item(
    { kind: 'snapshot', vmid: 103, name: 'code43_99999999', running: true },
    {
      kind: 'stays',
      why: 'mine stands on it, and going back would lose that; to keep VM 103 as it is: qm delsnapshot 103 x',
    },
  ),
  item({ kind: 'vm', vmid: 9101, name: 'code43-ffffffff', running: true }, { kind: 'in-use', by: HOLDER }),
];

test('what is there is told by what becomes of it, in 80 columns', () => {
  const text = foundText('n100', ITEMS, LOOK);
  expect(text).toBe(`n100: left by runs that are over
  VM 9100 (code43-0a1b2c3d), running: stop it and destroy it; first the lock
    that a killed task left
  snapshot code43_0a1b2c3d of VM 110: go back to it, then remove it
  ROM code43-0a1b2c3d-0123456789ab.rom: remove it
  monitor socket of VM 9100: remove it
  lease of 0000:00:02.0, last heard of 3 h 0 min ago: remove it
n100: ours, but in somebody’s hands: left alone
  snapshot code43_99999999 of VM 103, running: mine stands on it, and going
    back would lose that; to keep VM 103 as it is: qm delsnapshot 103 x
n100: in use: left alone
  VM 9101 (code43-ffffffff), running: by run ffffffff, which runs n100-q35,
    for 12 min
`);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('who somebody is, is said on a terminal alone', () => {
  expect(foundText('n100', ITEMS, LOOK)).not.toContain('ann');
  const text = foundText('n100', ITEMS, { ...LOOK, identities: true });
  expect(text).toContain('by ann@desk: run ffffffff, which');
  expect(text).toContain('lease of 0000:00:02.0, of ann@desk, last heard');
});

test('each removal is told, and why one failed', () => {
  const [vm = item(ROM, remove('unlink'))] = ITEMS;
  expect(doneText(vm, null, LOOK)).toBe('destroyed: VM 9100 (code43-0a1b2c3d), running\n');
  expect(doneText(item(ROM, remove('unlink')), 'rm said \u001b[2J', LOOK)).toBe(
    'not removed: ROM code43-0a1b2c3d-0123456789ab.rom\n    rm said \\x1b[2J\n',
  );
});

test('the end says what of ours is there', () => {
  expect(endText('n100', ITEMS.slice(-1), false)).toBe('n100: nothing of ours is left behind.\n');
  expect(endText('n100', ITEMS.slice(0, 1), true)).toBe('n100: 1 thing of ours; nothing was changed.\n');
  expect(endText('n100', ITEMS, false)).toBe('n100: 6 things of ours stayed; see above why.\n');
  expect(waitText('n100', ITEMS.slice(-1), 60, LOOK)).toBe(
    'n100: waiting up to 60 s for: VM 9101 (code43-ffffffff), running\n',
  );
});

test('what came from a node steers no terminal', () => {
  const evil = item(
    { kind: 'vm', vmid: 1, name: '\u001b]0;x\u0007\n', running: false },
    { kind: 'stays', why: '\u009b2J' },
  );
  const text =
    foundText('n100', [evil], LOOK) + doneText(evil, '\u001b', LOOK) + waitText('n100', [evil], 1, LOOK);
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{C}/u);
});
