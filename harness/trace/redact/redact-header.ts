import type { ExpectedDriver, TraceHeader } from '../header.ts';
import type { Redactor } from '../redact.ts';

type Described = Pick<TraceHeader, 'host' | 'guest'>;
type Named = Described & Pick<TraceHeader, 'id' | 'cell' | 'rom'>;

/** What a host says of itself and of a guest, without identities; what a verdict rests on stays as it is. */
export function redactDescribed<T extends Described>(described: T, redactor: Redactor): T {
  const { host, guest } = described;
  return {
    ...described,
    host: {
      ...host,
      igpu: { ...host.igpu, driver: redactDriver(host.igpu.driver, redactor) },
      facts: redactor.data(host.facts) as typeof host.facts,
    },
    guest: {
      ...guest,
      name: redactor.text(guest.name),
      build: guest.build === null ? null : redactor.text(guest.build),
      ...(guest.config === undefined ? {} : { config: redactor.config(guest.config) }),
    },
  };
}

/** What the guest says of its driver is redacted, too, and the two are compared. A version is nobody's name. */
function redactDriver({ version, ...names }: ExpectedDriver, redactor: Redactor): ExpectedDriver {
  return { ...(redactor.data(names) as ExpectedDriver), ...(version === undefined ? {} : { version }) };
}

/** The same of a whole header, with the names that its cell was given here. */
export function redactHeader<T extends Named>(header: T, redactor: Redactor): T {
  const { cell, host, guest, rom } = redactDescribed(header, redactor);
  return {
    ...header,
    id: redactId(header.id, redactor),
    cell: {
      ...cell,
      id: redactor.text(cell.id),
      scenario: redactor.text(cell.scenario),
      name: redactor.text(cell.name),
      axes: redactor.data(cell.axes) as typeof cell.axes,
      config: cell.config === null ? null : redactor.config(cell.config),
    },
    host: { ...host, name: redactor.text(host.name) },
    guest,
    rom: rom === null ? null : { ...rom, ref: redactor.text(rom.ref) },
  };
}

/** In an id of a run the parts of a name stand between dashes, as everything does. */
function redactId(id: string, redactor: Redactor): string {
  const clean = redactor.text(id.replaceAll('-', ' '));
  return clean.replaceAll(' ', (blank, at: number) => (id[at] === '-' ? '-' : blank));
}
