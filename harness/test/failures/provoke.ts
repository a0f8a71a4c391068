import { execFile, spawn } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { QmpClient } from '../../wire/qmp.ts';
import { LeashedProcess } from '../../wire/process.ts';

const execute = promisify(execFile);

/** Firmware whose first instructions load an empty interrupt table and call an interrupt: a triple fault, for ever. */
export function tripleFaultFirmware(): Uint8Array {
  const image = new Uint8Array(65_536);
  // cs lidt [0xffe0] (six bytes of zero there); int 3. At the reset vector, 16 bytes before the end.
  image.set([0x2e, 0x0f, 0x01, 0x1e, 0xe0, 0xff, 0xcd, 0x03], 0xfff0);
  return image;
}

/** Firmware that nested KVM is known to die of. */
export const OVMF = '/usr/share/OVMF/OVMF_CODE_4M.fd';

/** Tries it: whether KVM on this machine stops a VM with OVMF by an internal error. Null: it does. */
export async function kvmDiesOfOvmf(): Promise<string | null> {
  const pflash = `if=pflash,format=raw,readonly=on,file=${OVMF}`;
  const words = ['-nodefaults', '-machine', 'q35', '-accel', 'kvm', '-m', '64', '-display', 'none'];
  const monitor = ['-chardev', 'socket,id=qmp,fd=3', '-mon', 'chardev=qmp,mode=control'];
  const argv = ['qemu-system-x86_64', ...words, '-drive', pflash, ...monitor];
  const qemu = await LeashedProcess.start(argv, { sockets: 1, onStderr: () => undefined });
  try {
    const [socket] = qemu.sockets;
    if (socket === undefined) return 'QEMU was started without a monitor';
    const qmp = new QmpClient(socket);
    const stop = qmp.next('STOP', ({ event }) => event === 'STOP', { seconds: 8 });
    stop.catch(() => undefined);
    await qmp.negotiate({ seconds: 8 });
    await stop;
    return null;
  } catch (error) {
    return `KVM does not die here: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    await qemu.stop(1);
  }
}

/** vfio-pci is refused for want of an IOMMU only where there is none; elsewhere the device would be taken. */
export async function hasNoIommu(): Promise<string | null> {
  const groups = await readdir('/sys/kernel/iommu_groups').catch((): string[] => []);
  if (groups.length > 0) return 'this machine has an IOMMU: the device would be taken';
  const devices = await readdir('/sys/bus/pci/devices').catch((): string[] => []);
  return devices.includes('0000:00:02.0') ? null : 'this machine has no device 0000:00:02.0';
}

/** Whether a small file system can be mounted for the traces. */
export async function mayMount(): Promise<string | null> {
  const unshared = spawn('mount', ['--help'], { stdio: 'ignore' });
  const there = await new Promise<boolean>((resolve) => {
    unshared.once('error', () => {
      resolve(false);
    });
    unshared.once('exit', () => {
      resolve(true);
    });
  });
  if (!there) return 'there is no mount';
  return process.getuid?.() === 0 ? null : 'only root may mount a small file system';
}

/** Puts a file system of 8 KiB where the project writes its traces. */
export async function fillDisk(folder: string): Promise<() => Promise<void>> {
  const runs = join(folder, 'reports', 'runs');
  await mkdir(runs, { recursive: true });
  await execute('mount', ['-t', 'tmpfs', '-o', 'size=8k', 'code43-failures', runs]);
  return async () => {
    await execute('umount', [runs]);
  };
}
