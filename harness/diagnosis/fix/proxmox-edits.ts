import { withProperty } from '../../vmconfig/edit.ts';
import { ConfigEditError } from '../../vmconfig/edit-error.ts';
import { parseVmConfig, valueOf } from '../../vmconfig/parse.ts';
import type { VmEdit } from '../finding.ts';
import type { VmSetup } from '../vm-setup.ts';
import { meantDevice } from './meant-device.ts';

/** What a config's text becomes, and the edits that it cannot take. */
export interface Edited {
  readonly text: string;
  readonly left: readonly VmEdit[];
}

/** The edits made in a Proxmox config's text; what is not touched stays to the byte. */
export function editProxmox(text: string, setup: VmSetup, edits: readonly VmEdit[]): Edited {
  return edits.reduce<Edited>(
    (edited, edit) => {
      try {
        return { ...edited, text: withEdit(edited.text, setup, edit) };
      } catch (error) {
        if (!(error instanceof ConfigEditError)) throw error;
        return { ...edited, left: [...edited.left, edit] };
      }
    },
    { text, left: [] },
  );
}

function withEdit(text: string, setup: VmSetup, edit: VmEdit): string {
  const value = (key: string): string | null => valueOf(parseVmConfig(text), key);
  switch (edit.edit) {
    case 'machine':
      return withMachine(text, value('machine'), edit.type);
    case 'display':
      return withProperty(text, 'vga', edit.value);
    case 'cpu-hidden':
      return withHidden(text, value('args'), edit.hidden);
    case 'phys-bits-limit':
      return value('cpu') === null
        ? withProperty(text, 'cpu', `host,phys-bits=${edit.bits}`)
        : withProperty(text, 'cpu.phys-bits', String(edit.bits));
    case 'ballooning':
      return withProperty(text, 'balloon', edit.on ? null : '0');
    case 'args': {
      const args = value('args');
      if (args === null || !args.includes(edit.from))
        throw new ConfigEditError(`args do not hold ${edit.from}`);
      return withProperty(text, 'args', args.replace(edit.from, () => edit.to).trim() || null);
    }
    case 'romfile':
    case 'no-romfile':
    case 'device-property':
    case 'guest-address':
    case 'host-device':
    case 'hostpci':
      return withDevice(text, setup, edit);
  }
}

type DeviceEdit = Extract<
  VmEdit,
  {
    readonly edit: 'romfile' | 'no-romfile' | 'device-property' | 'guest-address' | 'host-device' | 'hostpci';
  }
>;

function withDevice(text: string, setup: VmSetup, edit: DeviceEdit): string {
  const device = meantDevice(setup, edit);
  const [key] = /^hostpci\d{1,2}/.exec(device?.name ?? '') ?? [];
  if (device === null || key === undefined) throw new ConfigEditError('the config has no hostpci for it');
  const set = `args.device.${device.name}`;
  switch (edit.edit) {
    case 'romfile':
      return withProperty(text, `${key}.romfile`, edit.file);
    case 'no-romfile':
      return withProperty(text, `${key}.romfile`, null);
    case 'device-property':
      return withProperty(text, `${set}.${edit.name}`, edit.value);
    case 'guest-address': {
      const bused =
        device.properties.get('bus') === edit.bus ? text : withProperty(text, `${set}.bus`, edit.bus);
      return withProperty(bused, `${set}.addr`, `0x${edit.slot.toString(16).padStart(2, '0')}.0`);
    }
    case 'host-device':
      return withProperty(text, `${key}.host`, edit.to);
    case 'hostpci':
      return withProperty(text, `${key}.${edit.name}`, edit.value);
  }
}

/** Of a version only the kind changes; where the kind is right, the version goes. */
function withMachine(text: string, given: string | null, type: 'i440fx' | 'q35'): string {
  const plain = type === 'q35' ? 'q35' : 'pc';
  const [name = '', ...others] = given?.split(',') ?? [];
  const pinned = /^pc-(i440fx|q35)-/.exec(name)?.[1];
  const now = pinned !== undefined && pinned !== type ? name.replace(pinned, type) : plain;
  return withProperty(text, 'machine', [now, ...others].join(','));
}

/** In `cpu:`, and where `args` have a `-cpu` of their own, there. */
function withHidden(text: string, args: string | null, hidden: boolean): string {
  const has = valueOf(parseVmConfig(text), 'cpu') !== null;
  if (hidden) return has ? withProperty(text, 'cpu.hidden', '1') : withProperty(text, 'cpu', 'host,hidden=1');
  const shown = has ? withProperty(text, 'cpu.hidden', null) : text;
  const open = args?.replace(/,(?:kvm=off|-hypervisor|hypervisor=off)(?=[,'"\s]|$)/g, '') ?? null;
  return open === args ? shown : withProperty(shown, 'args', open);
}
