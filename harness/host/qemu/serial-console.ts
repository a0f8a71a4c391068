import { LineSplitter } from '../../wire/lines.ts';
import type { Pty } from '../../wire/pty.ts';
import { openSerialPort } from '../../wire/serial-port.ts';
import type { Record as RecordSeen } from '../host.ts';
import { SERIAL_LINE } from './running-qemu.ts';

/** A VM's serial port on a line of its own, which stays up while QEMU processes come and go. */
export interface SerialConsole {
  /** What makes QEMU use it as the guest's first serial port. */
  readonly argv: readonly string[];
  readonly pty: Pty;
  /** Hands on what is still on the line, then takes it down. More than once does no harm. */
  close(): Promise<void>;
}

/** Of a screen that nobody looks at yet. */
const SIZE = { columns: 80, rows: 24 };

/**
 * Opens a console and records every line that comes over it.
 *
 * Ordinary runs read the serial port from a socket and need no pseudo-terminal. Here QEMU opens one as its serial port
 * (`-chardev serial`, QEMU chardev/char-serial.c): what is typed reaches the guest byte by byte, Ctrl-C included, nothing
 * is echoed on the way, and when QEMU ends the line stays, for its next process to open. QEMU's end is heard of from the
 * process itself, not from the line.
 *
 * @throws {PtyUnavailable | NoSerialPort}
 */
export async function openSerialConsole(record: RecordSeen): Promise<SerialConsole> {
  const port = await openSerialPort(SIZE);
  const lines = new LineSplitter(SERIAL_LINE, (line) => {
    record({ ch: 'serial', line: line.toString() });
  });
  const off = port.pty.onData((bytes) => {
    lines.push(bytes);
  });
  const close = async (): Promise<void> => {
    await port.drain();
    off();
    lines.end();
    await port[Symbol.asyncDispose]();
  };
  let closed: Promise<void> | null = null;
  return {
    argv: ['-chardev', `serial,id=serial,path=${port.path}`, '-serial', 'chardev:serial'],
    pty: port.pty,
    close: () => (closed ??= close()),
  };
}
