import { describe, expect, it } from 'vitest';
import { conclusions } from '../fixtures/conclusions.ts';
import { GUEST_CPU } from './guest-cpu.ts';

describe('what the guest is told of its CPU', () => {
  it.each([
    [{ text: 'hostpci0: 00:02.1\ncpu: host,hidden=1' }, ['guest.hypervisor-hidden warning']],
    [
      { text: 'hostpci0: 00:02.1\ncpu: host,hidden=1', facts: { symptom: 'code-43' } },
      ['guest.hypervisor-hidden cause'],
    ],
    [
      { text: 'hostpci0: 00:02.1\ncpu: host,hidden=1', facts: { problemCode: 43 } },
      ['guest.hypervisor-hidden cause'],
    ],
    [
      { text: 'hostpci0: 00:02.1\ncpu: host,hidden=1', facts: { symptom: 'code-43', guestOs: 'linux' } },
      ['guest.hypervisor-hidden info'],
    ],
    [
      { text: 'hostpci0: 00:02.1\ncpu: host,hidden=1', facts: { symptom: 'code-43', outcome: 'works' } },
      ['guest.hypervisor-hidden info'],
    ],
    [{ text: 'hostpci0: 00:02.1\nargs: -cpu host,-hypervisor' }, ['guest.hypervisor-hidden warning']],
    [{ text: 'hostpci0: 00:02.1\ncpu: host' }, []],
    [{ text: 'hostpci0: 00:02.0\ncpu: host,hidden=1' }, []],
    [{ facts: { sign: 'hypervisor-hidden', mode: 'vf' } }, ['guest.hypervisor-hidden warning']],
    [{ facts: { sign: 'hypervisor-hidden', mode: 'whole' } }, []],
    [{ facts: { sign: 'hypervisor-hidden', mode: 'vf', device: '10de:1b80' } }, []],
    [{ facts: { sign: 'ballooning', mode: 'vf' } }, []],
    [{ facts: { sign: 'amd-cpu-model', cpu: 'i5-12400', symptom: 'code-43' } }, ['guest.cpu-vendor cause']],
    [{ facts: { sign: 'amd-cpu-model', cpu: 'i5-12400' } }, ['guest.cpu-vendor warning']],
    [{ facts: { sign: 'amd-cpu-model', cpu: 'Ryzen 5600G', symptom: 'code-43' } }, []],
    [{ facts: { sign: 'amd-cpu-model', symptom: 'code-43' } }, []],
    [{ text: 'hostpci0: 00:02.1\ncpu: host', facts: { sign: 'hypervisor-hidden', mode: 'vf' } }, []],
    [{ text: 'hostpci0: 00:02.0\ncpu: EPYC' }, ['guest.cpu-vendor warning']],
    [{ text: 'hostpci0: 00:02.0\ncpu: EPYC', facts: { symptom: 'code-43' } }, ['guest.cpu-vendor cause']],
    [
      { text: 'hostpci0: 00:02.0\ncpu: EPYC', facts: { symptom: 'driver-not-installing' } },
      ['guest.cpu-vendor cause'],
    ],
    [{ text: 'hostpci0: 00:02.0\ncpu: EPYC', facts: { outcome: 'works' } }, ['guest.cpu-vendor info']],
    [{ text: 'cpu: EPYC' }, []],
    [{ text: 'hostpci0: mapping=gpu\ncpu: EPYC' }, []],
    [{ text: 'hostpci0: 00:02.0\nargs: -cpu host,vendor=GenuineIntel' }, []],
    [{ text: 'hostpci0: 00:02.0\nargs: -cpu host,vendor=Intel' }, []],
    [{ text: 'hostpci0: 00:02.0\nargs: -cpu host,vendor=GenuineIntelX' }, ['guest.cpu-vendor warning']],
    [{ text: 'hostpci0: 00:02.0\nargs: -cpu host,vendor=NotIntel' }, ['guest.cpu-vendor warning']],
    [{ text: 'hostpci0: mapping=gpu\nhostpci1: 00:02.0\ncpu: EPYC' }, ['guest.cpu-vendor warning']],
  ] as const)('%j gives %j', (sketch, expected) => {
    expect(conclusions(GUEST_CPU, sketch)).toEqual(expected);
  });
});
