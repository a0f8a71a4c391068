import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { LabOptions } from '../../lab-options.ts';
import { askedFault } from '../fault.ts';

const CONFIG = '/etc/ssh/sshd_config';
const LOG = '/lab/sshd.log';
const SETTINGS = `HostKey /etc/ssh/ssh_host_ed25519_key
AuthorizedKeysFile /etc/ssh/authorized_keys/%u
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
PrintMotd no
SetEnv LANG=C.UTF-8
Subsystem sftp internal-sftp
`;

/** Takes ssh connections and gives each to an sshd of its own, so that there is no port to lose between two of them. */
export class SshServer {
  readonly #address: string;
  #port: number;
  #server: Server | null = null;
  readonly #silent = new Set<Socket>();

  constructor({ address, port }: Pick<LabOptions, 'address' | 'port'>) {
    this.#address = address;
    this.#port = port;
    writeFileSync(CONFIG, SETTINGS);
  }

  get port(): number {
    return this.#port;
  }

  async open(): Promise<void> {
    const server = createServer({ pauseOnConnect: true }, (socket) => {
      this.#take(socket);
    });
    server.listen(this.#port, this.#address);
    await once(server, 'listening');
    const bound = server.address();
    if (bound !== null && typeof bound === 'object') this.#port = bound.port;
    this.#server = server;
  }

  /** Connections are refused from now on; those that stand go on. */
  close(): void {
    this.#server?.close();
    this.#server = null;
    this.dropSilent();
  }

  /** Ends all connections, and nothing that was started over them. */
  cut(): void {
    for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
      try {
        if (readFileSync(`/proc/${name}/comm`, 'utf8').trim() === 'sshd')
          process.kill(Number(name), 'SIGKILL');
      } catch {
        // It has just ended.
      }
    }
  }

  dropSilent(): void {
    for (const socket of this.#silent) socket.destroy();
    this.#silent.clear();
  }

  #take(socket: Socket): void {
    socket.on('error', () => undefined);
    if (askedFault('ssh-silent') !== null) {
      this.#silent.add(socket);
      return;
    }
    const log = openSync(LOG, 'a');
    const sshd = spawn('/usr/sbin/sshd', ['-i', '-e', '-f', CONFIG], { stdio: [socket, socket, log] });
    sshd.on('error', () => undefined);
    closeSync(log);
    socket.destroy();
  }
}
