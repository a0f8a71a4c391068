import { CommandFailed } from '../../wire/command-failed.ts';

/** What apt, dpkg or the disk said, and what a person can do about it. First match wins. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/no space left on device|ENOSPC/i, 'the disk is full: make room in the cache directory'],
  [
    /unable to locate package|no packages found|has no installation candidate|404 +not found|hash sum mismatch/i,
    "the machine's package lists are missing or too old: run apt-get update as root and try again",
  ],
  [
    /could not resolve|temporary failure|could not connect|failed to fetch|connection (timed out|refused)|unreachable/i,
    "Debian's packages could not be fetched: check the network and the proxy settings of apt",
  ],
  [
    /permission denied|EACCES/i,
    'the cache directory is not writable: change its owner or set XDG_CACHE_HOME',
  ],
];

const NO_DEBIAN =
  'guest images are built from Debian packages with apt-get and dpkg-deb: build them on Debian 12 or 13 (amd64) ' +
  'and copy the cache directory here';

/** A guest image could not be built; the message says what was tried and what to do next, `cause` has the details. */
export class GuestBuildFailed extends Error {
  override readonly name = 'GuestBuildFailed';

  /** Explains what went wrong while doing `what`; hands on an abort as it is. */
  static from(what: string, cause: unknown): Error {
    if (cause instanceof GuestBuildFailed) return cause;
    if (cause instanceof CommandFailed && cause.aborted) return cause;
    if (cause instanceof Error && cause.name === 'AbortError') return cause;
    return new GuestBuildFailed(`${what} failed: ${advise(cause)}`, { cause });
  }
}

function advise(cause: unknown): string {
  if (cause instanceof CommandFailed && cause.code === 127) return `${NO_DEBIAN}\n${cause.message}`;
  const said = cause instanceof Error ? cause.message : String(cause);
  const advice = ADVICE.find(([pattern]) => pattern.test(said))?.[1];
  return advice === undefined ? said : `${advice}\n${said}`;
}
