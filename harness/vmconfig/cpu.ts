import { type Machine, since } from './machine.ts';
import { isOn, propertyMap } from './property-string.ts';

// Models that exist only in Proxmox (qemu-server PVE/QemuServer/CPUConfig.pm, builtin_models_by_arch).
const V2 = '+popcnt;+pni;+sse4.1;+sse4.2;+ssse3';
const V3 = `+aes;${V2};+avx;+avx2;+bmi1;+bmi2;+f16c;+fma;+abm;+movbe;+xsave`;
const BUILTIN: ReadonlyMap<string, string> = new Map([
  ['x86-64-v2', V2],
  ['x86-64-v2-AES', `+aes;${V2}`],
  ['x86-64-v3', V3],
  ['x86-64-v4', `${V3};+avx512f;+avx512bw;+avx512cd;+avx512dq;+avx512vl`],
]);

/** Models without a vendor of their own (CPUConfig.pm, initialize_cpu_models). */
const NO_VENDOR = /^(?:kvm|qemu)(?:32|64)$|^(?:max|host|base)$|^(?:Dhyana|YongFeng)/;
const AMD = /^(?:athlon|phenom|Opteron|EPYC)/;
/** Emulation has these and no other (QEMU target/i386/cpu.h, TCG_PHYS_ADDR_BITS). */
const EMULATED_PHYS_BITS = '40';

/** What `cpu:` becomes on a QEMU command line. */
export interface QemuCpu {
  /** The value of `-cpu`. */
  readonly argument: string;
  /** The model that QEMU must have; null where the config names none. */
  readonly model: string | null;
  /** What of `cpu` and `ostype` is left out. */
  readonly notHonoured: readonly string[];
}

/**
 * Takes a value that the policy accepts. Flags that QEMU itself cannot give it only warns of, on stderr.
 * Source: CPUConfig.pm, get_cpu_options, get_pve_cpu_flags, get_hyperv_enlightenments.
 */
export function qemuCpu(value: string | null, machine: Machine): QemuCpu {
  const given = propertyMap(value, 'cputype');
  const type = given.get('cputype') ?? null;
  const builtin = type === null ? undefined : BUILTIN.get(type);
  const model = builtin === undefined ? type : 'qemu64';
  const named = model ?? (machine.kvm ? 'kvm64' : 'qemu64');
  const asked = given.get('flags')?.split(';') ?? [];
  const flags = new Map([
    ...proxmoxFlags(named, machine),
    ...hyperVFlags(given, machine),
    ...flagEntries([...(builtin?.split(';') ?? []), ...asked].filter((flag) => !isNested(flag))),
    ...forcedFlags(named, given, machine),
  ]);
  const sorted = [...flags].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  const bits = physBits(given.get('phys-bits'), machine);
  const level = given.get('level');
  return {
    argument: [named, ...(level === undefined ? [] : [`level=${level}`]), ...sorted, ...bits.words].join(','),
    model,
    notHonoured: [
      ...['reported-model', 'guest-phys-bits'].filter((key) => given.has(key)).map((key) => `cpu.${key}`),
      ...bits.notHonoured,
      // Proxmox's own word for vmx or svm, whichever the host's CPU has.
      ...(asked.some(isNested) ? ['cpu.flags nested-virt'] : []),
      ...(!machine.kvm && given.has('hv-vendor-id') ? ['cpu.hv-vendor-id'] : []),
      ...(!machine.kvm && enlightened(machine) ? ['ostype hv_* (needs KVM)'] : []),
    ],
  };
}

type Flag = readonly [name: string, text: string];

function proxmoxFlags(model: string, machine: Machine): Flag[] {
  return flagEntries([
    ...(model === 'kvm64' ? ['+lahf_lm'] : []),
    ...(machine.ostype === 'solaris' ? ['-x2apic'] : []),
    ...(/^kvm(?:32|64)$/.test(model) ? ['+sep'] : []),
    ...(model.startsWith('Opteron') ? ['-rdtscp'] : []),
    ...(machine.kvm ? ['+kvm_pv_unhalt', '+kvm_pv_eoi'] : []),
  ]);
}

/** Hyper-V enlightenments, which QEMU has under KVM only. */
function hyperVFlags(given: ReadonlyMap<string, string>, machine: Machine): Flag[] {
  if (!machine.kvm || !enlightened(machine)) return [];
  const vendor = given.get('hv-vendor-id') ?? (machine.primaryGpu ? 'proxmox' : null);
  const names = ['vapic', 'time', 'reset', 'vpindex', 'runtime'];
  if (machine.windows >= 7) names.push('relaxed', 'synic', 'stimer', 'ipi');
  return [
    ...(vendor === null ? [] : [['hv_vendor_id', `hv_vendor_id=${vendor}`] as const]),
    ['hv_spinlocks', 'hv_spinlocks=0x1fff'],
    ...names.map((name): Flag => [`hv_${name}`, `hv_${name}`]),
  ];
}

function enlightened(machine: Machine): boolean {
  return since(machine, 3, 1) && machine.windows >= (machine.ovmf ? 8 : 6);
}

function forcedFlags(model: string, given: ReadonlyMap<string, string>, machine: Machine): Flag[] {
  const hidden = isOn(given.get('hidden'), machine.primaryGpu);
  return [
    ...(machine.kvm && model !== 'host' ? [['enforce', 'enforce'] as const] : []),
    ...(hidden ? [['kvm', 'kvm=off'] as const] : []),
    ...(NO_VENDOR.test(model)
      ? []
      : [['vendor', `vendor=${AMD.test(model) ? 'AuthenticAMD' : 'GenuineIntel'}`] as const]),
  ];
}

function physBits(
  given: string | undefined,
  { kvm }: Machine,
): Pick<QemuCpu, 'notHonoured'> & { words: string[] } {
  if (given === undefined) return { words: [], notHonoured: [] };
  if (!kvm && given !== EMULATED_PHYS_BITS) return { words: [], notHonoured: ['cpu.phys-bits (needs KVM)'] };
  return { words: [given === 'host' ? 'host-phys-bits=true' : `phys-bits=${given}`], notHonoured: [] };
}

/** Of a flag that stands twice the last counts. */
function flagEntries(flags: readonly string[]): Flag[] {
  return flags.map((flag) => [flag.slice(1), flag]);
}

function isNested(flag: string): boolean {
  return flag.slice(1) === 'nested-virt';
}
