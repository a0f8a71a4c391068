import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Where built guests, fetched ROMs and answers worth keeping live: `$XDG_CACHE_HOME/code43`, else `~/.cache/code43`.
 * A relative `XDG_CACHE_HOME` is ignored (XDG Base Directory Specification). Nothing is created.
 */
export function cacheDir(env: NodeJS.ProcessEnv = process.env): string {
  const xdg = env['XDG_CACHE_HOME'];
  const base = xdg !== undefined && isAbsolute(xdg) ? xdg : join(env['HOME'] ?? homedir(), '.cache');
  return join(base, 'code43');
}
