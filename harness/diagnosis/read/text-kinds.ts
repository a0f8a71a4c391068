import type { PartKind } from '../part.ts';
import { announcement, type Announcement } from './announcement.ts';
import { claimOf } from './claim.ts';
import { configShape } from './config-shape.ts';
import { deviceLines } from './device-lines.ts';
import type { TextLine } from './stretch.ts';

/** What each line of a text is. `blank` and `none` (prompts, headings, fences) belong to no part. */
export interface Sorted {
  readonly line: TextLine;
  readonly kind: PartKind | 'blank' | 'none';
  readonly announces: Announcement | null;
}

type Kinds = (PartKind | 'blank' | 'none' | null)[];

/**
 * Sorts the lines of a text that no log's prefix marks. Where a line could be two things: what its neighbours are
 * decides; where they say nothing, it is plain facts, which are searched for signatures, too.
 */
export function sortText(lines: readonly TextLine[]): readonly Sorted[] {
  const kinds: Kinds = lines.map((line) =>
    line.text === '' ? (line.framed ? 'none' : 'blank') : claim(line),
  );
  spanProbe(lines, kinds);
  spanXml(lines, kinds);
  spanDevices(lines, kinds);
  spanConfig(lines, kinds);
  const announces = lines.map(({ text }, at) => (kinds[at] === null ? announcement(text) : null));
  announces.forEach((said, at) => (kinds[at] = said === null ? (kinds[at] ?? null) : 'none'));
  continueBlocks(lines, kinds, announces);
  return lines.map((line, at) => ({ line, kind: kinds[at] ?? 'facts', announces: announces[at] ?? null }));
}

// Names of drivers that people also use as a key: `i915: blacklisted`.
const SPOKEN =
  /^\s{0,8}(?:i915|xe|iommu|kvm|qemu-kvm|vfio|pci|vfio-pci|libvirt|hint|ACPI|BUG|nvidia|amdgpu|WARN(?:ING)?): /i;
const PACKAGE =
  /^[a-z0-9][a-z0-9.+-]{1,60}: (?:\d[\w.+~:-]{0,60}|not correctly installed)(?: \([^()]{1,80}\))?$/;
const OF_LSPCI =
  /^(?:\t| {2,}\S|[0-9a-f]{2,3}:(?: [0-9a-f]{2}){4,16}$|\s{0,8}(?:Subsystem|DeviceName|Kernel driver in use|Kernel modules|Flags|Capabilities|Control|Status|Memory at|I\/O ports at|Expansion ROM at|Region \d|Interrupt|IOMMU group|Latency|Physical Slot|Driver|Module)\b)/;

function claim({ text, hit }: TextLine): PartKind | null {
  const kind = claimOf(text);
  const spoken = (kind === 'kernel-log' || kind === 'qemu-log') && SPOKEN.test(text);
  return spoken && !hit && text.trim().split(/\s{1,40}/, 7).length < 6 ? null : kind;
}

function spanProbe(lines: readonly TextLine[], kinds: Kinds): void {
  for (let at = 0; at < lines.length; at += 1) {
    if (!lines[at]?.text.startsWith('@@IGPU1')) continue;
    const end = lines.findIndex(({ text }, n) => n > at && n < at + 4 && text === '@@END');
    if (end > 0) kinds.fill('probe-answer', at, end + 1);
  }
}

/** From the first line of XML to the last: what stands between is text or a comment of it. */
function spanXml(lines: readonly TextLine[], kinds: Kinds): void {
  for (let at = 0; at < lines.length; at += 1) {
    if (kinds[at] !== 'libvirt-xml') continue;
    let end = at;
    const whole =
      /<domain[\s>]/.test(lines[at]?.text ?? '') || /^\s*<(?:!--|\?xml)/.test(lines[at]?.text ?? '');
    const reach = whole ? 60 : 4;
    for (let next = at + 1; next < lines.length && next - end <= reach; next += 1) {
      if (
        kinds[next] === 'libvirt-xml' ||
        /^\s*(?:<\/?[a-zA-Z][\w:.-]*[\s/>]|-->)/.test(lines[next]?.text ?? '')
      )
        end = next;
      if (/<\/domain>/.test(lines[next]?.text ?? '')) break;
    }
    kinds.fill('libvirt-xml', at, end + 1);
    at = end;
  }
}

