/** How a finding is put that the diagnosis of a case and the judge of a trace both make. */
export interface Said {
  readonly title: string;
  readonly detail: string;
}

const ROM_WHY =
  'The driver of a Windows guest needs what the option ROM hands over: the OpRegion and the stolen memory. Without romfile QEMU asks the host’s kernel for the device’s own ROM, and on a host that starts by UEFI there is none.';

/** @param proved by a config or by QEMU itself; else only the kernel’s line speaks for it */
export function saidOfMissingRom(proved: boolean): Said {
  return proved
    ? { title: 'The device has no option ROM', detail: ROM_WHY }
    : {
        title: 'The device probably has no option ROM',
        detail: `${ROM_WHY} The kernel’s line alone proves nothing: it appears on working systems too, and its value says nothing. It counts here because the guest fails and no romfile is known.`,
      };
}

/** Of `args` with a quote that is not closed. */
export const SAID_OF_OPEN_QUOTE: Said = {
  title: 'A quote in args is not closed, so Proxmox starts the VM without any of them',
  detail: 'It says nothing about that: every option in the line is missing from the VM.',
};

/** @param place where the guest has the iGPU, in words or as an address */
export function saidOfGuestAddress(place: string): Said {
  return {
    title: `The guest sees the iGPU at ${place}, not at 00:02.0`,
    detail:
      'Windows’ driver, macOS and the firmware’s picture expect it at 00:02.0, as on real machines. A Linux guest does not mind. x-vga=1 does not move it.',
  };
}
