import type { Fact, FactKey, FactValues, Hypervisor } from '../fact.ts';
import type { Quote } from '../quote.ts';
import { igpuDevices, modeOfDevice } from '../subject/igpu-devices.ts';
import type { VmSetup } from '../vm-setup.ts';

/** The facts that follow from a VM's description. What it does not say is no fact. */
export function setupFacts(setup: VmSetup, hypervisor: Hypervisor | null): readonly Fact[] {
  const facts: Fact[] = [];
  const first = setup.devices[0]?.quote ?? [...setup.at.values()][0];
  const add = <Key extends FactKey>(key: Key, value: FactValues[Key] | null, quote: Quote | undefined) => {
    if (value !== null && quote !== undefined)
      facts.push({ key, value, by: 'machine', quote } as unknown as Fact);
  };
  const { at, machine, firmware, ostype } = setup;
  add('hypervisor', hypervisor, first);
  add('machine', machine.type, at.get('machine') ?? first);
  add('firmware', firmware, at.get('bios') ?? first);
  add('guestOs', guestOs(ostype), at.get('ostype'));
  for (const device of igpuDevices(setup)) {
    const { host, romfile, quote } = device;
    add('address', host === null ? null : host.includes('.') ? host : `${host}.0`, quote);
    add('mode', modeOfDevice(device), quote);
    add('romGiven', romfile !== null, quote);
    add('romName', romfile?.slice(romfile.lastIndexOf('/') + 1) || null, quote);
  }
  return facts;
}

const LINUX =
  /linux|ubuntu|debian|fedora|centos|rhel|redhat|suse|arch|alpine|rocky|alma|nixos|manjaro|mint|gentoo|libreelec|endeavour/i;

/** Of Proxmox' `ostype`, or of the URL that libosinfo has for a system. */
function guestOs(ostype: string | null): FactValues['guestOs'] | null {
  if (ostype === null) return null;
  if (/^(?:win\d|wxp|w2k|wvista)|microsoft|^windows/i.test(ostype)) return 'windows';
  if (/^l2[46]$/.test(ostype)) return 'linux';
  if (/apple|macos/i.test(ostype)) return 'macos';
  if (/bsd/i.test(ostype)) return 'bsd';
  return LINUX.test(ostype) ? 'linux' : null;
}
