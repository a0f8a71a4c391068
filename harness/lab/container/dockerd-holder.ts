import { once } from 'node:events';
import { messageOf } from '../../text/message-of.ts';
import { whyNoLab } from '../why-not.ts';
import { findDockerd } from './dockerd-tree.ts';
import { startDockerd } from './dockerd.ts';

// A container runtime for `npm test`: says as one line where it is, or why there is none, and ends with its stdin.
try {
  const tree = await findDockerd();
  if (tree === null) throw new Error(whyNoLab() ?? "set-up has not unpacked Debian's dockerd");
  const dockerd = await startDockerd(tree);
  process.stdout.write(`${JSON.stringify({ address: dockerd.address })}\n`);
  process.stdin.resume();
  await once(process.stdin, 'close');
  await dockerd.stop();
} catch (error) {
  process.stdout.write(`${JSON.stringify({ reason: messageOf(error) })}\n`);
  process.exit();
}
