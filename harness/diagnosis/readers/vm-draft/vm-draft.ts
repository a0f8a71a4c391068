import type { Quote } from '../../quote.ts';
import type { ArgsSetup, CpuSetup, TypedProperty, VmSetup } from '../../vm-setup.ts';
import { type DeviceDraft, passedDevice } from './device-draft.ts';

/** A VM while its description is being read: what is said last counts. */
export interface VmDraft {
  readonly form: VmSetup['form'];
  readonly input: string;
  machine: { type: 'i440fx' | 'q35' | null; version: string | null };
  firmware: VmSetup['firmware'];
  cpu: CpuSetup;
  memory: number | null;
  ballooning: boolean;
  display: string | null;
  ostype: string | null;
  agent: boolean | null;
  args: ArgsSetup | null;
  readonly devices: DeviceDraft[];
  readonly taken: VmSetup['taken'][number][];
  readonly typed: TypedProperty[];
  readonly at: Map<string, Quote>;
}

/** More passed devices than this no machine has. */
export const MAX_DEVICES = 64;

export const NO_CPU: CpuSetup = {
  model: null,
  hidden: false,
  hypervisorBitOff: false,
  hvVendorId: null,
  vendor: null,
  physBits: null,
  hostPhysBits: null,
  physBitsLimit: null,
};

export function vmDraft(form: VmSetup['form'], input: string): VmDraft {
  return {
    form,
    input,
    machine: { type: null, version: null },
    firmware: null,
    cpu: NO_CPU,
    memory: null,
    ballooning: false,
    display: null,
    ostype: null,
    agent: null,
    args: null,
    devices: [],
    taken: [],
    typed: [],
    at: new Map(),
  };
}

export function vmSetup(draft: VmDraft): VmSetup {
  return { ...draft, devices: draft.devices.slice(0, MAX_DEVICES).map(passedDevice) };
}

/** Type and version out of a machine's name: `pc-q35-10.0+pve1` is q35 and 10.0; nulls where it says neither. */
export function machineOf(name: string): VmDraft['machine'] {
  const type = name.includes('q35') ? 'q35' : /^pc(?:$|[-,]|i440fx)|i440fx/.test(name) ? 'i440fx' : null;
  const [, version = null] = /-(?:rhel)?(\d{1,3}\.\d{1,3}(?:\.\d{1,3})?)(?![\d.])/.exec(name) ?? [];
  return { type, version };
}
