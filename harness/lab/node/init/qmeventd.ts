import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import * as z from 'zod/mini';
import { QmpClient } from '../../../wire/qmp.ts';
import { say } from '../log/journal.ts';
import { PLACES } from '../places.ts';

const ANSWER = 60;
const Ends = z.array(z.object({ filename: z.string() }));
const Shutdown = z.object({ guest: z.boolean() });

/**
 * Listens to every QEMU of the node, as qmeventd does: one whose guest has shut down is told to end (Proxmox starts all
 * with `-no-shutdown`), and when one has gone, `qm cleanup` runs for its VM.
 */
export class EventDaemon {
  #server: Server | null = null;

  async open(): Promise<void> {
    rmSync(PLACES.events, { force: true });
    this.#server = createServer((socket) => {
      this.#attend(socket).catch((error: unknown) => {
        tell(`a connection was lost: ${String(error)}`);
      });
    });
    this.#server.listen(PLACES.events);
    await once(this.#server, 'listening');
  }

  close(): void {
    this.#server?.close();
    this.#server = null;
  }

  async #attend(socket: Socket): Promise<void> {
    const qmp = new QmpClient(socket);
    const gone = new Promise<void>((resolve) =>
      qmp.once('close', () => {
        resolve();
      }),
    );
    const how = { clean: '0', guest: '0' };
    qmp.on('event', ({ event, data }) => {
      if (event !== 'SHUTDOWN') return;
      how.clean = '1';
      how.guest = Shutdown.parse(data).guest ? '1' : '0';
      qmp.execute('quit', {}, { seconds: ANSWER }).catch(() => undefined);
    });
    await qmp.negotiate({ seconds: ANSWER });
    const vmid = vmidIn(await qmp.execute('query-chardev', {}, { seconds: ANSWER }));
    await gone;
    tell('read: Connection reset by peer');
    const words = ['cleanup', String(vmid), how.clean, how.guest];
    spawn('qm', words, { detached: true, stdio: 'ignore' }).unref();
  }
}

/** By the path of its monitor: a connection says nothing of who makes it. */
function vmidIn(chardevs: unknown): number {
  for (const { filename } of Ends.parse(chardevs)) {
    const vmid = /\/(\d+)\.qmp\b/.exec(filename)?.[1];
    if (vmid !== undefined) return Number(vmid);
  }
  throw new Error('a QEMU without a monitor of its own');
}

function tell(message: string): void {
  say(message, { who: 'qmeventd', pid: process.pid });
}
