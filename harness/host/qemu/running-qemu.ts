import { basename } from 'node:path';
import type { Duplex } from 'node:stream';
import type { Observation } from '../../trace/event.ts';
import { GuestAgent } from '../../wire/guest-agent.ts';
import { LineSplitter } from '../../wire/lines.ts';
import { type Exit, LeashedProcess } from '../../wire/process.ts';
import { QmpClient, QmpGone, QmpSilent } from '../../wire/qmp.ts';
import type { LiveQemu } from '../live-qemu.ts';
import { EventLimiter } from '../event-limiter.ts';

/**
 * QEMU's end of the sockets that `RunningQemu` gives it: monitor, guest agent, firmware's words. The device of the
 * agent's channel is the machine's.
 */
export const CONTROL: readonly string[] = [
  ...['-chardev', 'socket,id=qmp,fd=3', '-mon', 'chardev=qmp,mode=control'],
  ...['-chardev', 'socket,id=agent,fd=4'],
  // SeaBIOS writes to this port where there is such a device (its src/hw/serialio.c): "No bootable device" is no event.
  ...['-chardev', 'socket,id=firmware,fd=6', '-device', 'isa-debugcon,iobase=0x402,chardev=firmware'],
];

/** The same with the socket of the serial console. */
export const CHANNELS: readonly string[] = [
  ...CONTROL,
  ...['-chardev', 'socket,id=serial,fd=5', '-serial', 'chardev:serial'],
];

/** Longest line of the serial console, in bytes. */
export const SERIAL_LINE = 4096;
/** Of the firmware's many lines those about option ROMs and about what it boots. */
const FIRMWARE_LINE = 300;
const TELLING = /\bboot|option rom|^SeaBIOS \(|display found|\berror\b|\bfail/i;
/** Seconds for QEMU to say why it stopped. */
const STATUS = 10;
/** Seconds for QEMU to say hello: it parses its options and opens its files before it does. */
const GREETING = 30;
/** Seconds for QEMU to end by itself once told to, and again after SIGTERM. */
const QUIT = 5;
/** Seconds for QEMU to end by itself after it has closed its monitor. */
const LAST_WORDS = 2;

/** One QEMU process of which everything that can be seen is recorded, from its command line to its exit. */
export class RunningQemu implements LiveQemu {
  readonly qmp: QmpClient;
  readonly agentPort = 'agent';
  readonly pid: number;
  /** Resolves when it has ended and that is recorded. */
  readonly exited: Promise<Exit>;
  readonly #process: LeashedProcess;
  readonly agent: GuestAgent;
  #ended = false;

  private constructor(leashed: LeashedProcess, program: string, record: (seen: Observation) => void) {
    const [monitor, agent, serial, firmware] = leashed.sockets;
    if (!monitor || !agent || !serial || !firmware) throw new Error('QEMU was started without its sockets');
    this.#process = leashed;
    this.pid = leashed.pid;
    this.qmp = new QmpClient(monitor);
    this.agent = new GuestAgent(agent);
    const events = new EventLimiter(record);
    this.qmp.on('event', ({ event, data }) => {
      events.take(event, data);
      // Whatever the agent was asked before is answered by nobody now.
      if (event === 'RESET') this.agent.forget();
      // The event does not say why (QEMU qapi/run-state.json, STOP).
      if (event === 'STOP') this.#tellStatus(record).catch(() => undefined);
    });
    const lines = new LineSplitter(SERIAL_LINE, (line) => {
      record({ ch: 'serial', line: line.toString() });
    });
    serial.on('data', (chunk: Buffer) => {
      lines.push(chunk);
    });
    const said = new LineSplitter(FIRMWARE_LINE, (bytes) => {
      const line = bytes.toString();
      if (TELLING.test(line)) record({ ch: 'firmware', line });
    });
    firmware.on('data', (chunk: Buffer) => {
      said.push(chunk);
    });
    this.exited = leashed.exited.then((exit) => {
      this.#ended = true;
      lines.end();
      said.end();
      events.end();
      record({ ch: 'exec', kind: 'exit', program, pid: leashed.pid, code: exit.code, signal: exit.signal });
      return exit;
    });
  }

  /**
   * Starts `argv`, whose first word is the program and which holds `CHANNELS` or `CONTROL`, and waits until QEMU has
   * said hello or has ended: then `ended` is true, and stderr and the exit are recorded.
   *
   * @param given what `argv` names beside `CHANNELS`, by file descriptor
   * @throws {CommandFailed} nothing could be started at all; {QmpSilent} it neither ended nor said hello
   */
  static async start(
    argv: readonly string[],
    record: (seen: Observation) => void,
    signal?: AbortSignal,
    given: ReadonlyMap<number, Duplex> = new Map(),
  ): Promise<RunningQemu> {
    const [path = '', ...args] = argv;
    const program = basename(path);
    const onStderr = (line: string): void => {
      record({ ch: 'exec', kind: 'stderr', program, line });
    };
    const leashed = await LeashedProcess.start(argv, { sockets: 4, given, onStderr });
    record({ ch: 'exec', kind: 'spawn', program, pid: leashed.pid, argv: args });
    const running = new RunningQemu(leashed, program, record);
    try {
      const version = await running.qmp.negotiate({ seconds: GREETING, signal });
      record({ ch: 'qmp', kind: 'greeting', version });
    } catch (error) {
      // Without a monitor it is of no use. If it is ending, it gets the time to say why.
      await running.#process.stop(QUIT, error instanceof QmpGone ? LAST_WORDS : 0);
      await running.exited;
      if (!(error instanceof QmpGone)) throw error;
    }
    return running;
  }

  /** Asks QEMU how the VM is, and records the answer or the silence. */
  async #tellStatus(record: (seen: Observation) => void): Promise<void> {
    const command = 'query-status';
    try {
      const data = await this.qmp.execute(command, {}, { seconds: STATUS });
      record({ ch: 'qmp', kind: 'reply', command, data });
    } catch (error) {
      if (error instanceof QmpSilent) record({ ch: 'qmp', kind: 'silent', command, waited: error.waited });
    }
  }

  get ended(): boolean {
    return this.#ended;
  }

  async withAgent(talk: (agent: GuestAgent) => Promise<void>): Promise<void> {
    await talk(this.agent);
  }

  /** Ends it: by its monitor, else by SIGTERM, else by force. */
  async stop(): Promise<void> {
    if (!this.#ended) await this.qmp.execute('quit', {}, { seconds: QUIT }).catch(() => undefined);
    await this.#process.stop(QUIT, QUIT);
    await this.exited;
  }
}
