import { randomUUID } from 'node:crypto';
import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';

/** A file that was not replaced. The message says why, and what to do instead. */
export class FileNotReplaced extends Error {
  override readonly name = 'FileNotReplaced';
}

/**
 * Replaces a file's text in one step: others see the old one or the new one, whole. Mode and owner stay; of a symbolic
 * link, the file it leads to is replaced. Throws `FileNotReplaced` where the file no longer holds `before`.
 */
export async function replaceFile(path: string, before: string, after: string): Promise<void> {
  const target = await realpath(path);
  const { mode, uid, gid } = await stat(target);
  const draft = `${target}.${randomUUID()}.tmp`;
  try {
    await using handle = await open(draft, 'wx', 0o600);
    await handle.writeFile(after);
    await handle.chown(uid, gid);
    // After the owner: chown takes set-id bits away.
    await handle.chmod(mode & 0o7777);
    await handle.sync();
    if ((await readFile(target, 'utf8')) !== before) {
      throw new FileNotReplaced(`${path} changed while it was worked on; nothing was written. Try again.`);
    }
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
