import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { needs } from '../../test/tier.ts';
import { findProgram } from '../../wire/program.ts';
import { chooseAccelerator, knownAccelerator } from './accelerator.ts';

const vmTest = needs('setpriv', 'qemu-system-x86_64');
let cacheDir = '';
beforeEach(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'code43-accel-'));
});
afterEach(async () => {
  await rm(cacheDir, { recursive: true });
});

function optionsWith(env: NodeJS.ProcessEnv): Parameters<typeof chooseAccelerator>[0] {
  const image = {
    name: 'none',
    kernel: '/nonexistent',
    packedKernel: '/nonexistent',
    initrd: '/nonexistent',
    append: '',
    digest: 'none',
  };
  return { program: findProgram('qemu-system-x86_64') ?? '', image, cacheDir, env };
}

vmTest('a guest that does not come up under KVM leaves TCG, says why, and is not tried again', async () => {
  const options = optionsWith({});
  const chosen = await chooseAccelerator(options);
  expect(chosen.name).toBe('tcg');
  expect(chosen.why).toMatch(/KVM|\/dev\/kvm/);
  expect(await knownAccelerator(options)).toEqual(chosen);
});

test.each(['kvm', 'tcg'])('%s is used untried when the environment asks for it', async (name) => {
  const options = optionsWith({ CODE43_ACCEL: name });
  expect(await chooseAccelerator(options)).toEqual({ name, why: 'CODE43_ACCEL says so' });
});
