import type { Clock } from './download-deadlines.ts';
import { DownloadFailed } from './download-failed.ts';
import type { Partial } from './download.ts';

const MOST_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * Asks for a file, or for the rest of one, and goes where the server sends us. Out: the first answer that is no redirect.
 *
 * @throws {DownloadFailed} `redirect`: too many, or to a place that is not HTTPS; `http`: the answer is packed
 */
export async function follow(
  url: string,
  partial: Partial | null,
  { plainLoopback = false }: { readonly plainLoopback?: boolean },
  clock: Clock,
): Promise<Response> {
  let at = allowed(url, url, plainLoopback);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const answer = await fetch(at, {
      redirect: 'manual',
      signal: clock.signal,
      headers: headersFor(partial),
    });
    clock.moved();
    if (!REDIRECTS.includes(answer.status)) {
      const packing = answer.headers.get('content-encoding') ?? 'identity';
      if (packing === 'identity') return answer;
      await answer.body?.cancel();
      throw new DownloadFailed('http', url, 'the server sends it packed, although it was asked not to');
    }
    await answer.body?.cancel();
    const to = answer.headers.get('location');
    if (to === null || !URL.canParse(to, at))
      throw new DownloadFailed(
        'redirect',
        url,
        `the server answered ${answer.status} without saying where to`,
      );
    at = allowed(url, new URL(to, at), plainLoopback);
  }
  throw new DownloadFailed('redirect', url, `the server redirects more than ${MOST_REDIRECTS} times`);
}

function headersFor(partial: Partial | null): Record<string, string> {
  // Packed bytes could neither be counted nor resumed.
  const plain = { 'accept-encoding': 'identity' };
  if (partial === null) return plain;
  return { ...plain, range: `bytes=${partial.bytes.length}-`, 'if-range': partial.validator };
}

function allowed(url: string, to: string | URL, plainLoopback: boolean): URL {
  if (!URL.canParse(to)) throw new DownloadFailed('redirect', url, 'this is no URL');
  const target = new URL(to);
  const loopback = plainLoopback && target.protocol === 'http:' && target.hostname === '127.0.0.1';
  if (target.protocol !== 'https:' && !loopback)
    throw new DownloadFailed('redirect', url, `only https is spoken, not ${target.protocol.slice(0, 20)}`);
  if (target.username !== '' || target.password !== '')
    throw new DownloadFailed('redirect', url, 'a URL with a user name or password is not followed');
  return target;
}
