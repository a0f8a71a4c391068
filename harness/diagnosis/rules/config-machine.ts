import { claim, type Rule } from '../rule.ts';
import { isOlder } from '../subject/qemu.ts';
import * as context from './config-context.ts';

/** A machine type that this QEMU does not have. */
export const CONFIG_MACHINE: Rule = {
  id: 'config-machine',
  findings: ['config.machine-unknown'],
  conclude: (of) =>
    of.vms.flatMap((vm) => {
      const { version, type } = vm.machine;
      const quote = vm.at.get('machine');
      if (version === null || type === null || quote === undefined) return [];
      const qemu = of.facts.get('qemuVersion');
      const tooNew = qemu !== null && isOlder(qemu, version);
      // What a command line's writer is taken for by default says less than anybody's word.
      const elsewhere = of.facts.get('hypervisor') !== null && !of.facts.has('hypervisor', 'proxmox');
      const ofProxmox = elsewhere && /\+pve\d/.test(quote.text);
      if (!tooNew && !ofProxmox) return [];
      return [
        claim({
          id: 'config.machine-unknown',
          ...context.refusal(of),
          title: tooNew
            ? `Machine type ${version} is newer than QEMU ${qemu}`
            : 'Machine types with +pve exist in Proxmox’ QEMU only',
          detail: 'QEMU refuses to start with a machine type that it does not have.',
          evidence: [quote, ...of.facts.quotes('qemuVersion')],
          fix: context.fixOf(
            'Without a version the newest that this QEMU has is taken.',
            'QEMU hw/i386/pc_q35.c, pc_piix.c',
            [{ edit: 'machine', type }],
          ),
        }),
      ];
    }),
};
