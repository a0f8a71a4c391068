import type { Signature } from './signature.ts';

/** What the signature reads out of a message, by name; null where the message is not such a line. */
export function matchLine(
  { pattern }: Pick<Signature, 'pattern'>,
  message: string,
): Readonly<Record<string, string>> | null {
  const match = pattern.exec(message);
  if (match === null) return null;
  const captures: Record<string, string> = {};
  for (const [name, value] of Object.entries(match.groups ?? {}))
    if (typeof value === 'string') captures[name] = value;
  return captures;
}
