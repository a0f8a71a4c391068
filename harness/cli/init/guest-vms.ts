import { type GuestVms, proposeGuests } from '../../init/guest-fit.ts';
import type { SeenNode, SeenVm } from '../../init/seen-node.ts';
import { OWN_TAG } from '../../init/seen-vms.ts';
import type { Connection } from '../../scenario/connection.ts';
import type { Library } from '../../scenario/library.ts';
import { suggestion } from '../../scenario/suggestion.ts';
import { printable } from '../../text/printable.ts';
import { UsageError } from '../usage-error.ts';
import { type Asker, tell } from './asker.ts';
import { vmLines } from './seen-text.ts';

interface Known {
  readonly seen: SeenNode;
  readonly library: Library;
  /** What the owner's file says of this host already. */
  readonly inForce: Connection | null;
}

/**
 * Which VMs are which guests: those that are said and those that the owner's file has; where there are none, those that
 * can only be meant, or what the person says.
 *
 * @throws UsageError there is nothing that could be a guest, it must be said, or what is said cannot be
 */
export async function guestVms(
  said: readonly string[],
  known: Known,
  asker: Asker | null,
): Promise<GuestVms> {
  const { seen, library, inForce } = known;
  const there = new Map(
    Object.entries(inForce?.guests ?? {}).flatMap(([guest, source]) => {
      const vmid = 'template' in source ? source.template : source.vm;
      const vm = seen.vms.find((one) => one.vmid === vmid);
      return vm === undefined ? [] : [[guest, vm] as const];
    }),
  );
  if (said.length > 0) return new Map([...there, ...readGuests(said, known)]);
  if (there.size > 0) return there;
  if (seen.vms.length === 0) throw new UsageError(NOTHING);
  const proposed = proposeGuests(seen.vms, library.guests.values());
  const words = [...proposed].map(([guest, { vmid }]) => `${guest}=${vmid}`).join(' ');
  if (asker === null) {
    if (proposed.size > 0) return proposed;
    throw new UsageError(
      ['which VM is which guest cannot be seen: say it with --guest <guest>=<vmid>', ...choices(known)].join(
        '\n',
      ),
    );
  }
  for (const line of choices(known)) tell(line);
  return asker.ask(
    'Which is which, as <guest>=<vmid>; several with a space between',
    words === '' ? null : words,
    (answer) =>
      readGuests(
        answer.split(/\s+/).filter((word) => word !== ''),
        known,
      ),
  );
}

const NOTHING =
  `the node has no template, and no VM with the tag ${OWN_TAG}: there is nothing to boot. ` +
  'docs/windows-template.md makes a template of Windows 11 (code43 guest build win11); ' +
  `a VM of your own becomes one that runs may work in by \`qm set <vmid> --tags ${OWN_TAG}\`, which replaces the tags it has`;

function choices({ seen, library }: Known): readonly string[] {
  return [
    `Templates, and VMs with the tag ${OWN_TAG}, on the node:`,
    ...vmLines(seen.vms).map((line) => `  ${line}`),
    `Guests in scenarios/guests: ${[...library.guests.keys()].join(', ')}`,
  ];
}

function readGuests(words: readonly string[], { seen, library }: Known): GuestVms {
  if (words.length === 0) throw new UsageError('expected <guest>=<vmid>, such as win11-iot=9000');
  return new Map(words.map((word) => readGuest(word, seen, library)));
}

function readGuest(word: string, seen: SeenNode, { guests }: Library): readonly [string, SeenVm] {
  const shown = `--guest ${printable(word, 80)}`;
  const [, guest = '', digits = ''] = /^([^=]{1,64})=([1-9]\d{2,8})$/.exec(word) ?? [];
  if (guest === '') throw new UsageError(`${shown}: expected <guest>=<vmid>, such as win11-iot=9000`);
  if (!guests.has(guest)) {
    const hint = suggestion(guest, guests.keys()) ?? `there are: ${[...guests.keys()].join(', ')}`;
    throw new UsageError(`${shown}: no guest in scenarios/guests has that name; ${hint}`);
  }
  const vmid = Number(digits);
  const vm = seen.vms.find((one) => one.vmid === vmid);
  if (vm !== undefined) return [guest, vm];
  throw new UsageError(
    seen.taken.includes(vmid)
      ? `${shown}: ${vmid} is no template and no VM with the tag ${OWN_TAG} on this node; \`qm set ${vmid} --tags ${OWN_TAG}\` lets runs work in it, and roll it back, and replaces the tags it has`
      : `${shown}: the node has no VM ${vmid}`,
  );
}
