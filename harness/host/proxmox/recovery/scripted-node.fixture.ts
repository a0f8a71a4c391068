import { ConnectionLost, type Machine } from '../../../wire/machine/machine.ts';
import type { CommandOutput } from '../../../wire/shell.ts';
import type { TaskEnd, VmManager } from '../vm-manager.ts';

const SYS = '/sys/bus/pci/devices/0000:00:02.0';

/** What a node that tests recover is like; its files of /proc and /sys answer as a node's do. */
export interface NodeState {
  boot: number;
  reachable: boolean;
  qemu: { readonly pid: number; readonly start: string } | null;
  qmpstatus: string;
  /** First bytes of the device's config space. */
  config: string;
  driver: string | null;
  override: string;
}

export interface ScriptedNode {
  readonly machine: Machine;
  readonly manager: VmManager;
  /** Every command that may change something, with what went into it. */
  readonly did: string[];
}

/**
 * A node that knows the commands of recovery and no other. @param onAct what each act does there; a string is the
 * command's own complaint
 */
export function scriptedNode(state: NodeState, onAct: (act: string) => string | undefined): ScriptedNode {
  const did: string[] = [];
  const act = (what: string): CommandOutput => {
    did.push(what);
    const complaint = onAct(what);
    if (!state.reachable) throw new ConnectionLost('the node does not answer');
    return complaint === undefined ? said('') : { stdout: '', stderr: complaint, code: 1 };
  };
  const run = (argv: readonly string[], input: string): CommandOutput => {
    if (!state.reachable) throw new ConnectionLost('the node does not answer');
    const [program = '', ...words] = argv[0] === 'env' ? argv.slice(2) : argv;
    const last = words.at(-1) ?? '';
    switch (program) {
      case 'cat':
        if (last === `${SYS}/driver_override`) return said(`${state.override}\n`);
        return said(`00000000-0000-4000-8000-${String(state.boot).padStart(12, '0')}\n`);
      case 'perl': {
        const [, vmid, pid] = words.slice(words.indexOf('--') + 1);
        if (state.qemu === null) return said('none\n');
        const seen = said(`${state.qemu.pid} ${state.qemu.start}\n`);
        if (pid === undefined) return seen;
        act(`kill ${pid} of ${vmid ?? ''}`);
        return seen;
      }
      case 'od':
        return state.config === ''
          ? failed(`od: ${last}: No such file or directory`)
          : said(` ${state.config}\n`);
      case 'readlink':
        return state.driver === null ? failed('') : said(`../../../bus/pci/drivers/${state.driver}\n`);
      case 'tee':
        return act(`${last} ← ${JSON.stringify(input)}`);
      default:
        return act(`${argv.join(' ')} ← ${JSON.stringify(input)}`);
    }
  };
  const machine: Machine = {
    name: 'the node',
    run: (argv, { input = '' }) =>
      new Promise((resolve) => {
        resolve(run(argv, input.toString()));
      }),
    follow: () => Promise.reject(new Error('nothing here follows')),
    connect: () => Promise.reject(new Error('nothing here connects')),
    terminal: () => Promise.reject(new Error('nothing here has a terminal')),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  const task = (what: string): Promise<TaskEnd> =>
    new Promise((resolve) => {
      const { code, stderr } = act(what);
      resolve({ ok: code === 0, exitstatus: code === 0 ? 'OK' : stderr, log: [] });
    });
  const manager: Pick<VmManager, 'status' | 'shutdown' | 'stop'> = {
    status: () =>
      Promise.resolve({ status: 'running', qmpstatus: state.qmpstatus, pid: 1, uptime: 1, lock: null }),
    shutdown: (vmid) => task(`shutdown ${vmid}`),
    stop: (vmid) => task(`stop ${vmid}`),
  };
  return { machine, manager: manager as VmManager, did };
}

function said(stdout: string): CommandOutput {
  return { stdout, stderr: '', code: 0 };
}

function failed(stderr: string): CommandOutput {
  return { stdout: '', stderr, code: 1 };
}
