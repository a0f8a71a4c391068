import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { Observation } from '../../../trace/event.ts';
import type { Limit } from '../../../wire/deadline.ts';
import { AgentGone, AgentSilent, GuestAgent } from '../../../wire/guest-agent.ts';
import { LineSplitter } from '../../../wire/lines.ts';
import { type Machine, SocketRefused } from '../../../wire/machine/machine.ts';
import { QmpClient, QmpSilent } from '../../../wire/qmp.ts';
import { EventLimiter } from '../../event-limiter.ts';
import type { LiveQemu } from '../../live-qemu.ts';

/** Proxmox VE's names of the agent's character device, and of the sockets (qemu-server 9.2.6, PVE/QemuServer.pm). */
const AGENT_PORT = 'qga0';
const socketOf = (vmid: number, what: 'qga' | 'serial0'): string => `/var/run/qemu-server/${vmid}.${what}`;

export const PROGRAM = 'kvm';
export const SERIAL_LINE = 4096;
/** Seconds for QEMU to say hello, to say why it stopped, and to end once it is told to. */
const GREETING = 30;
const STATUS = 10;
const GONE = 60;
/** Seconds between two looks at the agent's port while nobody in the guest has opened it, and at a process's end. */
const PORT = 0.1;
const LOOK = 0.1;

const chardevs = z.array(z.object({ label: z.string(), 'frontend-open': z.boolean() }));

export interface Attach {
  readonly vmid: number;
  readonly pid: number;
  /** Path of our own monitor's socket. */
  readonly monitor: string;
  readonly hasSerial: boolean;
  readonly record: (seen: Observation) => void;
  /** Ends the VM by Proxmox VE's own means. */
  readonly stop: () => Promise<void>;
}

/** QEMU as Proxmox VE has started it on a node, followed over a monitor of our own. */
export class NodeQemu implements LiveQemu {
  readonly qmp: QmpClient;
  readonly agentPort = AGENT_PORT;
  readonly pid: number;
  /** Resolves when it has ended and that is recorded. Rejects where the node can no longer be asked. */
  readonly exited: Promise<void>;
  readonly #node: Machine;
  readonly #about: Attach;
  readonly #monitor: Duplex;
  #ended = false;
  #agentAnswers = false;

  private constructor(node: Machine, about: Attach, monitor: Duplex) {
    this.#node = node;
    this.#about = about;
    this.pid = about.pid;
    this.#monitor = monitor;
    const qmp = new QmpClient(monitor);
    this.qmp = qmp;
    const { record } = about;
    const events = new EventLimiter(record);
    qmp.on('event', ({ event, data }) => {
      events.take(event, data);
      // The event does not say why (QEMU qapi/run-state.json, STOP).
      if (event === 'STOP') this.#tellStatus().catch(() => undefined);
    });
    const closed = new Promise<void>((resolve) => {
      qmp.once('close', () => {
        resolve();
      });
    });
    this.exited = closed.then(async () => {
      await this.#untilGone();
      this.#ended = true;
      events.end();
      // Its parent on the node is init: how it ended is nowhere to be read.
      record({ ch: 'exec', kind: 'exit', program: PROGRAM, pid: this.pid, code: null, signal: null });
    });
    this.exited.catch(() => undefined);
  }

  /**
   * Connects to a VM that has just been started, and records from then on what its QEMU tells.
   *
   * @throws SocketRefused QEMU has ended meanwhile; QmpSilent; ConnectionLost
   */
  static async attach(node: Machine, about: Attach, signal: AbortSignal): Promise<NodeQemu> {
    const { vmid, pid, record } = about;
    const argv = await node.run(['cat', '--', `/proc/${pid}/cmdline`], { seconds: STATUS, signal });
    record({ ch: 'exec', kind: 'spawn', program: PROGRAM, pid, argv: argv.stdout.split('\0').slice(1, -1) });
    const limit = { seconds: GREETING, signal };
    const qemu = new NodeQemu(node, about, await node.connect(about.monitor, limit));
    record({ ch: 'qmp', kind: 'greeting', version: await qemu.qmp.negotiate(limit) });
    if (about.hasSerial) await qemu.#followSerial(socketOf(vmid, 'serial0'), limit);
    return qemu;
  }

