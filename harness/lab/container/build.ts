import { messageOf } from '../../text/message-of.ts';
import { whyNoLab } from '../why-not.ts';
import { ensureDockerd } from './dockerd-tree.ts';
import { ensureNodeImage } from './node-image.ts';

// Set-up's part for the stand-in node in a container: its image and, with `--dockerd`, what runs it.
const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.once(name, () => {
    stopping.abort();
  });
try {
  const reason = whyNoLab();
  if (reason !== null) process.stderr.write(`no stand-in node in a container: it needs ${reason}\n`);
  else {
    const { signal } = stopping;
    await Promise.all([ensureNodeImage(signal), process.argv.includes('--dockerd') && ensureDockerd(signal)]);
  }
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = stopping.signal.aborted ? 130 : 1;
}
