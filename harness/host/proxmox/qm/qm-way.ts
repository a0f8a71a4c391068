import type { Machine } from '../../../wire/machine/machine.ts';
import { readJson, readNumber } from '../manager/answers.ts';
import type { CheckedChange } from '../manager/checked-words.ts';
import type { TimeLeft } from '../manager/time-left.ts';
import { PveUnreadable } from '../manager/unreadable.ts';
import type { TaskEnd } from '../vm-manager.ts';
import type { TaskCall, Way } from '../manager/way.ts';
import { NodeCommands } from './node-commands.ts';

/** As root on the node itself, here or over ssh: `qm`, and `pvesh` for what comes as JSON from nothing else. */
export class QmWay implements Way {
  readonly name: string;
  readonly isRoot = true;
  readonly #commands: NodeCommands;
  #node: string | null = null;

  constructor(machine: Machine) {
    this.name = `qm on ${machine.name}`;
    this.#commands = new NodeCommands(machine);
  }

  asked(verb: string, vmid?: string): string {
    return this.#commands.asked(['qm', verb, ...(vmid === undefined ? [] : [vmid])]);
  }

  async versions(left: TimeLeft): Promise<{ readonly pve: string; readonly kernel: string | null }> {
    const argv = ['pveversion'];
    const text = await this.#commands.text(argv, left);
    const [, pve, kernel] =
      /^pve-manager\/([\w.~+-]{1,40})\/\S{1,80} \(running kernel: ([^()\s]{1,120})\)\s*$/.exec(text) ?? [];
    if (pve === undefined) throw new PveUnreadable(this.#commands.asked(argv), 'it names no version', text);
    return { pve, kernel: kernel ?? null };
  }

  async cluster(path: readonly string[], left: TimeLeft): Promise<unknown> {
    return this.#commands.get(['/cluster', ...path].join('/'), {}, left);
  }

  async node(
    path: readonly string[],
    left: TimeLeft,
    params: Readonly<Record<string, string>> = {},
  ): Promise<unknown> {
    const node = await this.#nodeName(left);
    return this.#commands.get(['/nodes', node, ...path].join('/'), params, left);
  }

  async set(vmid: string, change: CheckedChange, left: TimeLeft): Promise<void> {
    const words = [
      ...Object.entries(change.set).flatMap(([key, value]) => [`--${key}`, value]),
      ...(change.remove.length === 0 ? [] : ['--delete', change.remove.join(',')]),
      ...['--digest', change.digest],
    ];
    await this.#commands.text(['qm', 'set', vmid, ...words], left);
  }

  async unlock(vmid: string, left: TimeLeft): Promise<void> {
    await this.#commands.text(['qm', 'unlock', vmid], left);
  }

  async commandLine(vmid: string, left: TimeLeft): Promise<string> {
    return (await this.#commands.text(['qm', 'showcmd', vmid], left)).trimEnd();
  }

  async task({ verb, vmid, object, options = {} }: TaskCall, left: TimeLeft): Promise<TaskEnd> {
    const words = Object.entries(options).flatMap(([key, value]) => [`--${key}`, value]);
    return this.#commands.task(['qm', verb, vmid, ...(object === undefined ? [] : [object]), ...words], left);
  }

  async clock(left: TimeLeft): Promise<number> {
    const argv = ['date', '+%s'];
    const asked = this.#commands.asked(argv);
    return readNumber(asked, readJson(asked, await this.#commands.text(argv, left)));
  }

  /** A node's name is its host name without a domain. Source: pve-common 9.2.1, PVE/INotify.pm. */
  async #nodeName(left: TimeLeft): Promise<string> {
    if (this.#node !== null) return this.#node;
    const argv = ['uname', '-n'];
    const text = await this.#commands.text(argv, left);
    const [, name] = /^([A-Za-z0-9][A-Za-z0-9-]{0,62})(\.\S{0,253})?\n?$/.exec(text) ?? [];
    if (name === undefined)
      throw new PveUnreadable(this.#commands.asked(argv), 'it is no name of a node', text);
    return (this.#node = name);
  }
}
