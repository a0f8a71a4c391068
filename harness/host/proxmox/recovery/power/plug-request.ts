import type { Limit } from '../../../../wire/deadline.ts';
import { PowerSwitchFailed } from './power-switch-failed.ts';

/** Seconds for one answer, and its bytes: a plug is one room away, and says little. */
const ANSWER = 10;
const BYTES = 65_536;

/**
 * Asks a plug something by GET and reads its answer as JSON. No redirect is followed.
 *
 * @param what for messages: `the Shelly plug`
 * @throws PowerSwitchFailed; the signal's reason
 */
export async function askPlug(what: string, url: URL, { seconds, signal }: Limit): Promise<unknown> {
  const patience = Math.min(ANSWER, seconds);
  const late = AbortSignal.timeout(patience * 1000);
  try {
    const answer = await fetch(url, {
      redirect: 'manual',
      signal: signal === undefined ? late : AbortSignal.any([late, signal]),
    });
    const text = await bounded(answer);
    if (answer.status === 401) throw new PowerSwitchFailed(what, 'it wants another login (401)');
    if (answer.status !== 200) throw new PowerSwitchFailed(what, `it answered ${answer.status}`);
    return JSON.parse(text);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof PowerSwitchFailed) throw error;
    if (late.aborted) throw new PowerSwitchFailed(what, `no answer within ${patience} s`);
    if (error instanceof SyntaxError)
      throw new PowerSwitchFailed(what, 'it answered something that is no JSON');
    // Its address stands in what fetch says, and its user's password may stand in the address.
    const cause: unknown = error instanceof Error ? error.cause : undefined;
    throw new PowerSwitchFailed(
      what,
      `it cannot be reached${cause === undefined ? '' : `: ${codeOf(cause)}`}`,
    );
  }
}

async function bounded(answer: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let count = 0;
  for await (const part of answer.body ?? []) {
    count += part.length;
    if (count > BYTES) throw new SyntaxError('too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

function codeOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /^[A-Z_]{3,40}$/.test(code) ? code : 'the connection ended';
}
