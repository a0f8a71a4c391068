import { release } from 'node:os';
import Docker from 'dockerode';
import { messageOf } from '../../text/message-of.ts';
import { whyNoLab } from '../why-not.ts';
import { findNodeImage } from './node-image.ts';

/** Why no stand-in node can be made in a container here, as a phrase; null: it can. */
export async function whyNoContainer(): Promise<string | null> {
  // Its files are reached in the same way, and it mounts the same.
  const reason = whyNoLab() ?? (await whyNoRuntime());
  if (reason !== null) return reason;
  return (await findNodeImage()) === null ? 'its image (npm run setup)' : null;
}

async function whyNoRuntime(): Promise<string | null> {
  const failed = process.env['CODE43_DOCKERD_FAILED'];
  if (failed !== undefined) return `a container runtime (${failed})`;
  try {
    const { KernelVersion, SecurityOptions } = (await new Docker().info()) as {
      readonly KernelVersion: string;
      readonly SecurityOptions: readonly string[];
    };
    if (KernelVersion !== release()) return "a container runtime on this machine's own kernel";
    const rootless = SecurityOptions.some((each) => each.includes('rootless'));
    return rootless ? 'a container runtime that is root' : null;
  } catch (error) {
    return `a container runtime (${messageOf(error)})`;
  }
}
