import type { GuestImage } from '../../guest/image/image.ts';
import { CONSOLE_WORD } from '../../guest/image/init.ts';
import { FAULTS } from '../../guest/standin/faults.ts';
import { FAULT_WORD } from '../../guest/standin/hooks.ts';
import type { QemuCommand } from '../../vmconfig/qemu.ts';
import { CHANNELS, CONTROL } from './running-qemu.ts';
import { TPM_FD } from './vm-parts.ts';

/**
 * Debian's kernel insists on this one where Secure Boot is on, and panics without it ("lsm=integrity required").
 * Of a word that stands twice the last counts.
 */
const FOR_UEFI = 'lsm=integrity';

/** What a boot is to be beside what its config says. */
export interface BootWishes {
  /** What the stand-in guest is to do wrong; null: nothing. */
  readonly fault?: string | null;
  /** QEMU's arguments for a console that a person will look at; the guest then offers a shell on it. */
  readonly serial?: readonly string[] | null;
}

/**
 * What every local VM gets beside its config: its guest, and the channels to watch it through.
 */
export function bootArguments(
  image: GuestImage,
  { ovmf, agent, tpm }: Pick<QemuCommand, 'ovmf' | 'agent' | 'tpm'>,
  { fault = null, serial = null }: BootWishes = {},
): readonly string[] {
  const words = [image.append];
  if (ovmf) words.push(FOR_UEFI);
  if (agent?.type === 'isa') words.push(`code43.agent=${agent.tty}`);
  if (serial !== null) words.push(CONSOLE_WORD);
  if (fault !== null) words.push(`${FAULT_WORD}${fault}`);
  // UEFI firmware starts programs, and only the packed kernel is one.
  const kernel = ovmf ? image.packedKernel : image.kernel;
  const system = ['-kernel', kernel, '-initrd', image.initrd, '-append', words.join(' ')];
  const guest = FAULTS[fault ?? '']?.withoutSystem === true ? [] : system;
  const channels = serial === null ? CHANNELS : [...CONTROL, ...serial];
  const toTpm = tpm === null ? [] : ['-chardev', `socket,id=tpmchar,fd=${TPM_FD}`];
  return ['-no-user-config', '-display', 'none', ...channels, ...toTpm, ...guest];
}
