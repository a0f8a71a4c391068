import type { Case } from '../case.ts';
import type { Claim } from '../finding.ts';
import { claim, type Rule } from '../rule.ts';
import { isOtherVendor } from '../subject/other-vendor.ts';
import { modeOf } from '../subject/passed.ts';
import { qemuSince } from '../subject/qemu.ts';
import { fails, works } from '../subject/trouble.ts';

/** The iGPU is a plain display controller (PCI class 0380), as the firmware makes it beside another primary card. */
export const deviceClass: Rule = {
  id: 'device-class',
  findings: ['host.class-not-vga'],
  conclude: (of) => {
    const classes = of.facts.of('deviceClass');
    const plain = classes.filter(({ value }) => /^(?:0x)?0380/.test(value));
    const mode = modeOf(of);
    // Both are seen where the BIOS was changed between two listings: then nobody knows which one is of today.
    if (plain.length === 0 || plain.length < classes.length) return [];
    if (mode === 'vf' || mode === 'mdev' || isOtherVendor(of)) return [];
    return [
      claim({
        id: 'host.class-not-vga',
        ...how(of),
        title: 'The iGPU is a “Display controller” (class 0380), not a VGA one (0300)',
        detail:
          'Firmware makes it so where another card is the primary display. Legacy mode is for class 0300 only, in every QEMU; before 10.1 so is all that QEMU does for an iGPU by itself. From 10.1 on the OpRegion is passed all the same.',
        evidence: [...plain.map(({ quote }) => quote), ...of.facts.quotes('qemuVersion')],
        fix: {
          why: 'As the primary display it is of class 0300 again.',
          vm: [],
          steps: [
            {
              where: 'bios',
              text: 'Primary display: IGFX / iGPU / internal, with a monitor or a dummy plug on it.',
            },
            { where: 'host', text: 'lspci -nn -s 00:02.0   # must say [0300]; else QEMU 10.1 or newer' },
          ],
          source: 'QEMU hw/vfio/igd.c, vfio_is_vga() and vfio_is_base_display()',
        },
        explains: ['host.vga-access', 'guest.code43'],
      }),
    ];
  },
};

/** A cause only of legacy mode that is asked for: without it such a device may work, given its OpRegion. */
function how(of: Case): Pick<Claim, 'severity' | 'confidence'> {
  if (works(of)) return { severity: 'info', confidence: 'certain' };
  if (!fails(of)) return { severity: 'warning', confidence: 'likely' };
  const legacy =
    of.signals.has('igd-vga-access') ||
    of.vms.some(({ devices }) =>
      devices.some(({ legacyIgd, properties }) => legacyIgd || properties.get('x-igd-legacy-mode') === 'on'),
    );
  if (legacy) return { severity: 'cause', confidence: 'likely' };
  // Xen still looks for class 0300, unless its QEMU is known to be newer.
  const xen = of.facts.all.some(({ quote }) => /\b(?:xen|qubes|xcp-ng)\b/i.test(quote.text));
  const newer = qemuSince(of, '10.1') ?? !xen;
  return { severity: 'contributing', confidence: newer ? 'possible' : 'likely' };
}
