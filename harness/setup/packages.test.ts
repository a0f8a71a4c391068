import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installPackages } from './packages.mjs';
import { simulatedApt, type SimulatedMachine } from './simulated-apt.ts';

async function setUpOn(machine: SimulatedMachine, backports = false, need: 'start' | 'test' = 'start') {
  await using apt = await simulatedApt(machine);
  const said: string[] = [];
  const say = (line: string): void => {
    said.push(line);
  };
  const missing = await installPackages({ env: apt.env, root: apt.root, say, backports, need });
  const sources = join(apt.root, 'etc/apt/sources.list.d/code43-backports.sources');
  return {
    missing: missing.join('\n'),
    said: said.join('\n'),
    changes: (await apt.changes()).map((line) => line.replace(apt.root, '')),
    sources: await readFile(sources, 'utf8').catch(() => null),
  };
}

const INSTALL = expect.stringMatching(
  /^apt-get install --no-remove --no-install-recommends -y .*qemu-system-x86 seabios ovmf swtpm xorriso/,
) as string;

test('as root the packages are named first and installed without removing or recommending anything', async () => {
  const { missing, said, changes } = await setUpOn({});
  expect(missing).toBe('');
  expect(said).toContain('apt installs: seabios qemu-system-x86 ovmf swtpm xorriso');
  expect(changes).toEqual([INSTALL]);
});

test('passwordless sudo does as well', async () => {
  expect((await setUpOn({ uid: 1000, sudo: true })).changes).toEqual([INSTALL]);
});

test('without root and sudo nothing changes, and the command to run is given', async () => {
  const { missing, changes } = await setUpOn({ uid: 1000 });
  expect(changes).toEqual([]);
  expect(missing).toContain(
    'sudo apt-get install --no-remove --no-install-recommends -y qemu-system-x86 seabios ovmf swtpm xorriso',
  );
});

test('an installation that would remove something is refused', async () => {
  const { missing, changes } = await setUpOn({ conflicts: ['other-hypervisor'] });
  expect(changes).toEqual([]);
  expect(missing).toContain('would remove other-hypervisor');
});

test.each([{ pveDirectory: true }, { installed: ['pve-qemu-kvm'] }])(
  'a Proxmox node is left alone: %j',
  async (machine) => {
    for (const backports of [false, true]) {
      const { said, missing, changes } = await setUpOn(machine, backports);
      expect(changes).toEqual([]);
      expect(said).toContain('Proxmox node');
      expect(missing).toContain('nothing was installed');
    }
  },
);

test('where QEMU is there already, only the rest is brought', async () => {
  const brought = ['qemu-system-x86_64', 'qemu-img', 'swtpm', 'xorriso'];
  const { missing, said, changes } = await setUpOn({ brought });
  expect({ missing, said }).toMatchObject({
    missing: '',
    said: expect.stringContaining('apt installs: ovmf') as string,
  });
  expect(changes).toEqual([expect.stringMatching(/ ovmf -q/)]);
  expect(changes[0]).not.toContain('qemu');
});

test('where all is there nothing is asked of apt', async () => {
  const { missing, said, changes } = await setUpOn({
    brought: BOOTS,
  });
  expect({ missing, said, changes }).toEqual({ missing: '', said: '', changes: [] });
});

test('missing package lists are fetched, once, before the packages', async () => {
  expect((await setUpOn({ noLists: true })).changes).toEqual(['apt-get update -q', INSTALL]);
});

test('lists that are too old are fetched again, and the packages tried once more', async () => {
  const { missing, changes } = await setUpOn({ oldLists: true });
  expect(changes).toEqual([INSTALL, 'apt-get update -q', INSTALL]);
  expect(missing).toBe('');
});

test('a system without apt is told what it needs', async () => {
  const { missing } = await setUpOn({ noApt: true });
  expect(missing).toMatch(/qemu-system-x86_64 is missing.*no Debian/);
  expect(missing).toMatch(/swtpm is missing.*without it no tpmstate0/);
});

test('backports come from the mirror that the machine uses already, and only when asked for', async () => {
  const sources = ['https://mirror.invalid/debian/ bookworm main', 'https://other.invalid/x nodistro main'];
  const asked = await setUpOn({ sources }, true);
  expect(asked.sources).toContain('URIs: https://mirror.invalid/debian/\nSuites: bookworm-backports\n');
  expect(asked.changes.at(-1)).toContain('-t bookworm-backports');
  expect((await setUpOn({ sources })).sources).toBeNull();
});

test('backports are refused where the sources name no plain mirror', async () => {
  const { missing, changes } = await setUpOn({ sources: ['file:/srv/x bookworm main'] }, true);
  expect(missing).toContain('name no mirror');
  expect(changes).toEqual([]);
});

const BOOTS = ['qemu-system-x86_64', 'qemu-img', 'swtpm', 'xorriso', 'OVMF_CODE_4M.fd'];

test('tests also get an ssh server of Debian, which is switched off before it is installed', async () => {
  const { missing, said, changes } = await setUpOn({ brought: [...BOOTS, 'socat'] }, false, 'test');
  expect(missing).toBe('');
  expect(said).toContain('apt installs: openssh-client openssh-server');
  expect(said).toMatch(/the ssh server is for tests and stays off: .*\/etc\/ssh\/sshd_not_to_be_run/);
  expect(changes).toEqual([
    'tee /etc/ssh/sshd_not_to_be_run',
    expect.stringMatching(/^apt-get install .* openssh-client openssh-server -q/),
  ]);
});

test('an ssh server that is there already stays as it is', async () => {
  const { changes } = await setUpOn({ brought: [...BOOTS, 'ssh', 'sshd'] }, false, 'test');
  expect(changes).toEqual([expect.stringMatching(/^apt-get install .* socat -q/)]);
});

test('who installs the ssh server by hand is told how it stays off', async () => {
  const { missing } = await setUpOn({ uid: 1000, brought: BOOTS }, false, 'test');
  expect(missing).toContain(
    'run: sudo install -D /dev/null /etc/ssh/sshd_not_to_be_run && sudo apt-get install',
  );
});
