import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { downloadPackages, resolvePackages } from './packages.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'code43-apt-'));
  vi.stubEnv('PATH', `${dir}${delimiter}${process.env['PATH'] ?? ''}`);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true });
});

const { signal } = new AbortController();

async function program(name: string, script: string): Promise<void> {
  await writeFile(join(dir, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(dir, name), 0o755);
}

const DEPENDS = `case "$*" in
*--recurse*) printf 'libc6\\n  Depends: libgcc-s1\\nlibgcc-s1\\n  Depends: libc6\\n  Depends: <virtual>\\n' ;;
*) printf 'qemu-guest-agent\\n  PreDepends: init-system-helpers\\n  Depends: libc6\\nlinux-image-cloud-amd64\\n  Depends: linux-image-6.12.1-cloud-amd64\\n' ;;
esac`;
const DOWNLOAD = `shift 3; for name; do echo "'https://mirror.invalid/$name.deb' \${name}_1%3a2.0~3+b1_amd64.deb 10 SHA256:${'ab'.repeat(32)}"; done`;

test('the agent, a shell, the kernel that is depended on, and the libraries all the way down', async () => {
  await program('apt-cache', DEPENDS);
  await program('apt-get', DOWNLOAD);
  const packages = await resolvePackages(signal);
  expect(packages.map(({ file }) => file.split('_')[0])).toEqual([
    'busybox-static',
    'libc6',
    'libgcc-s1',
    'linux-image-6.12.1-cloud-amd64',
    'qemu-guest-agent',
  ]);
  expect(packages[0]).toMatchObject({ size: 10, sha256: 'ab'.repeat(32) });
});

test.each([
  ['package lists are missing', 'echo "E: No packages found" >&2; exit 100', 'run apt-get update'],
  ['the network is away', 'echo "E: Failed to fetch x Temporary failure resolving" >&2; exit 100', 'network'],
  [
    'the disk is full',
    'echo "E: Write error - write (28: No space left on device)" >&2; exit 100',
    'disk is full',
  ],
])('where %s the error says what to do', async (_, script, advice) => {
  await program('apt-cache', script);
  await expect(resolvePackages(signal)).rejects.toThrow(advice);
});

test('where there is no apt the error says what is needed', async () => {
  await program('apt-cache', 'exit 127');
  await expect(resolvePackages(signal)).rejects.toThrow('built from Debian packages');
});

test('the very versions that were looked up are downloaded', async () => {
  const packages = [{ file: 'busybox-static_1%3a2.0~3+b1_amd64.deb', size: 1, sha256: '' }];
  await program('apt-get', '[ "$*" = "-o APT::Sandbox::User=root -q download busybox-static=1:2.0~3+b1" ]');
  await expect(downloadPackages(packages, dir, signal)).resolves.toBeUndefined();
});
