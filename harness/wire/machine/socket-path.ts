import { SocketRefused } from './machine.ts';

/** Bytes of a socket's path, without the NUL that ends it (unix(7), sun_path). */
const LONGEST = 107;

/** @throws SocketRefused no socket can lie at such a path: a longer one would be cut, and lead to another */
export function checkSocketPath(path: string, where: string): void {
  const whole = path.startsWith('/') && !/[\0\n]/.test(path);
  if (!whole || Buffer.byteLength(path) > LONGEST)
    throw new SocketRefused(
      `${JSON.stringify(path.slice(0, 200))} on ${where}: no path of a socket; it is absolute, on one line, and has at most ${LONGEST} bytes`,
    );
}
