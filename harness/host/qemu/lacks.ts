import type { QemuCommand } from '../../vmconfig/qemu.ts';
import { findProgram } from '../../wire/program.ts';
import type { QemuCapabilities } from './capabilities.ts';
import { findFirmware } from './firmware-files.ts';

const INSTALL = 'run `npm run setup`, or apt-get install --no-install-recommends';

/** What a command needs and this QEMU lacks, each a sentence for a person. */
export function lacks({ needs }: QemuCommand, can: QemuCapabilities): string[] {
  const qemu = `this QEMU (${can.version})`;
  const missing: string[] = [];
  if (!can.machines.has(needs.machine)) missing.push(machineSentence(needs.machine, qemu));
  if (needs.cpu !== null && !can.cpus.has(needs.cpu)) missing.push(`${qemu} has no CPU model ${needs.cpu}`);
  for (const device of new Set([...needs.devices, ...needs.properties.map((need) => need.device)])) {
    if (!can.devices.get(device)) missing.push(`${qemu} has no device ${device}`);
  }
  for (const { device, property } of needs.properties) {
    const has = can.devices.get(device);
    if (has && !has.has(property)) missing.push(`${device} of ${qemu} has no property ${property}`);
  }
  return missing;
}

/** What a command needs beside QEMU and this machine lacks: UEFI firmware and a TPM, each a sentence. */
export function lacksOfParts(
  { files, tpm }: Pick<QemuCommand, 'files' | 'tpm'>,
  env: NodeJS.ProcessEnv,
): string[] {
  const firmware = files.flatMap((file) =>
    file.kind !== 'disk' && findFirmware(file.name) === null ? [file.name] : [],
  );
  const large = firmware.some((name) => !name.includes('4M')) && findFirmware('OVMF_CODE_4M.fd') !== null;
  const advice = large
    ? 'only the larger kind is installed: efidisk0 with efitype=4m asks for it'
    : `${INSTALL} ovmf`;
  return [
    ...(firmware.length === 0 ? [] : [`bios: ovmf needs ${firmware.join(' and ')}: ${advice}`]),
    ...(tpm === null || findProgram('swtpm', env) !== null
      ? []
      : [`tpmstate0 needs swtpm on PATH: ${INSTALL} swtpm`]),
  ];
}

function machineSentence(machine: string, qemu: string): string {
  const known = `${qemu} has no machine type ${machine}`;
  return /\+pve\d+$/.test(machine) ? `${known}: the ending +pveN exists only in Proxmox's QEMU` : known;
}
