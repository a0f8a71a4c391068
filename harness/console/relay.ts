import type { DetachKey } from './detach-key.ts';
import type { Link } from './link.ts';
import { terminalSize, type UserTerminal } from './user-terminal.ts';

/** How a person left: by the key, because their terminal went away, or because the console was ended. */
export type Left = 'detached' | 'hung up' | 'ended';

/**
 * Joins a person's terminal and a guest's console until one of them is gone: bytes pass unaltered both ways, and the
 * console learns of the terminal's size. Only the detach key is taken out. The terminal is not closed.
 */
export function relay(
  terminal: UserTerminal,
  link: Link,
  options: { readonly detach: DetachKey; readonly signal: AbortSignal },
): Promise<Left> {
  const { detach, signal } = options;
  return new Promise((resolve) => {
    let left = false;
    const off = link.onData((bytes) => {
      terminal.write(bytes);
    });
    const leave = (how: Left): void => {
      if (left) return;
      left = true;
      off();
      resolve(how);
    };
    terminal.onInput((bytes) => {
      if (left) return;
      const key = bytes.indexOf(detach.byte);
      const typed = key === -1 ? bytes : bytes.subarray(0, key);
      if (typed.length > 0) link.write(typed);
      if (key !== -1) leave('detached');
    });
    terminal.onResize((size) => {
      if (!left) link.resize(size);
    });
    terminal.onHangUp(() => {
      leave('hung up');
    });
    const onAbort = (): void => {
      leave('ended');
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    link.resize(terminalSize());
  });
}
