import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../wire/program.ts';

/**
 * Puts an `ssh` into `<folder>/bin` that reads this configuration where it is told of none, as a user's own would.
 *
 * @param before shell lines that each command over an open connection begins with
 * @returns that folder, to stand first in PATH
 */
export function sshShim(folder: string, sshConfig: string, before = ''): string {
  const ssh = findProgram('ssh');
  if (ssh === null) throw new Error('there is no ssh');
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const text = `#!/bin/sh
case " $* " in *' -F '*) ;; *) exec ${ssh} -F '${sshConfig}' "$@" ;; esac
${before}
exec ${ssh} "$@"
`;
  writeFileSync(join(bin, 'ssh'), text);
  chmodSync(join(bin, 'ssh'), 0o755);
  return bin;
}
