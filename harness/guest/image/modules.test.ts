import { expect, test } from 'vitest';
import { inLoadOrder, moduleDepends, moduleName } from './modules.ts';

function moduleThatNeeds(depends: string): Uint8Array {
  return Buffer.from(`\x7fELF…\0license=GPL\0depends=${depends}\0name=x\0`);
}

const MODULES: Readonly<Record<string, Uint8Array | null>> = {
  console: moduleThatNeeds('virtio,virtio-ring'),
  virtio: moduleThatNeeds('virtio_ring,builtin'),
  virtio_ring: moduleThatNeeds(''),
  builtin: null,
};

function load(name: string): Promise<Uint8Array | null> {
  const found = MODULES[name];
  return found === undefined ? Promise.reject(new Error(`no ${name}`)) : Promise.resolve(found);
}

test('a module comes after all it needs, once; what is in the kernel is left out', async () => {
  const order = await inLoadOrder(['console', 'virtio'], load);
  expect(order.map(({ name }) => name)).toEqual(['virtio_ring', 'virtio', 'console']);
});

test('a module that is nowhere is an error', async () => {
  await expect(inLoadOrder(['other'], load)).rejects.toThrow('no other');
});

test.each([
  ['kernel/drivers/char/virtio-rng.ko.xz', 'virtio_rng'],
  ['virtio.ko', 'virtio'],
  ['modules.builtin', null],
])('%s is module %s', (path, name) => {
  expect(moduleName(path)).toBe(name);
});

test('a module without .modinfo needs nothing', () => {
  expect(moduleDepends(Buffer.from('\x7fELF'))).toEqual([]);
});
