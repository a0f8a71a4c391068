import type { GuestImage } from '../../guest/image/image.ts';
import type { QemuCommand } from '../../vmconfig/qemu.ts';
import { CHANNELS } from './running-qemu.ts';
import { TPM_FD } from './vm-parts.ts';

/**
 * Debian's kernel insists on this one where Secure Boot is on, and panics without it ("lsm=integrity required").
 * Of a word that stands twice the last counts.
 */
const FOR_UEFI = 'lsm=integrity';

/** What every local VM gets beside its config: its guest, and the channels to watch it through. */
export function bootArguments(
  image: GuestImage,
  { ovmf, agent, tpm }: Pick<QemuCommand, 'ovmf' | 'agent' | 'tpm'>,
): readonly string[] {
  const words = [image.append];
  if (ovmf) words.push(FOR_UEFI);
  if (agent?.type === 'isa') words.push(`code43.agent=${agent.tty}`);
  // UEFI firmware starts programs, and only the packed kernel is one.
  const kernel = ovmf ? image.packedKernel : image.kernel;
  const guest = ['-kernel', kernel, '-initrd', image.initrd, '-append', words.join(' ')];
  const toTpm = tpm === null ? [] : ['-chardev', `socket,id=tpmchar,fd=${TPM_FD}`];
  return ['-no-user-config', '-display', 'none', ...CHANNELS, ...toTpm, ...guest];
}
