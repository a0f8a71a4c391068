import { HOME } from './scripts/prepare-script.ts';
import type { DriverKind } from './scripts/driver-script.ts';

/** One step of a person on the node: what it is for, and commands to paste. */
export interface QmStep {
  readonly title: string;
  /** Sentences, as Markdown. */
  readonly why: string;
  readonly commands: readonly string[];
}

/** Name of the ISO that is written. */
export const ANSWER_ISO = 'code43-win11.iso';

/**
 * The keys of the VM that Windows is installed in; each is explained in docs/windows-template.md. `$…` are variables of
 * the pasting shell.
 */
export const VM_OPTIONS: readonly (readonly [string, string])[] = [
  ['name', 'win11-template'],
  ['ostype', 'win11'],
  ['machine', 'q35'],
  ['bios', 'ovmf'],
  ['cpu', 'host'],
  ['cores', '4'],
  ['memory', '8192'],
  ['balloon', '0'],
  ['agent', 'enabled=1'],
  ['localtime', '0'],
  ['vga', 'std'],
  ['efidisk0', '$STORAGE:1,efitype=4m,pre-enrolled-keys=0'],
  ['tpmstate0', '$STORAGE:1,version=v2.0'],
  ['sata0', '$STORAGE:64,discard=on,ssd=1'],
  ['net0', 'virtio,bridge=$BRIDGE,link_down=1'],
  ['ide2', '$ISOS:iso/$WINDOWS,media=cdrom'],
  ['ide0', `$ISOS:iso/${ANSWER_ISO},media=cdrom`],
  ['boot', 'order=sata0;ide2'],
];

const POWERSHELL = 'powershell.exe -NoProfile -ExecutionPolicy Bypass -File';
/** Proxmox prints the guest's words inside JSON; its own Perl takes them out. */
const WORDS = `perl -MJSON -0777 -ne 'print decode_json($_)->{"out-data"}'`;
const DOWN = 'qm shutdown "$VMID" --timeout 300';

/**
 * What to do on the node as root, in order. None of it has been done with a real Windows yet.
 *
 * @param windowsIso the file's name, without its folder
 */
export function qmSteps(windowsIso: string, driver: DriverKind | null): readonly QmStep[] {
  return [
    {
      title: 'Say where things go',
      why: 'Change these four to what the node has; all that follows is pasted into the same shell, as root.',
      commands: ['VMID=9000', 'STORAGE=local-lvm', 'ISOS=local', 'BRIDGE=vmbr0', windowsVariable(windowsIso)],
    },
    {
      title: 'Bring both ISOs to the node',
      why: `Into the folder for ISOs of that storage (\`/var/lib/vz/template/iso/\` of \`local\`): the medium of Windows, and \`${ANSWER_ISO}\` of this folder. This shows both:`,
      commands: ['pvesm list "$ISOS" --content iso'],
    },
    {
      title: 'Make the VM',
      why: 'The network card is unplugged (`link_down=1`): nothing of Windows can change by itself.',
      commands: [
        `qm create "$VMID" \\\n${VM_OPTIONS.map(([key, value]) => `  --${key} ${quoted(value)}`).join(' \\\n')}`,
      ],
    },
    {
      title: 'Install',
      why: 'The medium of Windows asks for a key before it starts ("Press any key to boot from CD or DVD"), so one is pressed for some seconds. Disk 0 of the VM is wiped without a question.',
      commands: [
        'qm start "$VMID"',
        'for press in $(seq 15); do qm sendkey "$VMID" ret; sleep 1; done',
        `timeout 2h sh -c 'until qm agent "$0" ping >/dev/null 2>&1; do sleep 10; done' "$VMID" && echo 'the agent answers' || echo 'no agent within two hours: look at the VM in the browser'`,
      ],
    },
    {
      title: 'See whether all of it took',
      why: 'Each line begins with `ok` or `NOT`, the last one is `ready`. Not ready right after the agent answers: wait a minute and ask again.',
      commands: [guestScript('check.ps1', 120)],
    },
    ...(driver === 'exe' ? [INSTALL_DRIVER] : []),
    {
      title: 'Make it a template',
      why: "The ISO holds the account's password, and the product key if one was given: the last command removes it from the node.",
      commands: [
        DOWN,
        'qm set "$VMID" --delete ide0,ide2 --boot order=sata0',
        'qm template "$VMID"',
        `pvesm free "$ISOS:iso/${ANSWER_ISO}"`,
      ],
    },
  ];
}

const INSTALL_DRIVER: QmStep = {
  title: 'Install the display driver',
  why: "Intel's installer needs the device to be there. The VM gets it for one start, beside its emulated display; whether it works is not asked here. `0000:00:02.0` is where the iGPU is on nearly every machine. The installer may take some minutes; `0` and `14` (restart needed) are its good exit codes.",
  commands: [
    DOWN,
    'qm set "$VMID" --hostpci0 0000:00:02.0,pcie=1',
    'qm start "$VMID"',
    `timeout 15m sh -c 'until qm agent "$0" ping >/dev/null 2>&1; do sleep 5; done' "$VMID"`,
    guestScript('driver.ps1', 1900),
    DOWN,
    'qm set "$VMID" --delete hostpci0',
  ],
};

function guestScript(name: string, seconds: number): string {
  return `qm guest exec "$VMID" --timeout ${seconds} -- ${POWERSHELL} '${HOME}\\${name}' | ${WORDS}`;
}

/** A name that Proxmox's storages and this shell take as it is; for any other the person gives one. */
function windowsVariable(name: string): string {
  return /^[\w.+-]{1,100}\.iso$/i.test(name)
    ? `WINDOWS=${name}`
    : 'WINDOWS=windows.iso  # rename the medium of Windows to this: its own name has characters that Proxmox does not take';
}

/** Double quotes keep the variables; none of these values holds a quote, a backslash or a backtick. */
function quoted(value: string): string {
  return /^[\w.=-]+$/.test(value) ? value : `"${value}"`;
}
