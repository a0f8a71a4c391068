import { REGISTRY_SETTINGS, registryCommand } from '../registry-settings.ts';
import { PREPARE_COMMAND } from '../scripts/prepare-script.ts';
import { component, runSynchronous } from './component.ts';
import { xml, type XmlElement } from './xml.ts';

/** At most 15 characters (NetBIOS); the same in every template, so that no trace tells whose it is. */
const COMPUTER = 'CODE43-WIN11';

/** The clock of the VM runs in UTC (`localtime: 0`), so both agree without a network. */
export const TIME_ZONE = 'UTC';

/** specialize: runs as SYSTEM before the first use. The settings come first; what they need is in Windows already. */
export function specialize(): readonly XmlElement[] {
  return [
    component('Microsoft-Windows-Shell-Setup', [xml('ComputerName', COMPUTER), xml('TimeZone', TIME_ZONE)]),
    component('Microsoft-Windows-Deployment', [
      runSynchronous([
        ...REGISTRY_SETTINGS.map((setting) => ({ what: setting.id, command: registryCommand(setting) })),
        { what: 'copy what the last step of set-up runs', command: PREPARE_COMMAND },
      ]),
    ]),
  ];
}