function spanDevices(lines: readonly TextLine[], kinds: Kinds): void {
  for (const [from, to] of blocks(lines, kinds)) {
    const texts = lines.slice(from, to).map(({ text }) => text);
    deviceLines(texts).forEach((is, n) => {
      if (is && (kinds[from + n] ?? null) === null) kinds[from + n] = 'device-status';
    });
  }
}

/** Runs of lines without a blank between, as first line and the one behind the last. */
function* blocks(lines: readonly TextLine[], kinds: Kinds): Generator<readonly [number, number]> {
  let from = 0;
  for (let at = 0; at <= lines.length; at += 1) {
    if (at < lines.length && kinds[at] !== 'blank' && kinds[at] !== 'none') continue;
    if (at > from) yield [from, at];
    from = at + 1;
  }
}

/** A comment or the head of a snapshot's section. */
function isAside(text: string): boolean {
  return /^#|^\[[\w.-]{1,60}\]$/.test(text) && announcement(text) === null;
}

/** So many lines that fit a config are one, even if none is telling. */
const ENOUGH = 3;

function spanConfig(lines: readonly TextLine[], kinds: Kinds): void {
  let expected = false;
  for (let at = 0; at < lines.length; at += 1) {
    const said = kinds[at] === null ? announcement(lines[at]?.text ?? '') : null;
    if (said !== null) expected = said.kind === 'proxmox-config';
    let end = at;
    let telling = expected;
    let fits = 0;
    for (; end < lines.length; end += 1) {
      if (kinds[end] === 'blank') continue;
      const { text = '' } = lines[end] ?? {};
      const shape = kinds[end] === null ? configShape(text) : null;
      if (shape === null && !(kinds[end] === null && isAside(text))) break;
      telling ||= shape === 'telling';
      if (shape !== null) fits += 1;
    }
    if (fits === 0) {
      at = Math.max(at, end - 1);
      continue;
    }
    while (end > at && (kinds[end - 1] === 'blank' || isAside(lines[end - 1]?.text ?? ''))) end -= 1;
    if (telling || fits >= ENOUGH)
      for (let n = at; n < end; n += 1) kinds[n] = kinds[n] === 'blank' ? 'blank' : 'proxmox-config';
    at = Math.max(at, end - 1);
  }
}

/** Lines that claim nothing by themselves, but go on with what stands above them. */
function continueBlocks(
  lines: readonly TextLine[],
  kinds: Kinds,
  announces: readonly (Announcement | null)[],
): void {
  let above: PartKind | null = null;
  let expected: PartKind | null = null;
  for (let at = 0; at < lines.length; at += 1) {
    const { text = '' } = lines[at] ?? {};
    const said = announces[at];
    if (said !== null && said !== undefined) [above, expected] = [null, said.kind];
    const kind = kinds[at] ?? null;
    if (kind === 'blank') {
      if (above !== 'lspci') above = null;
      continue;
    }
    if (kind === 'none') continue;
    if (kind === null) kinds[at] = continued(text, above, lines[at - 1]?.text ?? '') ?? expected ?? 'facts';
    above = kinds[at] as PartKind;
    if (kind !== null || above === 'facts') expected = kind !== null && kind === expected ? expected : null;
  }
}

function continued(text: string, above: PartKind | null, before: string): PartKind | null {
  if (above === 'lspci' && OF_LSPCI.test(text)) return above;
  if (above === 'pve-versions' && PACKAGE.test(text)) return above;
  if ((above === 'qemu-command-line' || above === 'host-file') && before.endsWith('\\')) return above;
  if (above === 'host-file' && /^\s{0,8}#|^vfio(?:_\w{1,30})?$|^GRUB_\w{1,40}=/.test(text)) return above;
  return null;
}
