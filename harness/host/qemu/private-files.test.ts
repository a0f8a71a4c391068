import { readFileSync, readlinkSync, statSync, writeFileSync } from 'node:fs';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findFirmware } from './firmware-files.ts';
import { PrivateFiles } from './private-files.ts';

const vars = 'OVMF_VARS_4M.fd';
const template = findFirmware(vars);

test('a disk is empty, as large as asked for, takes no room, and has no name in any directory', () => {
  using files = new PrivateFiles([{ id: 'scsi0', kind: 'disk', bytes: 32 * 2 ** 30 }]);
  const path = files.paths.get('scsi0') ?? '';
  expect(statSync(path)).toMatchObject({ size: 32 * 2 ** 30, blocks: 0, nlink: 0 });
  expect(readlinkSync(path)).toMatch(/ \(deleted\)$/);
});

test('what was written to a disk is there at the next start', () => {
  using files = new PrivateFiles([{ id: 'ide0', kind: 'disk', bytes: 512 }]);
  const path = files.paths.get('ide0') ?? '';
  writeFileSync(path, 'words', { flag: 'r+' });
  files.beforeStart();
  expect(readFileSync(path).subarray(0, 5).toString()).toBe('words');
});

test.skipIf(template === null)(
  'variables outlast a start with an EFI disk, and begin anew without one',
  () => {
    using files = new PrivateFiles([
      { id: 'efidisk0', kind: 'vars', name: vars, kept: true },
      { id: 'temporary', kind: 'vars', name: vars, kept: false },
    ]);
    const original = readFileSync(template ?? '');
    for (const path of files.paths.values()) {
      expect(readFileSync(path).equals(original)).toBe(true);
      writeFileSync(path, 'changed', { flag: 'r+' });
    }
    files.beforeStart();
    const [kept = '', temporary = ''] = files.paths.values();
    expect(readFileSync(kept).subarray(0, 7).toString()).toBe('changed');
    expect(readFileSync(temporary).equals(original)).toBe(true);
  },
);

test('all of them end with the VM', () => {
  const files = new PrivateFiles([{ id: 'scsi0', kind: 'disk', bytes: 512 }]);
  const path = files.paths.get('scsi0') ?? '';
  const link = readlinkSync(path);
  files[Symbol.dispose]();
  expect(existsSync(path) && readlinkSync(path) === link).toBe(false);
});
