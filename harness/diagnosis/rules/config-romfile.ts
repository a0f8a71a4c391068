import { claim, type Rule } from '../rule.ts';
import * as context from './config-context.ts';

/** A ROM file that Proxmox looks for at another place than was meant. */
export const CONFIG_ROMFILE: Rule = {
  id: 'config-romfile',
  findings: ['rom.file-not-found'],
  conclude: (of) =>
    of.vms.flatMap((vm) =>
      vm.form !== 'proxmox'
        ? []
        : vm.devices.flatMap((device) => {
            const [, file] = /\bromfile=([^,]{1,400})/.exec(device.quote.text) ?? [];
            if (file?.includes('/') !== true || !/^\W{0,20}hostpci/.test(device.quote.text.trim())) return [];
            const climbs = file.startsWith('../');
            const name = file.slice(file.lastIndexOf('/') + 1);
            return [
              claim({
                id: 'rom.file-not-found',
                ...(climbs ? { severity: 'info', confidence: 'possible' } : context.refusal(of)),
                title: climbs
                  ? `romfile climbs out of /usr/share/kvm: ${file}`
                  : `Proxmox looks for the ROM at /usr/share/kvm/${file.replace(/^\/+/, '')}`,
                detail: climbs
                  ? 'That works today; the file’s place is /usr/share/kvm.'
                  : 'romfile is a name inside /usr/share/kvm; Proxmox puts that path before whatever is given, and QEMU then fails to find the file.',
                evidence: [device.quote],
                fix: context.fixOf(
                  'The file stands where Proxmox looks.',
                  'qemu-server PVE/QemuServer/PCI.pm',
                  [{ edit: 'romfile', file: name, device: device.name }],
                  [
                    ...(climbs
                      ? []
                      : [{ where: 'host' as const, text: `cp ${file} /usr/share/kvm/${name}` }]),
                  ],
                ),
              }),
            ];
          }),
    ),
};
