import type { Cell } from '../../scenario/cell.ts';
import type { TraceHeader } from '../../trace/header.ts';
import { guestAddress } from '../../vmconfig/device.ts';
import { parseVmConfig } from '../../vmconfig/parse.ts';
import type { Machine } from '../../wire/machine/machine.ts';
import { readCpuInfo } from '../host-facts.ts';
import type { RomFile } from '../rom-file.ts';
import type { VmManager } from './vm-manager.ts';

const ASK = { seconds: 60 };
/** All is stamped as it arrives here, so that there is one clock. */
const CLOCKS = {
  note: 'harness',
  exec: 'harness',
  qmp: 'harness',
  agent: 'harness',
  serial: 'harness',
  kernel: 'harness',
};

/**
 * What a trace's header says of a node and of the guest on it.
 *
 * @throws PveUnreadable; what `Machine.run` throws
 */
export async function describeNode(
  { host, guest, rom: { ref }, config }: Cell,
  rom: RomFile | null,
  { node, manager }: { readonly node: Machine; readonly manager: VmManager },
): Promise<Pick<TraceHeader, 'host' | 'guest' | 'rom' | 'clocks'>> {
  const [cpuInfo, { pve, kernel }, kvm] = await Promise.all([
    node.run(['cat', '--', '/proc/cpuinfo'], ASK),
    manager.versions(ASK),
    node.run(['kvm', '--version'], ASK),
  ]);
  const cpu = readCpuInfo(cpuInfo.stdout);
  const qemu = /version (\S{1,80})/.exec(kvm.stdout)?.[1];
  const { name, platform, igpu } = host;
  return {
    host: {
      name,
      platform,
      virtual: cpu.virtual,
      // Proxmox VE passes a device of the host in no other way.
      passthrough: 'vfio-pci',
      igpu: { id: igpu.id, address: igpu.address, driver: igpu.driver[guest.probe] ?? {} },
      facts: {
        ...host.facts,
        ...(cpu.model === null ? {} : { cpu: cpu.model }),
        ...(kernel === null ? {} : { kernel }),
        proxmox: pve,
        ...(qemu === undefined ? {} : { qemu }),
      },
    },
    guest: {
      name: guest.name,
      probe: guest.probe,
      build: null,
      deviceAddress: guestAddress(parseVmConfig(config), igpu.address),
      agentDeadline: guest.agentDeadline,
      ...(guest.config === undefined ? {} : { config: guest.config }),
    },
    rom: {
      ref,
      sha256: rom?.sha256 ?? null,
      facts: rom && {
        size: rom.facts.size,
        images: [...rom.facts.images],
        findings: [...rom.facts.findings],
      },
    },
    clocks: CLOCKS,
  };
}
