import { igpuFamily } from '../../igpu/families.ts';
import { igdSupport } from '../../igpu/qemu-support.ts';
import { notAsked, notOk, ok, unknown, type Check } from '../check.ts';
import { nameOf } from '../host-facts.ts';

export const qemuSupport: Check = {
  id: 'qemu',
  what: 'this QEMU knows this iGPU',
  needs: ['qemu-version', 'pve-versions', 'devices', 'vm-config', 'qemu-command-line'],
  look({ igpu, qemu, vf, passed, why }) {
    if (vf) return notAsked('QEMU treats a virtual function as any device');
    if (igpu === null) return unknown('no iGPU is known');
    if (qemu === null) return unknown(`QEMU’s version is not known: ${why('qemu-version')}`);
    const family = igpuFamily(igpu.id);
    const support = family === null ? null : igdSupport(family, qemu, igpu.id.slice(5));
    if (family === null || support === null) return unknown(`${igpu.id} is no iGPU known here`);
    const proof = [`QEMU ${qemu}`, nameOf(igpu.id), ...support.notes];
    const forced = passed?.legacyIgd === true || passed?.properties.get('x-igd-legacy-mode') === 'on';
    if (forced && support.legacyMode !== 'allowed')
      return notOk(
        'legacy mode is asked for, and this QEMU has none for this iGPU',
        proof,
        'Take legacy-igd or x-igd-legacy-mode=on out.',
      );
    if (support.generation !== null)
      return ok(`QEMU ${qemu} knows it as generation ${support.generation}`, ...proof);
    if (support.legacyMode !== 'unknown-generation')
      return unknown(
        `QEMU ${qemu} does not know its generation: it starts, without stolen memory`,
        'Leave x-igd-gms away.',
      );
    return notOk(
      `QEMU ${qemu} does not know its generation: it gets no stolen memory and no legacy mode`,
      proof,
      'Update QEMU: 10.0 knows generations 6 to 12, up to Raptor Lake.',
    );
  },
};
