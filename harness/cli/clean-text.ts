import { isClean } from '../host/proxmox/clean/clean-node.ts';
import type { Fate, Item, Removal, Thing } from '../host/proxmox/clean/item.ts';
import { duration, type LeaseHolder, leaseHolderText } from '../host/proxmox/lease/lease-holder.ts';
import { indented } from '../report/terminal/finding.ts';
import { paint, type TerminalOptions } from '../report/terminal/paint.ts';
import { printable } from '../text/printable.ts';

export interface CleanTextOptions extends TerminalOptions {
  /** Whether it may be said who somebody is: on their own terminal, never in a log that others read. */
  readonly identities: boolean;
}

type Heading = readonly [kind: Fate['kind'], words: string];
const HEADINGS: readonly Heading[] = [
  ['remove', 'left by runs that are over'],
  ['busy', 'to be looked at again'],
  ['stays', 'ours, but in somebody’s hands: left alone'],
  ['in-use', 'in use: left alone'],
  ['unknown', 'perhaps ours: left alone'],
];

const DEEDS: Readonly<Record<Removal['by'], readonly [toDo: string, done: string]>> = {
  destroy: ['stop it and destroy it', 'destroyed'],
  'go-back': ['go back to it, then remove it', 'gone back to, and removed'],
  forget: ['remove it; the VM stays as it is', 'removed'],
  'forget-half': ['remove what there is of it; it is not whole', 'removed'],
  unlink: ['remove it', 'removed'],
};

/** What was found on a node, before anything is done. */
export function foundText(host: string, items: readonly Item[], options: CleanTextOptions): string {
  const parts = HEADINGS.flatMap(([kind, heading]) => {
    const these = items.filter(({ fate }) => fate.kind === kind);
    if (these.length === 0) return [];
    return [
      paint(options.colour, 'bold', `${printable(host)}: ${heading}`),
      ...these.flatMap((item) => itemLines(item, options)),
    ];
  });
  return parts.length === 0 ? '' : lines(parts);
}

/** What has become of one thing. */
export function doneText({ thing, fate }: Item, error: string | null, options: CleanTextOptions): string {
  const word = error === null && fate.kind === 'remove' ? DEEDS[fate.removal.by][1] : 'not removed';
  const [first = '', ...rest] = indented(`${word}: ${printable(thingText(thing, options))}`, 0, options);
  const painted = paint(options.colour, error === null ? 'green' : 'red', word);
  const why = error === null ? [] : indented(printable(error, 600), 4, options);
  return lines([`${painted}${first.slice(word.length)}`, ...rest, ...why]);
}

/** What is there when all is done. */
export function endText(host: string, left: readonly Item[], dryRun: boolean): string {
  const ours = left.filter((item) => !isClean([item])).length;
  const things = `${ours} thing${ours === 1 ? '' : 's'} of ours`;
  if (ours === 0) return `${printable(host)}: nothing of ours is left behind.\n`;
  return dryRun
    ? `${printable(host)}: ${things}; nothing was changed.\n`
    : `${printable(host)}: ${things} stayed; see above why.\n`;
}

/** Why nothing is done yet. */
export function waitText(
  host: string,
  items: readonly Item[],
  seconds: number,
  options: CleanTextOptions,
): string {
  const whats = items.map(({ thing }) => printable(thingText(thing, options))).join('; ');
  return lines(indented(`${printable(host)}: waiting up to ${seconds} s for: ${whats}`, 0, options));
}

function itemLines({ thing, fate }: Item, options: CleanTextOptions): readonly string[] {
  return indented(printable(`${thingText(thing, options)}: ${fateText(fate, options)}`, 900), 2, options);
}

function thingText(thing: Thing, { identities }: CleanTextOptions): string {
  switch (thing.kind) {
    case 'vm':
      return `VM ${thing.vmid} (${thing.name})${thing.running ? ', running' : ''}`;
    case 'snapshot':
      return `snapshot ${thing.name} of VM ${thing.vmid}${thing.running ? ', running' : ''}`;
    case 'rom':
      return thing.whole ? `ROM ${thing.file}` : `half a ROM, ${thing.file}`;
    case 'monitor':
      return `monitor socket of VM ${thing.vmid}`;
    case 'note':
      return `note that VM ${thing.vmid} was asked for`;
    case 'lease': {
      const owner = identities && thing.holder.owner !== null ? `, of ${thing.holder.owner}` : '';
      return `lease of ${thing.address}${owner}, last heard of ${duration(thing.silent)} ago`;
    }
    case 'nameless':
      return `VM ${thing.vmid}, which has no name`;
  }
}

function fateText(fate: Fate, { identities }: CleanTextOptions): string {
  switch (fate.kind) {
    case 'remove':
      return (
        DEEDS[fate.removal.by][0] + (fate.removal.unlock ? '; first the lock that a killed task left' : '')
      );
    case 'in-use':
      return holderText(fate.by, identities);
    case 'busy':
    case 'stays':
    case 'unknown':
      return fate.why;
  }
}

function holderText(holder: LeaseHolder, identities: boolean): string {
  const owner = identities && holder.owner !== null ? `${holder.owner}: ` : '';
  return `by ${owner}${leaseHolderText(holder)}`;
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
