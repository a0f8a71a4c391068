import { relative } from 'node:path';
import { describeRom } from '../rom/describe.ts';
import { hasExecutableEfiImage } from '../rom/executes.ts';
import type { FetchedRom } from '../rom/cache/fetch-rom.ts';
import { RomRefused } from '../rom/cache/rom-refused.ts';
import type { ListedRom } from '../scenario/rom-manifests.ts';
import { printable } from '../text/printable.ts';
import { DownloadFailed } from '../wire/download-failed.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printLines } from './rom-lines.ts';

/** What came of one ROM. */
export type FetchOutcome =
  | {
      readonly listed: ListedRom;
      readonly fetched: FetchedRom;
      readonly pinnedAt: string | null;
      readonly open: boolean;
    }
  | { readonly listed: ListedRom; readonly error: DownloadFailed | RomRefused };

/** 3 beats 1: what did not arrive says nothing about the file. */
export function fetchExitCode(outcomes: readonly FetchOutcome[]): ExitCode {
  const errors = outcomes.flatMap((outcome) => ('error' in outcome ? [outcome.error] : []));
  if (errors.some((error) => error instanceof DownloadFailed)) return EXIT.error;
  if (errors.length > 0) return EXIT.unexpected;
  return outcomes.length === 0 ? EXIT.nothingRan : EXIT.asExpected;
}

/** What `--json` prints of one ROM. */
export function fetchJson(outcome: FetchOutcome): Record<string, unknown> {
  const { ref } = outcome.listed;
  if (!('error' in outcome)) {
    const { fetched, open, pinnedAt } = outcome;
    const { sha256, path, how, resumed, facts } = fetched;
    return {
      ref,
      ok: true,
      how,
      sha256,
      size: facts.size,
      path,
      resumed,
      pinned: !open || pinnedAt !== null,
    };
  }
  const { error } = outcome;
  return error instanceof RomRefused
    ? { ref, ok: false, failure: error.why, error: error.message, sha256: error.sha256, keptAt: error.keptAt }
    : { ref, ok: false, failure: error.failure, error: error.message, status: error.status };
}

/** Prints what came of one ROM: on stdout, or on stderr where it failed. */
export function reportFetch(outcome: FetchOutcome, root: string): void {
  const { ref } = outcome.listed;
  if ('error' in outcome) {
    const lines = [outcome.error.message, ...adviceFor(outcome.error, ref)];
    process.stderr.write(`${lines.map((line) => printable(line, 1000)).join('\n')}\n`);
    return;
  }
  const { fetched, open, pinnedAt, listed } = outcome;
  printLines([
    ref,
    `  ${HOW[fetched.how]}, ${fetched.facts.size} bytes${resumedWords(fetched.resumed)}`,
    `  sha256 ${fetched.sha256}`,
    ...(hasExecutableEfiImage(fetched.facts) ? [] : [`  ${describeRom(fetched.facts).at(-2) ?? ''}`]),
    ...pinLines(open, pinnedAt, listed, fetched.sha256, root),
  ]);
}

const HOW: Readonly<Record<FetchedRom['how'], string>> = {
  cached: 'in the cache, and right',
  download: 'downloaded',
  file: 'taken from the file',
};

function resumedWords(resumed: number): string {
  return resumed === 0 ? '' : `, ${resumed} of them from an earlier attempt`;
}

function pinLines(
  open: boolean,
  pinnedAt: string | null,
  { ref, path, document, index }: ListedRom,
  sha256: string,
  root: string,
): readonly string[] {
  if (!open) return ['  the digest is the one that is pinned'];
  const file = relative(root, path);
  if (pinnedAt !== null) return [`  pinned in ${file}; look at the change and commit it`];
  const { line } = document.at(['roms', index, 'sha256']);
  return [
    `  Not pinned. To pin it, ${file}:${line} must say`,
    `    sha256: ${sha256}`,
    `  which code43 rom fetch ${ref} --pin does.`,
  ];
}

function adviceFor(error: DownloadFailed | RomRefused, ref: string): readonly string[] {
  if (error instanceof RomRefused)
    return [`  It is kept at ${error.keptAt} to be looked at; no run uses it.`, ...whatNow(error)];
  const kept =
    error.partial === null
      ? []
      : [`  ${error.partial.bytes.length} bytes are kept; the next fetch goes on from there.`];
  return [
    ...kept,
    `  Without a connection: code43 rom fetch ${ref} --from <file>, with the file from another machine.`,
  ];
}

function whatNow({ why, ref }: RomRefused): readonly string[] {
  return why === 'not-a-rom'
    ? [`  If you have the right file: code43 rom fetch ${ref} --from <file>.`]
    : [
        '  Do not use it before you know why. If the release was replaced, ask who published it, then change the',
        '  digest in the manifest in a commit of its own.',
      ];
}
