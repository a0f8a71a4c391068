import type { Redactor } from '../redact.ts';

/** A recording of a console that is not one, and so cannot be redacted. */
export class NoRecording extends Error {
  override readonly name = 'NoRecording';
}

/**
 * Takes identities out of an asciicast v2. What was shown is looked at as one text, since a name comes in as many
 * pieces as keys were pressed; pseudonyms keep its length, so every piece keeps its time.
 *
 * @throws NoRecording where a line is not what the format says
 */
export function redactRecording(cast: string, redactor: Redactor): string {
  const [header = '', ...rest] = cast.split('\n');
  const events = rest.filter((line) => line !== '').map(readEvent);
  const shown = events.map(({ code, text }) => (code === 'o' ? text : '')).join('');
  const clean = redactor.text(shown);
  let at = 0;
  const lines = events.map(({ t, code, text }) => {
    if (code !== 'o') return JSON.stringify([t, code, redactor.text(text)]);
    at += text.length;
    return JSON.stringify([t, code, clean.slice(at - text.length, at)]);
  });
  return `${[JSON.stringify(redactor.data(readHeader(header))), ...lines].join('\n')}\n`;
}

interface CastEvent {
  readonly t: number;
  readonly code: string;
  readonly text: string;
}

function readHeader(line: string): unknown {
  const header = parse(line);
  if (typeof header === 'object' && header !== null && !Array.isArray(header)) return header;
  throw new NoRecording('its first line is no header of an asciicast');
}

function readEvent(line: string): CastEvent {
  const value = parse(line);
  const [t, code, text] = Array.isArray(value) ? (value as readonly unknown[]) : [];
  if (typeof t === 'number' && typeof code === 'string' && code.length <= 8 && typeof text === 'string')
    return { t, code, text };
  throw new NoRecording('it has a line that is no event of an asciicast');
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new NoRecording('it has a line that is not JSON', { cause });
  }
}
