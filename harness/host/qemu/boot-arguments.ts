import type { GuestImage } from '../../guest/image/image.ts';
import { CONSOLE_WORD } from '../../guest/image/init.ts';
import type { QemuCommand } from '../../vmconfig/qemu.ts';
import { CHANNELS, CONTROL } from './running-qemu.ts';
import { TPM_FD } from './vm-parts.ts';

/**
 * Debian's kernel insists on this one where Secure Boot is on, and panics without it ("lsm=integrity required").
 * Of a word that stands twice the last counts.
 */
const FOR_UEFI = 'lsm=integrity';

/**
 * What every local VM gets beside its config: its guest, and the channels to watch it through.
 *
 * @param serial QEMU's arguments for a console that a person will look at; the guest then offers a shell on it
 */
export function bootArguments(
  image: GuestImage,
  { ovmf, agent, tpm }: Pick<QemuCommand, 'ovmf' | 'agent' | 'tpm'>,
  serial?: readonly string[],
): readonly string[] {
  const words = [image.append];
  if (ovmf) words.push(FOR_UEFI);
  if (agent?.type === 'isa') words.push(`code43.agent=${agent.tty}`);
  if (serial !== undefined) words.push(CONSOLE_WORD);
  // UEFI firmware starts programs, and only the packed kernel is one.
  const kernel = ovmf ? image.packedKernel : image.kernel;
  const guest = ['-kernel', kernel, '-initrd', image.initrd, '-append', words.join(' ')];
  const channels = serial === undefined ? CHANNELS : [...CONTROL, ...serial];
  const toTpm = tpm === null ? [] : ['-chardev', `socket,id=tpmchar,fd=${TPM_FD}`];
  return ['-no-user-config', '-display', 'none', ...channels, ...toTpm, ...guest];
}
