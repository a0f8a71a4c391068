import { DefaultRenderer, ProcessOutput } from 'listr2';
import { clip } from '../terminal/width.ts';

/**
 * listr2's renderer, mended in two ways for a stream that is not stdout: it draws although stdout may be a pipe,
 * and no picture is wider or higher than the terminal is now, so that a resize cannot make it erase too little.
 */
export function rendererFor(stream: NodeJS.WriteStream): typeof DefaultRenderer {
  return class extends DefaultRenderer {
    static override nonTTY = true;

    override create(options?: Parameters<DefaultRenderer['create']>[0]): string {
      const picture = super.create(options);
      // The last picture is printed once and stays; the terminal may scroll it.
      if (options?.prompt === false) return picture;
      const lines = picture.split('\n').map((line) => clip(line, columnsOf(stream) - 1));
      return lines.slice(-(stream.rows > 3 ? stream.rows - 2 : 22)).join('\n');
    }
  };
}

/** Writes to one stream and measures it anew each time; listr2's own keeps the size it saw first. */
export class LiveOutput extends ProcessOutput {
  readonly #live: NodeJS.WriteStream;

  constructor(stream: NodeJS.WriteStream) {
    super(stream, stream);
    const write = (text: string): boolean => this.toStdout(text, false);
    this.#live = new Proxy(stream, {
      get: (target, key): unknown => (key === 'write' ? write : Reflect.get(target, key)),
    });
  }

  override get stdout(): NodeJS.WriteStream {
    return this.#live;
  }
}

/** A terminal that does not know its width says 0, or nothing. */
export function columnsOf(stream: NodeJS.WriteStream): number {
  return stream.columns > 0 ? stream.columns : 80;
}
