import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A program that was run on the node, and what came back. */
export interface ProgramTranscript {
  readonly argv: readonly string[];
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A question to the API, and what came back. */
export interface HttpTranscript {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  /** Who asked: a token's id, a user with a ticket, or `none`. `token` is any. */
  readonly as: string;
  readonly status: number;
  readonly reason: string;
  readonly body: string;
}

export type Transcript = ProgramTranscript | HttpTranscript;

const folder = join(import.meta.dirname, '../transcripts');
const all = new Map<string, Transcript>(
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) =>
      Object.entries(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, Transcript>),
    ),
);

/** Names of all transcripts. */
export const TRANSCRIPTS: readonly string[] = [...all.keys()];

export function transcript(name: string): Transcript {
  const found = all.get(name);
  if (found === undefined) throw new Error(`no transcript ${name}`);
  return found;
}

export function isHttp(one: Transcript): one is HttpTranscript {
  return 'method' in one;
}
