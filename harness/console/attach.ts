import { printable } from '../text/printable.ts';
import { ConsoleClient } from './client.ts';
import type { DetachKey } from './detach-key.ts';
import { lookInHere } from './look-in.ts';
import { findPlaces, type Placard } from './places.ts';

/** No VM is kept that was meant, or several. */
export class NotKept extends Error {
  override readonly name = 'NotKept';
}

/**
 * Puts this process's own terminal on the console of a VM that another process of this user keeps, until the person
 * leaves, the VM goes down or `signal` is aborted. Says before and after what is what.
 *
 * @param wanted a part of the run's id; all of it, or nothing where only one VM is kept
 * @throws {NotKept | KeptGone | PlaceNotPrivate | NoTerminal}
 */
export async function attachHere(
  wanted: string,
  options: { readonly detach: DetachKey; readonly signal: AbortSignal },
): Promise<void> {
  const place = choose(await findPlaces(), wanted);
  const { cell, run, until } = place.placard;
  const client = await ConsoleClient.connect(place);
  const { ended } = client;
  try {
    const clock = new Date(until).toLocaleTimeString('en-GB');
    process.stdout.write(
      `${printable(cell)}\n${printable(run)}\n${options.detach.name} leaves; the VM stays up until ${clock}.\n`,
    );
    const how = await lookInHere(client, { ...options, ended });
    const goneWhy = how === 'ended' && !options.signal.aborted ? await ended : null;
    process.stdout.write(
      goneWhy === null ? 'The VM is still up.\n' : `The VM is down: ${printable(goneWhy)}.\n`,
    );
  } finally {
    client.close();
  }
}

function choose<T extends { readonly placard: Placard }>(places: readonly T[], wanted: string): T {
  const fitting = places.filter(({ placard }) => placard.run.includes(wanted));
  const [one, ...more] = fitting;
  if (one !== undefined && more.length === 0) return one;
  const there = places
    .map(({ placard }) => `\n  ${printable(placard.run)}  ${printable(placard.cell)}`)
    .join('');
  if (places.length === 0) throw new NotKept('no VM is kept: `code43 run --keep-on-failure` keeps some');
  throw new NotKept(
    `${fitting.length === 0 ? 'no kept VM' : 'more than one'} fits "${printable(wanted)}"; kept are:${there}`,
  );
}
