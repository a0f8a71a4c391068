import type { TaskEnd } from '../vm-manager.ts';

/**
 * What a removal that was well says of a disk that it could not remove: only the storage knows of it then, since the
 * VM's config is gone. Null: nothing. The words: qemu-server 9.2.6, PVE/QemuServer.pm, destroy_vm; not observed.
 */
export function diskLeft({ log }: Pick<TaskEnd, 'log'>): string | null {
  return log.find((line) => /could not remove disk/i.test(line))?.trim() ?? null;
}
