import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import { splitArgs } from '../vmconfig/args.ts';
import type { OwnerLine } from './cell.ts';
import { type Connection, connectionShape } from './connection.ts';
import type { SourceFiles } from './source-files.ts';

/** What a host's owner says of it. */
export interface Owned {
  /** Lines of QEMU arguments that scenarios may use there. */
  readonly args: readonly OwnerLine[];
  /** Null: it cannot be reached from here. */
  readonly connection: Connection | null;
}

/** Of each host by its name. */
export type Owners = ReadonlyMap<string, Owned>;

const line = z
  .string('expected a line of QEMU arguments')
  .regex(/^[^\x00-\x1f\x7f-\x9f]{1,500}$/, 'expected a line of QEMU arguments of at most 500 characters')
  .refine(
    (text) => {
      const split = splitArgs(text);
      return split.kind === 'words' && split.words.length > 0;
    },
    { message: 'expected words, with every quote closed' },
  );

const OwnerSchema = z.record(
  z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'expected the name of a host'),
  z.strictObject(
    {
      args: z
        .array(line, 'expected a list of lines')
        .max(200)
        .default([])
        .describe('Lines that `args` of a scenario may hold on this host, word for word.'),
      ...connectionShape,
    },
    'expected what is allowed on the host, such as { args: [...] }',
  ),
  'expected hosts by their names',
);
type OwnerEntry = z.output<typeof OwnerSchema>[string];

/**
 * Where the owner of this machine says what scenarios may do here: `$XDG_CONFIG_HOME/code43/hosts.yaml`, else
 * `~/.config/code43/hosts.yaml`. A relative `XDG_CONFIG_HOME` is ignored (XDG Base Directory Specification).
 */
export function ownerFile(env: NodeJS.ProcessEnv = process.env): string {
  const xdg = env['XDG_CONFIG_HOME'];
  const base =
    xdg !== undefined && path.isAbsolute(xdg) ? xdg : path.join(env['HOME'] ?? homedir(), '.config');
  return path.join(base, 'code43', 'hosts.yaml');
}

/** Loads the owner's file; what is wrong in it goes to `files`, and no file allows nothing. */
export async function loadOwner(file: string | null, files: SourceFiles): Promise<Owners> {
  if (file === null || !(await isThere(file))) return new Map();
  const loaded = await files.load(file, OwnerSchema);
  if (loaded === null) return new Map();
  const { value, document } = loaded;
  return new Map(
    Object.entries(value).map(([host, { args, ...said }]) => [
      host,
      {
        args: args.map((text, index) => ({
          text,
          where: `${document.file}:${document.at([host, 'args', index]).line}`,
        })),
        connection: connectionOf(said),
      },
    ]),
  );
}

function connectionOf({ reach, power, ...rest }: Omit<OwnerEntry, 'args'>): Connection | null {
  return reach === undefined ? null : { ...rest, reach, power: power ?? null };
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    (error: unknown) => !(error instanceof Error && 'code' in error && error.code === 'ENOENT'),
  );
}
