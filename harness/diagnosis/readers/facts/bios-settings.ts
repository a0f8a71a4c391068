import { Phrases } from '../phrases.ts';

const SETTINGS = new Phrases({
  'vt-d':
    'vt-d|vtd|intel vt-d|iommu|vt-d/iommu|vt d|dma remapping|iommu/vt-d|directed i/o|vt for directed i/o',
  'vt-x': 'vt-x|vtx|vmx|intel virtualization technology|virtualization technology|vt',
  'above-4g':
    'above 4g|above 4g decoding|above-4g|4g decoding|above 4g decode|above4g|above 4 gb|above 4gb|above 4g mmio|above 4 g',
  csm: 'csm|csm support|legacy boot|compatibility support module|legacy bios',
  dvmt: 'dvmt|dvmt pre-allocated|dvmt pre allocated|dvmt preallocated|stolen memory|igpu memory|pre-allocated|pre allocated|igpu memory size|dvmt memory|dvmt size|uma frame buffer',
  aperture: 'aperture|aperture size',
  'resizable-bar': 'resizable bar|rebar|re-size bar|resize bar|re-bar',
  'secure-boot': 'secure boot|secureboot',
  'sr-iov': 'sr-iov|sriov|sr-iov support|sriov support',
  'multi-monitor':
    'multi-monitor|igpu multi-monitor|multi monitor|igpu multi monitor|igd multi-monitor|multimonitor|igpu multimonitor|igd multi monitor',
  'primary-display':
    'primary display|primary graphics|initial display|initial display output|primary gpu|init display first|primary video|init display|boot display|primary display output|primary graphics adapter|primary vga|display priority',
  'internal-graphics':
    'internal graphics|integrated graphics|igpu|igd|onboard graphics|internal gfx|igfx|onboard vga|integrated gpu',
});

const STATES = new Phrases({
  on: 'on|aktiviert|eingeschaltet|activé|activado|enabled|enable|yes|active|activated|ok|true|1|force|forced|always enabled',
  off: "off|disabled|disable|no|none|not enabled|false|0|inactive|deactivated|not active|deaktiviert|nicht aktiviert|nicht aktiv|ausgeschaltet|désactivé|désactivée|desactivado|desactivada|not ticked|not set|switched off|turned off|not available|missing|greyed out|absent|unavailable|isn't enabled",
});

const PRIMARY = new Phrases<'igpu' | 'other' | 'not'>({
  not: "not|isn't|not the",
  igpu: 'igpu|igd|igfx|onboard|integrated|internal|intel|iGPU|cpu graphics|internal graphics|onboard graphics|integrated graphics|intel igpu|uhd|processor graphics|on-board|igd/igfx',
  other:
    'peg|pcie|pci-e|pci|pci express|dgpu|discrete|nvidia|amd|radeon|geforce|ext|external|external graphics|pegx16|pcie slot|gtx|rtx|other|aspeed|bmc|dedicated|pch pci|pch|quadro|1st pcie slot|pci-e slot|matrox|second gpu|other gpu|ast2500|ast2600|arc|rx|gt|ipmi|pcie x16',
});

/** "Disabled on the system page": where it is read. */
const WHERE =
  /(?<=\b(?:disabled|enabled|off|inactive|no|yes|active|missing|available|deaktiviert|aktiviert)\b.{0,3})\bon (?=(?:the|my|this|that|its|a|an|both|all|every|unraid|system|page|board|host)\b)/gi;

/** `vt-d=off`, `dvmt=64M`, `primary-display=PEG`: each setting of the host's firmware that a text names, with its state. */
export function biosSettingsIn(text: string): readonly string[] {
  const pieces = text.split(/[,;()|]|\.(?=\s|$)|\band\b|\bbut\b/i);
  return pieces.flatMap((piece) => {
    const setting = SETTINGS.tags(piece)[0];
    if (setting === undefined) return [];
    const state = STATES.tags(piece.replace(WHERE, ' ')).at(-1);
    const size = /\b\d{1,4} ?[mg]i?b?\b/i.exec(piece)?.[0].replace(/\s/g, '');
    if (setting === 'primary-display') {
      const primary = primaryIn(piece.replace(/^[^:=]*(?:[:=]| is )/, ''));
      return primary === null ? [] : [`primary-display=${primary}`];
    }
    const value = setting === 'dvmt' || setting === 'aperture' ? (size ?? state) : state;
    return value === undefined ? [] : [`${setting}=${value}`];
  });
}

/** Which graphics the host starts its display on. */
export function primaryIn(text: string): 'igpu' | 'other' | null {
  const tags = PRIMARY.tags(text);
  const first = tags.find((tag) => tag !== 'not');
  if (first === undefined) return null;
  if (tags[tags.indexOf(first) - 1] !== 'not') return first;
  return first === 'igpu' ? 'other' : 'igpu';
}
