import type { IgpuProfile, StretchProfile } from '../igpu/profile.ts';

const LABEL = 16;
const COLUMN = 14;

/** An iGPU's profile as lines for `printLines`, none of a table wider than 78 columns. */
export function igpuText(profile: IgpuProfile): readonly string[] {
  const { family, candidates, noGraphics, asked, device } = profile;
  const open = candidates.slice(1);
  const head = [
    `${asked}${device === null || device === asked.toLowerCase() ? '' : ` (${device})`}`,
    `${family.codename} (${family.code}): ${family.marketed}`,
    ...(open.length > 0
      ? [`The name leaves open: it may be ${open.join(' or ')} as well. \`lspci -nn\` on the host decides.`]
      : []),
  ];
  if (noGraphics) return [...head, 'This part is sold without an iGPU: there is nothing to pass through.'];
  return [
    ...head,
    '',
    ...aboutLines(profile),
    '',
    ...qemuLines(profile.qemu),
    '',
    ...gmsLines(profile),
    '',
    ...legacyLines(profile),
    'UPT, everything but legacy mode, needs:',
    ...profile.uptNeeds.map(({ what, who }) => `  - ${what} (for ${who})`),
  ];
}

function aboutLines({
  family,
  linux,
  sharing,
  vfLacks,
  roms,
  romWithoutGop,
}: IgpuProfile): readonly string[] {
  const generation =
    family.generation === null ? 'unknown to QEMU' : `${family.generation} in QEMU 10.0 and later`;
  return [
    `PCI ids, vendor 8086: ${family.devices}`,
    `Generation: ${generation}`,
    `SR-IOV: ${sriovWords(sharing)}${sharing.sriov === 'no' ? '' : `. A VF lacks ${vfLacks.join(', ')}: no monitor`}`,
    linuxWords(linux),
    `GVT-g: ${sharing.gvtgFrom === null ? 'no' : `yes, from Linux ${sharing.gvtgFrom}`}`,
    roms.length > 0
      ? 'ROMs that name this family (not a promise that they work):'
      : 'ROM: none known that names this family.',
    ...roms.map((rom) => `  ${rom}`),
    `  ${romWithoutGop}: no picture before the guest’s driver`,
  ];
}

function linuxWords({ driver, from, verified }: IgpuProfile['linux']): string {
  if (from === null) return `In a Linux guest: ${driver}, with force_probe only`;
  return `In a Linux guest: ${driver}, from Linux ${from}${verified ? '' : ' (unverified)'}; older ones need force_probe or leave it alone`;
}

function sriovWords({ sriov, sriovDrivers }: IgpuProfile['sharing']): string {
  const words = { yes: 'yes', no: 'no', both: 'reported both ways', unknown: 'not known' } as const;
  return `${words[sriov]}${sriovDrivers === '' ? '' : `, with ${sriovDrivers}`}`;
}

function qemuLines(qemu: readonly StretchProfile[]): readonly string[] {
  const row = (label: string, cell: (stretch: StretchProfile) => string): string =>
    `${label.padEnd(LABEL)}${qemu.map((stretch) => cell(stretch).padEnd(COLUMN)).join(' ')}`.trimEnd();
  const gms = { cleared: 'cleared', kept: 'the host’s', refused: 'none' } as const;
  return [
    row('QEMU', ({ versions }) => versions),
    row('generation', ({ generation }) => String(generation ?? 'unknown')),
    row('i440fx', ({ i440fx }) => i440fx),
    row('q35', ({ q35 }) => q35),
    row('OpRegion in UPT', ({ opregionDefault }) => (opregionDefault === 'on' ? 'by itself' : 'ask for it')),
    row('stolen memory', (each) => (each.generation === null ? 'none' : gms[each.gms])),
    '  Before 10.0 stolen memory is set up in legacy mode only.',
    ...qemu.flatMap(({ versions, notes }) => notes.map((note) => `  ${versions}: ${note}`)),
  ];
}

function gmsLines({ gms, qemu }: IgpuProfile): readonly string[] {
  const options = qemu.map(({ versions, gmsOption }) => `  ${versions}: ${gmsOption}`);
  const shown = gms.filter(({ value }) => /^0x([1-6]|8|10|20|40|f[037e])$/.test(value));
  const sizes = shown.map(({ value, miB }) => `${value} ${miB}`).join(' · ');
  return [
    'x-igd-gms, the stolen memory the guest is to see, may be:',
    ...options,
    ...(gms.length > 0 ? [`  in MiB: ${sizes}`] : []),
    ...(gms.length > 0
      ? ['  Leave it out where the host’s BIOS can set the size (DVMT pre-allocated).']
      : []),
  ];
}

function legacyLines({ qemu, legacyNeeds, proxmoxLegacyRefuses }: IgpuProfile): readonly string[] {
  if (qemu.every(({ i440fx }) => i440fx !== 'legacy')) return [];
  return [
    'Legacy mode needs all of these:',
    ...legacyNeeds.map((need) => `  - ${need}`),
    `  Proxmox refuses legacy-igd=1 with: ${proxmoxLegacyRefuses.join('; ')}.`,
  ];
}
