import { expect, test } from 'vitest';
import type { Observation } from '../trace/event.ts';
import { Script, traceOf } from './fixtures/traces.ts';
import { judge } from './judge.ts';

const EMULATED = ['-device', 'bochs-display,id=hostpci0,bus=pcie.0,addr=0x02.0'];

/** The class of a run whose header says that it is real hardware under vfio-pci. */
function classOf(script: Script): string {
  return judge(traceOf(script)).evidenceClass;
}

const device = (id: string | null): Observation => ({
  ...{ ch: 'note', kind: 'device', when: 'before', id, driver: 'vfio-pci' },
  ...{ deviceClass: '0x030000', bootVga: true, powerState: 'D0', resetMethod: 'flr' },
  ...{ iommuGroup: '1', groupMembers: ['0000:00:02.0'] },
});
const passing = (): Script => new Script().boot().healthy(4).end();

test('a run whose QEMU was given the host’s device is live', () => {
  expect(classOf(passing())).toBe('live');
  expect(classOf(new Script().add(device('8086:46d1')).boot().healthy(4).end().add(device(null)))).toBe(
    'live',
  );
});

test.each([
  ['an emulated device', EMULATED],
  ['another device of the host’s', ['-device', 'vfio-pci,host=0000:01:00.0']],
  ['no device', []],
])('a header that says vfio-pci is not believed where QEMU was given %s', (_, argv) => {
  expect(classOf(new Script().boot('start', 'start', argv).healthy(4).end())).toBe('simulated');
});

test('a header that says vfio-pci is not believed where no QEMU was seen to start', () => {
  const script = new Script().boot('start', 'reboot').healthy(4).end();
  expect(classOf(script)).toBe('simulated');
});

test('one QEMU without the device takes the rest of the run with it', () => {
  const script = (argv: readonly string[]): Script =>
    new Script().boot().healthy(4).end().boot('start', 'start', argv).healthy(4).end();
  expect(classOf(script(EMULATED))).toBe('simulated');
  expect(classOf(new Script().boot('start', 'start', EMULATED).end().boot().healthy(4).end())).toBe(
    'simulated',
  );
});

test('a control is started without the device, and takes nothing away', () => {
  const script = passing().add({ ch: 'note', kind: 'control.begin', of: 0 });
  script.add({ ch: 'exec', kind: 'spawn', program: 'kvm', pid: 900, argv: [...EMULATED] });
  expect(classOf(script.add({ ch: 'note', kind: 'control.end', of: 0, why: 'decided' }))).toBe('live');
});

test('a host that has another device at that address is no evidence for this one', () => {
  expect(classOf(new Script().add(device('8086:9a49')).boot().healthy(4).end())).toBe('simulated');
});
