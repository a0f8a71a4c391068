import type { Case } from '../case.ts';
import type { Claim } from '../finding.ts';
import { claim, type Rule } from '../rule.ts';
import { wholeIgpu } from '../subject/igpu-devices.ts';
import { isOtherVendor } from '../subject/other-vendor.ts';
import { works } from '../subject/trouble.ts';
import type { VmSetup } from '../vm-setup.ts';
import * as context from './config-context.ts';

/** Too much of the host passed, or the same twice. */
export const CONFIG_PASSED_DEVICES: Rule = {
  id: 'config-passed-devices',
  findings: ['config.passes-whole-device', 'config.duplicate-device'],
  conclude: (of) => of.vms.flatMap((vm) => [...wholeDevice(of, vm), ...duplicates(of, vm)]),
};

function wholeDevice(of: Case, vm: VmSetup): readonly Claim[] {
  const device = wholeIgpu(vm);
  if (device === null || device.host === null || isOtherVendor(of)) return [];
  const vfs =
    (of.facts.get('vfs') ?? 0) > 0 || of.facts.has('mode', 'vf') || of.signals.has('sriov-on', 'vf-mode');
  if (!device.allFunctions && !vfs) return [];
  const severity = works(of) || !vfs ? 'info' : 'cause';
  return [
    claim({
      id: 'config.passes-whole-device',
      severity,
      title: vfs
        ? 'Virtual functions are wanted, and the VM takes the physical one with them'
        : `${device.host} passes every function of the slot`,
      detail: vfs
        ? 'With 00:02.0 in the VM its driver on the host is gone, and so are all virtual functions. Pass one of 00:02.1 to 00:02.7.'
        : 'Without virtual functions that is the iGPU alone. Once there are some, all of them go to this VM.',
      evidence: [
        device.quote,
        ...of.facts.quotes('vfs', 'mode').filter(({ line }) => line !== device.quote.line),
      ],
      fix: context.fixOf(
        vfs
          ? 'The physical function stays with the host, which makes the virtual ones.'
          : 'Only the iGPU itself is passed.',
        'qemu-server PVE/QemuServer/PCI.pm; kernel drivers/pci/iov.c',
        [{ edit: 'host-device', from: device.host, to: vfs ? '0000:00:02.1' : `${device.host}.0` }],
      ),
      explains: vfs ? ['host.device-missing', 'sriov.pf-on-vfio'] : [],
    }),
  ];
}

function duplicates(of: Case, { devices }: VmSetup): readonly Claim[] {
  return devices.flatMap((device, index) => {
    const { host } = device;
    const twin = devices
      .slice(0, index)
      .find((other) => host !== null && other.host !== null && overlap(host, other.host));
    if (host === null || twin === undefined || device.mdev !== null) return [];
    return [
      claim({
        id: 'config.duplicate-device',
        ...context.refusal(of),
        title: `${host} is passed twice, as ${twin.name} and as ${device.name}`,
        detail: 'The second one finds the device in use, and the VM is refused.',
        evidence: [twin.quote, device.quote],
        fix: context.fixOf(
          `One of ${twin.name} and ${device.name} is enough.`,
          'QEMU hw/vfio/pci.c',
          [],
          [{ where: 'vm', text: `Remove ${device.name}.` }],
        ),
      }),
    ];
  });
}

function overlap(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}
