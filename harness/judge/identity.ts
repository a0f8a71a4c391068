import { digest } from '../trace/digest.ts';
import type { TraceHeader } from '../trace/header.ts';
import { canonicalGuest } from '../vmconfig/canonical-guest.ts';
import { canonicalUnderTest } from '../vmconfig/under-test.ts';

/**
 * The identity of a cell in the matrix: what makes two runs runs of the same thing. Renaming a file or a host
 * changes nothing; changing a key of the config under test does.
 */
export function identity(context: TraceHeader): string {
  const { cell, guest, host, rom } = context;
  return digest(
    JSON.stringify([
      host.platform,
      host.igpu.id,
      host.facts['cpu'] ?? null,
      rom === null ? null : (rom.sha256 ?? rom.ref),
      cell.config === null ? null : canonicalUnderTest(cell.config),
      guest.build ?? guest.name,
      guest.probe,
      host.igpu.driver,
      cell.boots,
      // Left out, not null, where a guest brings nothing: identities of earlier traces stay as they are.
      ...(guest.config === undefined ? [] : [canonicalGuest(guest.config)]),
      // Absent from most guests, and so from their identity.
      ...(guest.fault === undefined ? [] : [guest.fault]),
    ]),
  );
}
