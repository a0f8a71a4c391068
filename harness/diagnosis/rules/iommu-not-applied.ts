import type { Case } from '../case.ts';
import type { Quote } from '../quote.ts';
import { claim, type Rule } from '../rule.ts';
import { works } from '../subject/trouble.ts';

const ON = /(?:^|[\s"'])intel_iommu=(?:on|\S*,on|on,\S*)/;
/** A command line that a kernel was really started with. */
const STARTED = /(?:^|\s)(?:BOOT_IMAGE|initrd)=\S/;
/** Lines of a kernel whose IOMMU is in use. */
const IN_USE = ['dmar-on', 'dmar-vtd', 'iommu-group', 'dmar-skip-gfx', 'not-viable'];
/** Lines with which a start is refused for the want of it. */
const REFUSED = ['pve-no-iommu', 'virt-no-support', 'vfio-no-group', 'iommu-not-covered'];

/**
 * intel_iommu=on was written where this boot loader does not look: Proxmox VE on ZFS with UEFI starts by systemd-boot,
 * which reads /etc/kernel/cmdline, and not GRUB’s settings.
 */
export const iommuNotApplied: Rule = {
  id: 'iommu-not-applied',
  findings: ['host.iommu-off'],
  conclude: (of) => {
    const { running, written } = commandLines(of);
    const told = of.facts.saying('sign', 'iommu-not-applied');
    const lacks = running.length > 0 && !running.some(({ value }) => ON.test(value)) && written.length > 0;
    if (works(of) || of.signals.has(...IN_USE) || !(lacks || told.length > 0)) return [];
    const refused = REFUSED.flatMap((id) => of.signals.of(id));
    const byDefault = onByDefault(of);
    if (refused.length === 0 && byDefault) return [];
    return [
      claim({
        id: 'host.iommu-off',
        severity: 'cause',
        confidence: refused.length > 0 || lacks ? 'certain' : 'likely',
        title: 'intel_iommu=on did not reach the kernel: it stands where this boot loader does not look',
        detail:
          'The kernel that runs was started without it. Proxmox VE on ZFS with UEFI starts by systemd-boot, which takes /etc/kernel/cmdline; GRUB’s settings and update-grub change nothing there.',
        evidence: [
          ...running.map(({ quote }) => quote),
          ...written.map(({ quote }) => quote),
          ...told,
          ...refused.map(({ quote }) => quote),
        ],
        fix: {
          why: 'Write the parameter where the boot loader in use reads it.',
          vm: [],
          steps: [
            {
              where: 'host',
              text: 'proxmox-boot-tool status   # says whether it is grub or systemd-boot (uefi)',
            },
            {
              where: 'host',
              text: 'systemd-boot: add intel_iommu=on to the one line of /etc/kernel/cmdline, proxmox-boot-tool refresh, restart, and look: cat /proc/cmdline',
            },
          ],
          source: 'Proxmox VE Administration Guide, Host Bootloader; Linux kernel-parameters.txt',
        },
        explains: ['rom.missing', 'host.group-not-viable', 'guest.code43', 'host.bios-settings'],
      }),
    ];
  },
};

interface Line {
  readonly value: string;
  readonly quote: Quote;
}

function commandLines({ facts }: Case): {
  readonly running: readonly Line[];
  readonly written: readonly Line[];
} {
  const all = facts.of('kernelCommandLine');
  const running = all.filter(({ value, by }) => by === 'machine' && STARTED.test(value));
  return { running, written: all.filter((one) => !running.includes(one) && ON.test(one.value)) };
}

/** Kernels of Proxmox VE switch it on by themselves from 6.8 on (CONFIG_INTEL_IOMMU_DEFAULT_ON). */
function onByDefault({ facts }: Case): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(facts.get('kernel') ?? imageOf(facts) ?? '') ?? [];
  return Number(major ?? 0) * 100 + Number(minor ?? 0) >= 608;
}

function imageOf(facts: Case['facts']): string | null {
  const lines = facts.of('kernelCommandLine').map(({ value }) => value);
  return (
    lines
      .map((value) => /(?:vmlinuz|img|linux)[-\\/](\d+\.\d+)/.exec(value)?.[1])
      .find((one) => one !== undefined) ?? null
  );
}
