import type { CpuSetup } from '../../vm-setup.ts';
import { isOnValue } from './device-draft.ts';
import { NO_CPU } from './vm-draft.ts';

/** The value of QEMU's `-cpu`: `host,kvm=off,-hypervisor,host-phys-bits-limit=39`. */
export function cpuOption(value: string): CpuSetup {
  const [model = '', ...parts] = value.split(',');
  return parts.reduce<CpuSetup>(withCpuFlag, { ...NO_CPU, model: model || null });
}

/** A CPU with one more word of QEMU's: `kvm=off`, `-hypervisor`, `+kvm`, `hv_vendor_id=…`. */
export function withCpuFlag(cpu: CpuSetup, word: string): CpuSetup {
  const [, sign = '', bare = '', given] = /^\s*([+-]?)([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
  const value = sign === '+' ? 'on' : sign === '-' ? 'off' : (given ?? 'on');
  const on = isOnValue(value);
  switch (bare.replaceAll('_', '-')) {
    case 'kvm':
      return { ...cpu, hidden: !on };
    case 'hypervisor':
      return { ...cpu, hypervisorBitOff: !on };
    case 'hv-vendor-id':
      return { ...cpu, hvVendorId: value || null };
    case 'vendor':
      return { ...cpu, vendor: value || null };
    case 'phys-bits':
      return { ...cpu, physBits: bits(value) };
    case 'host-phys-bits':
      return { ...cpu, hostPhysBits: on };
    case 'host-phys-bits-limit':
      return { ...cpu, physBitsLimit: bits(value) };
    default:
      return cpu;
  }
}

function bits(text: string): number | null {
  return /^\d{1,3}$/.test(text) ? Number(text) : null;
}
