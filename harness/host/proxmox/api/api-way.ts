import { readConfig, readKernel, readNodes, readVersion } from '../manager/answers.ts';
import type { CheckedChange } from '../manager/checked-words.ts';
import { PveDenied, PveRefused } from '../refused.ts';
import { rootOnly, WAYS_OUT } from '../rights.ts';
import { readUpid } from '../manager/task-answers.ts';
import type { TimeLeft } from '../manager/time-left.ts';
import { PveUnreadable } from '../manager/unreadable.ts';
import type { TaskCall, Way } from '../manager/way.ts';
import type { ApiClient } from './api-client.ts';
import type { ApiRequest } from './exchange.ts';
import { taskRequest } from './task-addresses.ts';
import { maySeeVms } from './visible-vms.ts';

type Params = Readonly<Record<string, string>>;

/** Over the HTTP API. What only root may do is refused before anything is asked. */
export class ApiWay implements Way {
  readonly name: string;
  readonly isRoot: boolean;
  readonly #client: ApiClient;
  #node: string | null;

  /** @param node which one of the cluster; null: the only one */
  constructor(client: ApiClient, node: string | null) {
    this.name = client.name;
    this.isRoot = client.isRoot;
    this.#client = client;
    this.#node = node;
  }

  asked(verb: string, vmid?: string): string {
    return `${verb}${vmid === undefined ? '' : ` ${vmid}`} over ${this.name}`;
  }

  async versions(left: TimeLeft): Promise<{ readonly pve: string; readonly kernel: string | null }> {
    const pve = readVersion(this.asked('version'), await this.#get(['version'], left));
    try {
      return { pve, kernel: readKernel(this.asked('status'), await this.node(['status'], left)) };
    } catch (error) {
      // The node's own status needs Sys.Audit, which nothing else here does.
      if (error instanceof PveDenied) return { pve, kernel: null };
      throw error;
    }
  }

  async cluster(path: readonly string[], left: TimeLeft): Promise<unknown> {
    return this.#get(['cluster', ...path], left);
  }

  async node(path: readonly string[], left: TimeLeft, params: Params = {}): Promise<unknown> {
    return this.#onNode({ method: 'GET', path, params }, left);
  }

  async set(vmid: string, change: CheckedChange, left: TimeLeft): Promise<void> {
    await this.#mustBeAllowed(vmid, change, left);
    const params = {
      ...change.set,
      ...(change.remove.length === 0 ? {} : { delete: change.remove.join(',') }),
      digest: change.digest,
    };
    await this.#onNode({ method: 'PUT', path: ['qemu', vmid, 'config'], params }, left);
  }

  unlock(vmid: string): Promise<void> {
    return Promise.reject(this.#onlyOnTheNode('unlock', vmid));
  }

  commandLine(vmid: string): Promise<string> {
    return Promise.reject(this.#onlyOnTheNode('showcmd', vmid));
  }

  async task(call: TaskCall, left: TimeLeft): Promise<{ readonly upid: string }> {
    const upid = await this.#onNode(taskRequest(call), left);
    return { upid: readUpid(this.asked(call.verb, call.vmid), upid) };
  }

  async clock(left: TimeLeft): Promise<number> {
    const request = { method: 'GET', path: ['version'] } as const;
    const { date } = await this.#client.ask(request, left);
    if (date === null) throw new PveUnreadable(this.#client.asked(request), 'the answer has no date');
    return date / 1000;
  }

  async mustSeeVms(left: TimeLeft): Promise<void> {
    const answer = await this.#get(['access', 'permissions'], left);
    if (maySeeVms(this.asked('permissions'), answer)) return;
    throw new PveDenied(
      this.asked('list'),
      'no VM may be seen, so the list is empty',
      'give VM.Audit on /vms, or on the pool that runs use, to the token and to its user',
    );
  }

  /** Proxmox VE asks for rights key by key, and has written the first ones when it refuses a later one. */
  async #mustBeAllowed(vmid: string, change: CheckedChange, left: TimeLeft): Promise<void> {
    if (this.isRoot) return;
    const answer = await this.node(['qemu', vmid, 'config'], left);
    const { entries } = readConfig(this.asked('config', vmid), answer);
    const denied = rootOnly(change, entries);
    if (denied.length === 0) return;
    const keys = denied.map(({ key, why }) => `${key} (${why})`).join(', ');
    throw new PveDenied(this.asked('set', vmid), `not root, and so not asked to change ${keys}`, WAYS_OUT);
  }

  #onlyOnTheNode(command: string, vmid: string): PveDenied {
    const words = `the API has no ${command} (m99), and so was not asked`;
    return new PveDenied(this.asked(command, vmid), words, 'work as root on the node, where qm has it');
  }

  async #get(path: readonly string[], left: TimeLeft): Promise<unknown> {
    return (await this.#client.ask({ method: 'GET', path }, left)).data;
  }

  /** @param request its path stands below the node's */
  async #onNode(request: ApiRequest, left: TimeLeft): Promise<unknown> {
    const path = ['nodes', await this.#nodeName(left), ...request.path];
    return (await this.#client.ask({ ...request, path }, left)).data;
  }

  async #nodeName(left: TimeLeft): Promise<string> {
    if (this.#node !== null) return this.#node;
    const asked = this.asked('nodes');
    const nodes = readNodes(asked, await this.#get(['nodes'], left));
    const [only] = nodes;
    if (only === undefined) throw new PveUnreadable(asked, 'it has no node');
    if (nodes.length > 1)
      throw new PveRefused(asked, `there are ${nodes.join(', ')}: say which \`node\` has the iGPU`);
    return (this.#node = only);
  }
}
