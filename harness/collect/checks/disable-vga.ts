import { notAsked, notOk, ok, unknown, type Check } from '../check.ts';
import { linesWith } from '../host-state.ts';

const OPTION = /\bdisable_vga=(?:1|y)/i;

export const disableVga: Check = {
  id: 'disable-vga',
  what: 'vfio-pci leaves VGA access to the guest',
  needs: ['vfio', 'module-options', 'kernel-command-line', 'vm-config', 'qemu-command-line'],
  look({ text, why, vm, vf }) {
    if (vf) return notAsked('a virtual function has no VGA');
    const proof = [
      ...linesWith(text('vfio'), /disable_vga:Y/),
      ...linesWith(text('module-options'), new RegExp(`^(?!#).*${OPTION.source}`, 'i')),
      ...linesWith(text('kernel-command-line'), OPTION).map(() => 'kernel command line: disable_vga=1'),
    ];
    if (text('vfio') === null && text('kernel-command-line') === null)
      return unknown(why('kernel-command-line'));
    if (proof.length === 0) return ok('disable_vga is not set', ...linesWith(text('vfio'), /disable_vga:N/));
    if (vm?.machine.type === 'q35') return ok('it does not, and a q35 machine does not ask for it', ...proof);
    return notOk(
      'disable_vga=1 is set: legacy mode fails with "failed to enable VGA access"',
      proof,
      'Take disable_vga=1 out, run update-initramfs -u -k all, and restart the host. UPT mode does not need it.',
    );
  },
};
