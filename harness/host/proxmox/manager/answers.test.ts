import { expect, test } from 'vitest';
import { readConfig, readList, readNumber, readSnapshots, readStatus } from './answers.ts';

const DIGEST = 'a'.repeat(40);

test('tags are told apart however they are joined, and what is missing is empty', () => {
  const vms = [
    { vmid: '9000', name: 'win11', tags: 'code43;lab, nightly', template: 1, status: 'stopped' },
    { vmid: 101, status: 'running' },
  ];
  expect(readList('asked', vms)).toEqual([
    { vmid: 9000, name: 'win11', tags: ['code43', 'lab', 'nightly'], template: true, status: 'stopped' },
    { vmid: 101, name: '', tags: [], template: false, status: 'running' },
  ]);
});

test('values of a config are text, whatever they come as', () => {
  const config = { kvm: 0, memory: '512', onboot: true, description: 'ä', digest: DIGEST };
  expect(readConfig('asked', config)).toEqual({
    entries: new Map(Object.entries({ kvm: '0', memory: '512', onboot: '1', description: 'ä' })),
    digest: DIGEST,
  });
});

test.each([
  ['no digest', { memory: '512' }],
  ['a value that is none', { memory: ['512'], digest: DIGEST }],
  ['a list', []],
  ['nothing', null],
])('%s is no config', (_, answer) => {
  expect(() => readConfig('pvesh get x on root@pve', answer)).toThrow(/^pvesh get x on root@pve: /);
});

test('a key that names a prototype changes none', () => {
  const config: unknown = JSON.parse(`{"__proto__":{"polluted":"1"},"constructor":"x","digest":"${DIGEST}"}`);
  expect([...readConfig('asked', config).entries]).toEqual([['constructor', 'x']]);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test('of snapshots of one second a parent comes before its child, and a circle does no harm', () => {
  const at = (name: string, parent: string | null, snaptime: number) => ({
    name,
    parent,
    snaptime,
    vmstate: 0,
  });
  const names = (list: readonly object[]) => readSnapshots('asked', list).map(({ name }) => name);
  expect(names([at('c', 'b', 5), at('b', 'a', 5), at('old', null, 1), at('a', null, 5)])).toEqual([
    'old',
    'a',
    'b',
    'c',
  ]);
  expect(names([at('a', 'b', 1), at('b', 'a', 1), at('current', 'a', 0)]).toSorted()).toEqual(['a', 'b']);
});

test('a status without QEMU’s own is the VM’s', () => {
  expect(readStatus('asked', { status: 'stopped' })).toEqual({
    status: 'stopped',
    qmpstatus: 'stopped',
    pid: null,
    uptime: 0,
    lock: null,
  });
});

test.each(['101', 101])('%j is a number', (answer) => {
  expect(readNumber('asked', answer)).toBe(101);
});

test.each(['', 'x', '1e3', -1.5, '9'.repeat(16), null])('%j is none', (answer) => {
  expect(() => readNumber('asked', answer)).toThrow(/another than expected/);
});
