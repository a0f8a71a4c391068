import { igpuFamily } from '../igpu/families.ts';
import { linuxDriver } from '../igpu/linux-drivers.ts';
import type { HostFile } from '../scenario/cell.ts';
import { withYamlValue, type YamlValue } from '../scenario/yaml-edit.ts';
import { yamlScalar } from '../scenario/yaml-scalar.ts';
import type { SysfsDevice } from '../collect/sysfs-devices.ts';

/** All that is published of a host. */
export interface HostFacts {
  /** One line for people. */
  readonly name: string;
  readonly igpu: Pick<SysfsDevice, 'id' | 'address'>;
  readonly cpu: string | null;
  readonly codename: string | null;
  /** The Linux driver that takes this iGPU; null: not known. */
  readonly linuxDriver: string | null;
}

/** @param board set where it is needed to tell this host from another with the same processor */
export function hostFacts(
  igpu: Pick<SysfsDevice, 'id' | 'address'>,
  cpu: string | null,
  board: string | null = null,
): HostFacts {
  const family = igpuFamily(igpu.id);
  // `Alder Lake-N / Twin Lake`: the family's own name comes first.
  const codename = family?.codename.split(' / ')[0] ?? null;
  const called = cpu ?? codename ?? `Intel graphics ${igpu.id}`;
  return {
    name: `${called}${board === null ? '' : ` (${board})`} under Proxmox VE`,
    igpu: { id: igpu.id, address: igpu.address },
    cpu,
    codename,
    linuxDriver: family === null ? null : linuxDriver(family.code, igpu.id.slice(5)).driver,
  };
}

/** Whether a host file is about a machine with this iGPU. */
export function isAbout(file: HostFile, igpu: Pick<SysfsDevice, 'id' | 'address'>): boolean {
  return file.platform === 'proxmox' && file.igpu.id === igpu.id && file.igpu.address === igpu.address;
}

/** The text of a host file that does not exist yet. */
export function hostFileText({ name, igpu, cpu, codename, linuxDriver: linux }: HostFacts): string {
  const facts = [
    ...(cpu === null ? [] : [`  cpu: ${text(cpu)}`]),
    ...(codename === null ? [] : [`  codename: ${text(codename)}`]),
  ];
  return [
    '# yaml-language-server: $schema=schema.json',
    '# Publishable facts of a lab machine, and nothing else. How to reach it,',
    '# and what its owner allows, never stands here.',
    `name: ${text(name)}`,
    'platform: proxmox',
    'igpu:',
    '  # As `lspci -nn` prints it on the host.',
    `  id: '${igpu.id}'`,
    `  address: '${igpu.address}'`,
    '  driver:',
    '    # Unverified: the exact service and inf names await the first real',
    '    # Windows run on this host.',
    '    windows: { provider: Intel Corporation }',
    ...(linux === null ? [] : [`    linux: { service: ${linux} }`]),
    ...(facts.length === 0 ? [] : ['facts:', ...facts]),
    '',
  ].join('\n');
}

/**
 * The same of a file that is there: what it lacks is added, and which iGPU it is and where is corrected. What people
 * wrote of drivers, names and other facts stays.
 *
 * @throws YamlNotEdited
 */
export function withHostFacts(before: string, facts: HostFacts, there: HostFile): string {
  const { igpu, cpu, codename, linuxDriver: linux } = facts;
  const other = there.igpu.id !== igpu.id;
  const fact = (key: string, value: string | null): readonly Change[] =>
    value === null || (!other && there.facts[key] !== undefined) ? [] : [[['facts', key], value]];
  const changes: readonly Change[] = [
    ...(other ? [[['igpu', 'id'], igpu.id] as const] : []),
    ...(there.igpu.address === igpu.address ? [] : [[['igpu', 'address'], igpu.address] as const]),
    ...(there.igpu.driver.windows === undefined
      ? [[['igpu', 'driver', 'windows'], { provider: 'Intel Corporation' }] as const]
      : []),
    ...(there.igpu.driver.linux === undefined && linux !== null
      ? [[['igpu', 'driver', 'linux'], { service: linux }] as const]
      : []),
    ...fact('cpu', cpu),
    ...fact('codename', codename),
  ];
  return changes.reduce((out, [path, value]) => withYamlValue(out, path, value), before);
}

type Change = readonly [path: readonly string[], value: YamlValue];

/** Words of a table or of a processor's name: plain where YAML reads them as the same words. */
function text(words: string): string {
  return /^[A-Za-z][A-Za-z0-9 ()./+-]*$/.test(words) ? words : yamlScalar(words);
}
