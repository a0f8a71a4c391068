import type { VmEdit } from '../finding.ts';
import { VFIO_PROPERTIES } from '../rules/vfio-properties.ts';
import type { VmSetup } from '../vm-setup.ts';
import { meantDevice } from './meant-device.ts';
import type { Paste } from './paste.ts';

/** Edits as XML, with the place where each goes (`virsh edit`). */
export function libvirtText(setup: VmSetup | null, edits: readonly VmEdit[]): readonly Paste[] {
  return edits.flatMap((edit) => one(setup, edit));
}

function one(setup: VmSetup | null, edit: VmEdit): readonly Paste[] {
  const inHostdev = 'inside the iGPU’s <hostdev>';
  switch (edit.edit) {
    case 'romfile':
      return [{ where: inHostdev, text: `<rom bar='on' file='${escaped(edit.file)}'/>` }];
    case 'no-romfile':
      return [{ where: inHostdev, text: '<!-- without <rom file=…/> -->' }];
    case 'device-property':
      return [override(setup, edit)];
    case 'guest-address':
      return [{ where: `${inHostdev}, after <source>`, text: address('0x00', edit.slot) }];
    case 'machine':
      return [
        {
          where: 'inside <os>',
          text: `<type arch='x86_64' machine='${edit.type === 'q35' ? 'q35' : 'pc'}'>hvm</type>`,
        },
      ];
    case 'display':
      return [
        {
          where: 'inside <devices>, instead of the other <video>',
          text: `<video>\n  <model type='${edit.value === 'std' ? 'vga' : edit.value}'/>\n</video>`,
        },
      ];
    case 'cpu-hidden':
      return [
        {
          where: 'inside <features>',
          text: `<kvm>\n  <hidden state='${edit.hidden ? 'on' : 'off'}'/>\n</kvm>`,
        },
        ...(edit.hidden
          ? []
          : [
              {
                where: 'inside <cpu>',
                text: "<!-- without <feature policy='disable' name='hypervisor'/> -->",
              },
            ]),
      ];
    case 'phys-bits-limit':
      return [{ where: 'inside <cpu>', text: `<maxphysaddr mode='passthrough' limit='${edit.bits}'/>` }];
    case 'ballooning':
      return [{ where: 'inside <devices>', text: `<memballoon model='${edit.on ? 'virtio' : 'none'}'/>` }];
    case 'host-device':
      return [
        { where: `${inHostdev}, as its <source>`, text: `<source>\n  ${hostAddress(edit.to)}\n</source>` },
      ];
    case 'args':
      return [{ where: 'the words of <qemu:commandline>', text: edit.to }];
    case 'hostpci':
      // An option of Proxmox alone.
      return [];
  }
}

function override(setup: VmSetup | null, edit: Extract<VmEdit, { readonly edit: 'device-property' }>): Paste {
  const given = setup === null ? undefined : meantDevice(setup, edit)?.name;
  const alias = given?.startsWith('ua-') === true ? given : 'ua-igpu';
  const where =
    alias === given
      ? 'before </domain>; <domain> needs xmlns:qemu="http://libvirt.org/schemas/domain/qemu/1.0"'
      : `before </domain>; <domain> needs xmlns:qemu="http://libvirt.org/schemas/domain/qemu/1.0", and the <hostdev> <alias name='${alias}'/>`;
  const { name, value } = edit;
  if (value === null) return { where, text: `<!-- without <qemu:property name='${escaped(name)}' …/> -->` };
  const wanted = VFIO_PROPERTIES.get(name);
  const type = wanted === 'boolean' ? 'bool' : wanted === 'number' ? 'unsigned' : 'string';
  const written =
    type === 'bool' ? String(value === 'on') : type === 'unsigned' ? String(Number(value)) : value;
  return {
    where,
    text: [
      '<qemu:override>',
      `  <qemu:device alias='${alias}'>`,
      '    <qemu:frontend>',
      `      <qemu:property name='${escaped(name)}' type='${type}' value='${escaped(written)}'/>`,
      '    </qemu:frontend>',
      '  </qemu:device>',
      '</qemu:override>',
    ].join('\n'),
  };
}

function hostAddress(text: string): string {
  const [, domain, bus, slot, fn] = /^(\w{4,8}):(\w{2}):(\w{2})\.(\d)$/.exec(text) ?? [];
  return `<address domain='0x${domain ?? '0000'}' bus='0x${bus ?? '00'}' slot='0x${slot ?? '02'}' function='0x${fn ?? '0'}'/>`;
}

function address(bus: string, slot: number): string {
  return `<address type='pci' domain='0x0000' bus='${bus}' slot='0x${slot.toString(16).padStart(2, '0')}' function='0x0'/>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>'"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
