import type { Case } from '../case.ts';
import type { Claim } from '../finding.ts';
import { PROPERTY_SINCE } from '../../igpu/property-since.ts';
import { claim, type Rule } from '../rule.ts';
import { qemuSince } from '../subject/qemu.ts';
import type { PassedDevice, VmSetup } from '../vm-setup.ts';
import * as context from './config-context.ts';
import { type PropertyType, VFIO_PROPERTIES } from './vfio-properties.ts';

const SOURCE = 'QEMU hw/vfio/pci.c, properties of vfio-pci';

/** Properties of the passed device that QEMU does not have, or not in that form. */
export const CONFIG_PROPERTIES: Rule = {
  id: 'config-properties',
  findings: ['config.args-unknown-property', 'qemu.too-old', 'config.property-type'],
  conclude: (of) =>
    of.vms.flatMap((vm) =>
      vm.devices.flatMap((device) => [...unknown(of, vm, device), ...wrongType(of, vm, device)]),
    ),
};

function unknown(of: Case, vm: VmSetup, device: PassedDevice): readonly Claim[] {
  return [...device.properties.keys()].flatMap((name) => {
    const since = PROPERTY_SINCE.get(name);
    const tooOld = since !== undefined && qemuSince(of, since) === false;
    if (!tooOld && VFIO_PROPERTIES.has(name)) return [];
    // Of what is not experimental or Proxmox' own, a QEMU that nobody here has read may know more.
    const sure = tooOld || /^(?:x-igd|legacy-igd$|pcie$|mapping$|x-opregion)/.test(name);
    const options = name === 'legacy-igd' || name === 'pcie';
    return [
      claim({
        id: tooOld ? 'qemu.too-old' : 'config.args-unknown-property',
        ...(sure ? context.refusal(of) : { severity: 'warning', confidence: 'possible' }),
        title: tooOld ? `${name} needs QEMU ${since}` : `QEMU's vfio-pci has no property ${name}`,
        detail: options
          ? `${name} is an option of Proxmox’ hostpci line, not of QEMU. QEMU refuses to start with a property that it does not know.`
          : 'QEMU refuses to start with a property that it does not know.',
        evidence: [
          ...propertyLines(vm, device, name),
          ...of.facts.quotes(...(tooOld ? (['qemuVersion'] as const) : [])),
        ],
        fix: context.fixOf(
          tooOld ? `Without it QEMU starts; or update to ${since} or newer.` : 'Without it QEMU starts.',
          SOURCE,
          [{ edit: 'device-property', name, value: null, device: device.name }],
        ),
      }),
    ];
  });
}

function wrongType(of: Case, vm: VmSetup, device: PassedDevice): readonly Claim[] {
  return [...device.properties].flatMap(([name, value]) => {
    const wanted = VFIO_PROPERTIES.get(name) ?? 'any';
    const given = vm.typed?.findLast((each) => each.device === device.name && each.name === name);
    const wrong =
      given === undefined ? !isSpelled(wanted, name, value) : wanted !== 'any' && given.type !== wanted;
    if (!wrong) return [];
    const form = given === undefined ? `“${value}”` : `a ${given.type} in libvirt’s or JSON’s sense`;
    return [
      claim({
        id: 'config.property-type',
        ...context.refusal(of),
        title: `${name} is given as ${form}; QEMU wants ${EXPECTED[wanted]}`,
        detail: 'QEMU refuses to start with a value of another type.',
        evidence: propertyLines(vm, device, name),
        fix: context.fixOf('The same value in the form that QEMU reads.', SOURCE, [
          { edit: 'device-property', name, value: respelled(wanted, name, value), device: device.name },
        ]),
      }),
    ];
  });
}

const EXPECTED: Readonly<Record<PropertyType, string>> = {
  boolean: 'on or off (type bool)',
  number: 'a number (type unsigned)',
  string: 'a text (type string)',
  any: 'another form',
};

/** As text, on a command line. */
function isSpelled(wanted: PropertyType, name: string, value: string): boolean {
  if (wanted === 'boolean') return /^(?:on|off|yes|no|true|false|y|n)$/i.test(value);
  if (wanted === 'number') return /^-?(?:0x[0-9a-f]{1,16}|\d{1,20})$/i.test(value);
  return name !== 'x-igd-legacy-mode' || /^(?:on|off|auto)$/.test(value);
}

function respelled(wanted: PropertyType, name: string, value: string): string | null {
  if (wanted === 'boolean' || name === 'x-igd-legacy-mode')
    return /^(?:1|on|yes|true)$/i.test(value) ? 'on' : /^(?:0|off|no|false)$/i.test(value) ? 'off' : null;
  return wanted === 'number' ? null : value;
}

function propertyLines(vm: VmSetup, device: PassedDevice, name: string): Claim['evidence'] {
  const typed = vm.typed?.findLast((each) => each.device === device.name && each.name === name);
  return typed === undefined ? context.linesOf(vm, ['args'], device) : [typed.quote];
}
