import * as z from 'zod/mini';

/** What the stand-in node can be told to do wrong, and what the arguments mean there. */
export const FAULTS = {
  'lock-held': 'another process holds the lock of the config of VM `vmid` for `seconds`',
  'vm-locked': 'the config of VM `vmid` gets `lock: <word>`, as a task that was killed leaves it',
  'clone-fails': 'a clone ends with an error when half of its disk is copied, and takes back what it made',
  'clone-dies': 'the task of a clone is killed when half of its disk is copied: config and disk stay',
  'stop-hangs': 'stopping VM `vmid` waits, with the lock held, for `seconds` or until its QEMU is gone',
  'start-hangs': 'starting VM `vmid` waits, with the lock held, for `seconds`: unbinding the device hangs',
  'bind-busy': 'the device cannot be bound to vfio-pci',
  'reset-fails': 'the device cannot be reset, which only warns',
  'no-iommu': 'the IOMMU is off',
  guest: 'the stand-in guest of VM `vmid` boots with the fault `word` of its own, such as `agent-hangs`',
  'disk-full': 'the storage, ROM directory and configs have `kilobytes` left',
  restart: 'the node loses power at once, and is away for `seconds`: all that runs dies, `/run` is emptied',
  'stays-down': 'the node, once it is told to restart, is away for `seconds`',
  'ssh-cut': 'all ssh connections are cut; what runs goes on',
  'ssh-refused': 'ssh connections are refused for `seconds`',
  'ssh-silent': 'ssh connections are accepted and never answered',
  'task-log-lost': 'the log of the next task is gone when the task has ended',
} as const;

export type FaultName = keyof typeof FAULTS;

/** These the node carries out by itself as soon as they are asked for; the others are met by who comes their way. */
export const CARRIED_OUT: ReadonlySet<FaultName> = new Set<FaultName>([
  'lock-held',
  'vm-locked',
  'no-iommu',
  'disk-full',
  'restart',
  'ssh-cut',
  'ssh-refused',
]);

export const FaultSchema = z.object({
  vmid: z.optional(z.int()),
  seconds: z.optional(z.number()),
  /** How often it happens; without it as often as it can. */
  times: z.optional(z.int()),
  word: z.optional(z.string()),
  kilobytes: z.optional(z.int()),
});
export type FaultArguments = z.infer<typeof FaultSchema>;
