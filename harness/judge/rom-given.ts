import { parseVmConfig } from '../vmconfig/parse.ts';
import { passedDevice } from '../vmconfig/device.ts';
import type { TraceHeader } from '../trace/header.ts';

/** Whether the run gave the device a ROM: by the resolved ROM, else by the config; `unknown` where neither is known. */
export function romGiven(context: TraceHeader): 'yes' | 'no' | 'unknown' {
  if (context.rom !== null) return context.rom.ref === 'none' ? 'no' : 'yes';
  if (context.cell.config === null) return 'unknown';
  const device = passedDevice(parseVmConfig(context.cell.config), context.host.igpu.address);
  if (device === null) return 'unknown';
  return device.romfile === null ? 'no' : 'yes';
}