  /** The agent did what it was last asked. */
  get agentAnswers(): boolean {
    return this.#agentAnswers;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /**
   * The agent's socket takes one client at a time, and Proxmox VE wants to be that client now and then: so it is opened
   * for one talk, and only once something in the guest listens.
   */
  async withAgent(talk: (agent: GuestAgent) => Promise<void>, limit: Limit): Promise<void> {
    const until = performance.now() + limit.seconds * 1000;
    await this.#untilPortOpens(limit);
    for (;;) {
      const left = { ...limit, seconds: Math.max(1, (until - performance.now()) / 1000) };
      const stream = await this.#openAgent(left);
      try {
        if (stream !== null) {
          this.#agentAnswers = false;
          await talk(new GuestAgent(stream));
          this.#agentAnswers = true;
          return;
        }
      } catch (error) {
        // Proxmox VE had it when we came, or QEMU has ended: only the first is worth another try.
        if (!(error instanceof AgentGone) || this.#ended) throw error;
      } finally {
        stream?.destroy();
      }
      if (performance.now() >= until) throw new AgentSilent('connect', limit.seconds);
      await pause(PORT * 1000, undefined, limit.signal ? { signal: limit.signal } : {});
    }
  }

  /** Lets go of one that has ended, however its monitor takes it, and waits until that is recorded. */
  async release(): Promise<void> {
    this.#monitor.destroy();
    await this.exited.catch(() => undefined);
  }

  async stop(): Promise<void> {
    if (this.#ended) return;
    await this.#about.stop();
    await this.exited;
  }

  async #openAgent(limit: Limit): Promise<Duplex | null> {
    try {
      return await this.#node.connect(socketOf(this.#about.vmid, 'qga'), limit);
    } catch (error) {
      if (error instanceof SocketRefused) return null;
      throw error;
    }
  }

  /** A port that nobody has opened in the guest answers nobody. An agent on an ISA port always looks open. */
  async #untilPortOpens(limit: Limit): Promise<void> {
    const until = performance.now() + limit.seconds * 1000;
    while (performance.now() < until) {
      const listed = chardevs.safeParse(
        await this.qmp.execute('query-chardev', {}, { ...limit, seconds: STATUS }),
      );
      const port = listed.data?.find(({ label }) => label === AGENT_PORT);
      if (port?.['frontend-open'] !== false) return;
      await pause(PORT * 1000, undefined, limit.signal ? { signal: limit.signal } : {});
    }
    throw new AgentSilent('guest-sync-delimited', limit.seconds);
  }

  async #followSerial(path: string, limit: Limit): Promise<void> {
    const stream = await this.#node.connect(path, limit);
    const lines = new LineSplitter(SERIAL_LINE, (line) => {
      this.#about.record({ ch: 'serial', line: line.toString() });
    });
    stream.on('data', (chunk: Buffer) => {
      lines.push(chunk);
    });
    stream.once('close', () => {
      lines.end();
    });
    this.exited.finally(() => stream.destroy()).catch(() => undefined);
  }

  async #tellStatus(): Promise<void> {
    const command = 'query-status';
    try {
      const data = await this.qmp.execute(command, {}, { seconds: STATUS });
      this.#about.record({ ch: 'qmp', kind: 'reply', command, data });
    } catch (error) {
      if (error instanceof QmpSilent)
        this.#about.record({ ch: 'qmp', kind: 'silent', command, waited: error.waited });
    }
  }

  /** The monitor is closed; that the process has gone is seen on its own. @throws QemuStillThere; ConnectionLost */
  async #untilGone(): Promise<void> {
    const until = performance.now() + GONE * 1000;
    while (performance.now() < until) {
      const { code } = await this.#node.run(['test', '-d', `/proc/${this.pid}`], { seconds: STATUS });
      if (code !== 0) return;
      await pause(LOOK * 1000);
    }
    throw new QemuStillThere(this.pid, this.#node.name);
  }
}

/** QEMU has closed its monitor and has not ended since: it hangs, most often in the kernel. */
export class QemuStillThere extends Error {
  override readonly name = 'QemuStillThere';

  constructor(pid: number, node: string) {
    super(
      `QEMU (pid ${pid} on ${node}) closed its monitor ${GONE} s ago and is still there: see /proc/${pid}/stack there`,
    );
  }
}
