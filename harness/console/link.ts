import type { ScreenSize } from '../trace/asciicast.ts';

/** A guest's console from where a person sits: on this process's own line, or over a socket. Bytes, both ways. */
export interface Link {
  /** Calls back with what the guest writes until the returned function is called. */
  onData(listener: (bytes: Buffer) => void): () => void;
  write(typed: Buffer): void;
  resize(size: ScreenSize): void;
}
