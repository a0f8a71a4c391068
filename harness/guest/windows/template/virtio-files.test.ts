import { expect, test } from 'vitest';
import { TemplateRefused } from './template-refused.ts';
import { virtioFiles } from './virtio-files.ts';

const NAMES = [
  '/virtio-win-guest-tools.exe',
  '/guest-agent/qemu-ga-x86_64.msi',
  '/guest-agent/qemu-ga-i386.msi',
  '/vioserial/w10/amd64/vioser.inf',
  '/vioserial/w11/ARM64/vioser.inf',
  ...['vioser.inf', 'vioser.sys', 'vioser.cat', 'vioser.pdb'].map((name) => `/vioserial/w11/amd64/${name}`),
  ...['netkvm.inf', 'netkvm.sys', 'netkvm.cat', 'netkvmp.exe'].map((name) => `/NetKVM/w11/amd64/${name}`),
];

test("the agent and the drivers for Windows 11 on x86-64 are taken, others and debug symbols aren't", () => {
  expect(virtioFiles(NAMES)).toEqual([
    { from: '/guest-agent/qemu-ga-x86_64.msi', to: 'qemu-ga.msi' },
    ...['inf', 'sys', 'cat'].map((end) => ({
      from: `/vioserial/w11/amd64/vioser.${end}`,
      to: `drivers/vioserial/vioser.${end}`,
    })),
    ...['netkvm.inf', 'netkvm.sys', 'netkvm.cat', 'netkvmp.exe'].map((name) => ({
      from: `/NetKVM/w11/amd64/${name}`,
      to: `drivers/netkvm/${name}`,
    })),
  ]);
});

test('names in capitals, as plain ISO 9660 has them, are the same', () => {
  const places = virtioFiles(NAMES.map((name) => name.toUpperCase())).map(({ to }) => to);
  expect(places).toEqual(virtioFiles(NAMES).map(({ to }) => to));
});

test.each([
  ['the agent', 'guest-agent/qemu-ga-x86_64.msi'],
  ['the driver of its channel', 'vioserial/w11/amd64/vioser.inf'],
  ['the driver of the network card', 'NetKVM/w11/amd64/netkvm.inf'],
])('without %s it is refused, by name', (_, missing) => {
  const names = NAMES.filter((name) => name !== `/${missing}`);
  expect(() => virtioFiles(names)).toThrow(TemplateRefused);
  expect(() => virtioFiles(names)).toThrow(missing);
});

test('a name that leads elsewhere is left behind', () => {
  const odd = [
    '/vioserial/w11/amd64/../../x.sys',
    '/vioserial/w11/amd64/a b;c.sys',
    '/vioserial/w11/amd64/sub/d.sys',
  ];
  expect(virtioFiles([...NAMES, ...odd])).toEqual(virtioFiles(NAMES));
});
