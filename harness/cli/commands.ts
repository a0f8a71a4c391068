import type { Command } from 'commander';

/** One line of the table: what help says of a command, and how to get the command itself. */
export interface LazyCommand {
  readonly name: string;
  readonly summary: string;
  readonly create: () => Promise<Command>;
}

/** Every command is a file in `commands/` that exports `<name>Command()`; it is loaded only when it is called. */
export const COMMANDS: readonly LazyCommand[] = [
  lazy({
    name: 'init',
    summary: 'look at a Proxmox VE host, and write its first files',
    load: () => import('./commands/init.ts'),
  }),
  lazy({
    name: 'check',
    summary: 'check scenario files, and show what a run would start',
    load: () => import('./commands/check.ts'),
  }),
  lazy({
    name: 'run',
    summary: 'boot cells, watch, judge, and keep a trace of every run',
    load: () => import('./commands/run.ts'),
  }),
  lazy({
    name: 'console',
    summary: 'boot one cell with its serial console on this terminal',
    load: () => import('./commands/console.ts'),
  }),
  lazy({
    name: 'diagnose',
    summary: 'from a dmesg, a VM config, a device status to the cause and the fix',
    load: () => import('./commands/diagnose.ts'),
  }),
  lazy({
    name: 'collect',
    summary: 'gather what a diagnosis needs from a host, with identities replaced',
    load: () => import('./commands/collect.ts'),
  }),
  lazy({
    name: 'doctor',
    summary: 'say whether a host is ready to pass its iGPU through, item by item',
    load: () => import('./commands/doctor.ts'),
  }),
  lazy({
    name: 'clean',
    summary: 'remove what killed runs left on a node of Proxmox VE, and nothing else',
    load: () => import('./commands/clean.ts'),
  }),
  lazy({
    name: 'lint',
    summary: 'check a VM config before anyone boots it',
    load: () => import('./commands/lint.ts'),
  }),
  lazy({
    name: 'replay',
    summary: 'judge recorded or imported traces again',
    load: () => import('./commands/replay.ts'),
  }),
  lazy({
    name: 'rejudge',
    summary: 'list what the rules of today judge otherwise than history says',
    load: () => import('./commands/rejudge.ts'),
  }),
  lazy({
    name: 'trace',
    summary: 'look into a trace, hand one on, import what people give you',
    load: () => import('./commands/trace.ts'),
  }),
  lazy({
    name: 'rom',
    summary: 'say what is inside an option ROM; fetch, verify, add and compare ROMs',
    load: () => import('./commands/rom.ts'),
  }),
  lazy({
    name: 'igpu',
    summary: 'say what an Intel iGPU is, and what each QEMU version does with it',
    load: () => import('./commands/igpu.ts'),
  }),
  lazy({
    name: 'config',
    summary: 'read, compare and format VM configs of Proxmox',
    load: () => import('./commands/config.ts'),
  }),
  lazy({
    name: 'report',
    summary: 'build the site from history and the traces that are here; --record adds to history',
    load: () => import('./commands/report.ts'),
  }),
  lazy({
    name: 'guest',
    summary: 'build the small guests that local VMs boot, and the ISO of a Windows template',
    load: () => import('./commands/guest.ts'),
  }),
];

/** Ties a row to its file: the module must export `<name>Command()`. */
export function lazy<const Name extends string>(row: {
  readonly name: Name;
  readonly summary: string;
  readonly load: () => Promise<Readonly<Record<`${Name}Command`, () => Command>>>;
}): LazyCommand {
  const { name, summary, load } = row;
  return { name, summary, create: async () => (await load())[`${name}Command`]() };
}
