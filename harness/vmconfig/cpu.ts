import { parseBoolean, parsePropertyString } from './property-string.ts';

// Models that exist only in Proxmox (qemu-server PVE/QemuServer/CPUConfig.pm, builtin_models_by_arch).
const BUILTIN: ReadonlyMap<string, string> = new Map([
  ['x86-64-v2', '+popcnt;+pni;+sse4.1;+sse4.2;+ssse3'],
  ['x86-64-v2-AES', '+aes;+popcnt;+pni;+sse4.1;+sse4.2;+ssse3'],
  [
    'x86-64-v3',
    '+aes;+popcnt;+pni;+sse4.1;+sse4.2;+ssse3;+avx;+avx2;+bmi1;+bmi2;+f16c;+fma;+abm;+movbe;+xsave',
  ],
  [
    'x86-64-v4',
    '+aes;+popcnt;+pni;+sse4.1;+sse4.2;+ssse3;+avx;+avx2;+bmi1;+bmi2;+f16c;+fma;+abm;+movbe;+xsave' +
      ';+avx512f;+avx512bw;+avx512cd;+avx512dq;+avx512vl',
  ],
]);

/** QEMU's own default: under emulation it boots a guest a fifth faster than `max` (CPU time, QEMU 7.2). */
const DEFAULT = 'qemu64';

/** What `cpu:` becomes on a QEMU command line. */
export interface QemuCpu {
  /** The value of `-cpu`. */
  readonly argument: string;
  /** The model that QEMU must have; null where the config names none. */
  readonly model: string | null;
  /** Properties of `cpu` that are left out. */
  readonly notHonoured: readonly string[];
}

/** Honours the model, `hidden` and `flags`. Takes a value that the policy accepts. */
export function qemuCpu(value: string | null): QemuCpu {
  const given = new Map(
    parsePropertyString(value ?? '', 'cputype').properties.map((property) => [property.key, property.value]),
  );
  const type = given.get('cputype') ?? null;
  const builtin = type === null ? undefined : BUILTIN.get(type);
  const model = builtin === undefined ? type : 'qemu64';
  const flags = [builtin, given.get('flags')].flatMap((list) => list?.split(';') ?? []);
  const hidden = parseBoolean(given.get('hidden') ?? '') === true ? ['kvm=off'] : [];
  // Proxmox's own word, which stands for vmx or svm.
  const nested = flags.some((flag) => flag.slice(1) === 'nested-virt') ? ['cpu.flags nested-virt'] : [];
  const others = [...given.keys()].filter((key) => !['cputype', 'flags', 'hidden'].includes(key));
  const passed = flags.filter((flag) => flag.slice(1) !== 'nested-virt');
  return {
    argument: [model ?? DEFAULT, ...passed, ...hidden].join(','),
    model,
    notHonoured: [...others.map((key) => `cpu.${key}`), ...nested],
  };
}
