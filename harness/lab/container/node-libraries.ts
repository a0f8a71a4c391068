import { run } from '../../wire/shell.ts';

/**
 * Debian's packages of the libraries that the Node.js running here is linked against: three for the one that nodejs.org
 * has, a dozen for Debian's own.
 *
 * @throws CommandFailed
 */
export async function nodeLibraries(signal: AbortSignal): Promise<readonly string[]> {
  const limit = { signal, timeout: 60, env: { LC_ALL: 'C' } };
  const { stdout: linked } = await run(['ldd', process.execPath], limit);
  const names = [...linked.matchAll(/^\s*(\S+) => \//gm)].map(
    ([, name = '']) => `*/x86_64-linux-gnu/${name}`,
  );
  // A library of somebody's own has no package.
  const { stdout } = await run(['dpkg-query', '-S', ...names], { ...limit, allowFailure: true });
  return [...new Set([...stdout.matchAll(/^([\w.+-]+)[:,]/gm)].map(([, name = '']) => name))].sort();
}
