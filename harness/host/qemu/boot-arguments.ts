import type { GuestImage } from '../../guest/image/image.ts';
import { CHANNELS } from './running-qemu.ts';

/** What every local VM gets beside the config under test: its guest, and the channels to watch it through. */
export function bootArguments(image: GuestImage): readonly string[] {
  const guest = ['-kernel', image.kernel, '-initrd', image.initrd, '-append', image.append];
  return ['-no-user-config', '-display', 'none', ...CHANNELS, ...guest];
}
