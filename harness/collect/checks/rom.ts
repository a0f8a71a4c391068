import { igpuFamily } from '../../igpu/families.ts';
import { romsOfFamily } from '../../igpu/family-roms.ts';
import { notAsked, notOk, ok, unknown, type Check, type CheckAnswer } from '../check.ts';
import type { HostState } from '../host-state.ts';
import { linesWith } from '../host-state.ts';

export const rom: Check = {
  id: 'rom',
  what: 'the VM has a ROM that its firmware runs',
  needs: ['rom', 'devices', 'vm-config', 'qemu-command-line'],
  look(of) {
    if (of.vf) return notAsked('a virtual function needs none');
    if (of.vm === null) return notAsked('no VM was named');
    if (of.passed === null) return notAsked('the VM gets no iGPU');
    if (of.passed.romfile === null) return without(of);
    const text = of.text('rom');
    if (text === null) return unknown(of.why('rom'));
    return given(text, of);
  },
};

function without({ vm, igpu }: HostState): CheckAnswer {
  if (vm?.firmware !== 'ovmf')
    return unknown(
      'no romfile: SeaBIOS takes the VBIOS of the host, if the host has one',
      'A UEFI-only host has none.',
    );
  const family = igpu === null ? null : igpuFamily(igpu.id);
  const [known] = family === null ? [] : romsOfFamily(family.code);
  return notOk(
    'no romfile: OVMF finds no driver for the iGPU, and the guest’s driver gets no OpRegion and no stolen memory',
    ['hostpci without romfile='],
    known === undefined
      ? 'Give it a ROM of its family; code43 rom list names those that are known.'
      : `Give it a ROM of its family, such as ${known}.`,
  );
}

function given(text: string, { vm }: HostState): CheckAnswer {
  const proof = linesWith(text, /^(?:file|bytes|sha256|problem|image|found: error)/, 10);
  const problem = /^problem: (.+)$/m.exec(text)?.[1];
  if (problem !== undefined)
    return notOk(
      `the ROM file is not usable: ${problem}`,
      proof,
      'Proxmox looks in /usr/share/kvm and nowhere else: put it there.',
    );
  const executed =
    vm?.firmware === 'seabios' ? /^SeaBIOS executes it: yes/m : /^UEFI firmware executes it: yes/m;
  if (executed.test(text)) return ok('the VM’s firmware runs it', ...proof);
  return notOk(
    `${vm?.firmware === 'seabios' ? 'SeaBIOS' : 'UEFI firmware'} finds nothing in it to run`,
    proof,
    'code43 rom says what is inside; take one that fits the VM’s firmware.',
  );
}
