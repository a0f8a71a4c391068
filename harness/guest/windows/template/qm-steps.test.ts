import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { guestConfigProblems } from '../../../vmconfig/guest-config.ts';
import { classOfKey } from '../../../vmconfig/keys.ts';
import { parseVmConfig } from '../../../vmconfig/parse.ts';
import { qmSteps, VM_OPTIONS } from './qm-steps.ts';

const commands = (windowsIso = 'Win11.iso', driver: 'zip' | 'exe' | null = null): string =>
  qmSteps(windowsIso, driver)
    .flatMap((step) => step.commands)
    .join('\n');

test('every key of the VM is one that Proxmox has, with a value that its grammar takes', () => {
  for (const [key] of VM_OPTIONS) expect(classOfKey(key), key).toMatch(/^(under-test|guest)$/);
  const own = VM_OPTIONS.filter(([key]) => classOfKey(key) === 'guest').map(
    ([key, value]) => `${key}: ${value.replaceAll(/\$[A-Z]+/g, 'local')}`,
  );
  expect(guestConfigProblems(parseVmConfig(own.join('\n')))).toEqual([]);
});

test.each([null, 'zip', 'exe'] as const)('with driver %j a shell understands all of it', (driver) => {
  const { status, stderr } = spawnSync('sh', ['-n'], {
    input: commands('Win11.iso', driver),
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('only what the first step sets is used as a variable', () => {
  const text = commands('Win11.iso', 'exe');
  const set = [...text.matchAll(/^([A-Z]+)=/gm)].map(([, name]) => name);
  const used = [...text.matchAll(/\$([A-Z]+)/g)].map(([, name]) => name);
  expect(new Set(used)).toEqual(new Set(set));
});

test('the driver is installed with the device only where it is an installer, and the device is taken away again', () => {
  expect(commands('Win11.iso', 'zip')).not.toContain('hostpci0');
  const text = commands('Win11.iso', 'exe');
  expect(text.indexOf('--delete hostpci0')).toBeGreaterThan(text.indexOf('--hostpci0'));
  expect(text.indexOf('qm template')).toBeGreaterThan(text.indexOf('--delete hostpci0'));
});

test.each(["it's.iso", 'a b.iso', 'x,media=disk.iso', '$(reboot).iso', 'windows.img', '-n.iso;reboot'])(
  'the name %j never reaches the shell',
  (name) => {
    expect(commands(name)).not.toContain(name);
    expect(commands(name)).toContain('WINDOWS=windows.iso  # rename');
  },
);
