import * as z from 'zod/mini';

/** A VM that the node has from the beginning. */
const VmSchema = z.object({
  vmid: z.int(),
  /** Keys and values of its config beside identity and disk. */
  config: z.record(z.string(), z.string()),
  description: z.optional(z.string()),
  template: z.boolean(),
  /** What is installed on its disk: a system of `systems`; null: nothing. */
  system: z.nullable(z.string()),
});

/** What the node is told about itself when it is made. */
export const LabOptionsSchema = z.object({
  accelerator: z.enum(['kvm', 'tcg']),
  /** Machine types that the QEMU here has. */
  machines: z.array(z.string()),
  /** The host's iGPU: `8086:46d1`. */
  igpu: z.string(),
  vms: z.array(VmSchema),
  /** Public keys that may log in. */
  keys: z.array(z.string()),
  /** TCP port for ssh on 127.0.0.1, or on all addresses; 0: any. */
  port: z.int(),
  address: z.string(),
});

export type LabVm = z.infer<typeof VmSchema>;
export type LabOptions = z.infer<typeof LabOptionsSchema>;
