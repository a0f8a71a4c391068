import * as z from 'zod';

/**
 * How the owner of a Proxmox VE host lets this machine work there: their own file says so, no repository does.
 * What is not named is not touched.
 */

/** As ssh takes it; it stands behind `--`, and a dash first would still be no name of a host. */
const destination = z
  .string('expected a name that ssh takes, such as root@pve')
  .regex(
    /^(?:[A-Za-z0-9._][A-Za-z0-9._-]{0,63}@)?[A-Za-z0-9][A-Za-z0-9.:_-]{0,252}$/,
    'expected a name that ssh takes, such as root@pve; ports and keys stand in your ssh_config',
  );

const file = z
  .string('expected the path of a file')
  .regex(/^\/[^\x00-\x1f\x7f]{1,1000}$/, 'expected the whole path of a file');

const vmid = z.int('expected the number of a VM').min(100).max(999_999_999);

const word = (what: string, example: string) =>
  z
    .string(`expected the name of a ${what}`)
    .regex(/^[A-Za-z][A-Za-z0-9._-]{0,63}$/, `expected the name of a ${what}, such as ${example}`);

const api = z
  .strictObject({
    api: z
      .url({ protocol: /^https$/, error: 'expected the address of the API, such as https://pve:8006' })
      .describe('Where the API answers.'),
    node: word('node', 'pve').describe('The node of the cluster that has the iGPU.'),
    tokenFile: file.describe('A file that holds `user@realm!name=secret`, readable by you alone.'),
    fingerprint: z
      .string()
      .regex(
        /^(?:[0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2}$/,
        'expected the SHA-256 fingerprint of its certificate, as Proxmox VE shows it',
      )
      .exactOptional()
      .describe("Of the node's own certificate, instead of trust in a CA."),
    caFile: file.exactOptional().describe('Certificates to trust instead of those of this machine.'),
  })
  .refine(({ fingerprint, caFile }) => fingerprint === undefined || caFile === undefined, {
    message: 'expected a fingerprint or a caFile, not both',
  });

export const ReachSchema = z.union(
  [z.literal('here'), z.strictObject({ ssh: destination }), api],
  'expected how to reach the host: here, { ssh: root@pve } or { api: https://pve:8006, node: …, tokenFile: … }',
);
/** `here`: this machine is the node. */
export type Reach = z.output<typeof ReachSchema>;

const guest = z.union(
  [
    z.strictObject({
      template: vmid.describe('The template that every run is a clone of; the clone is destroyed after it.'),
      clone: z
        .enum(['linked', 'full'], 'expected linked or full')
        .default('linked')
        .describe('A linked clone is made at once; a full one copies every disk.'),
      storage: word('storage', 'local-lvm').exactOptional().describe('Where the disks of a full clone go.'),
      pool: word('pool', 'ci').exactOptional().describe('The pool that clones belong to.'),
    }),
    z.strictObject({
      vm: vmid.describe(
        'A VM that runs work in and roll back afterwards. It must be stopped, and tagged `code43` on the host.',
      ),
    }),
  ],
  'expected a template such as { template: 9000 }, or a VM such as { vm: 103 }',
);
/** Where a guest's VM comes from on this host. */
export type GuestSource = z.output<typeof guest>;

const power = z.union(
  [
    z.strictObject({
      command: z
        .array(z.string().regex(/^[^\x00]{1,1000}$/), 'expected a program and its words')
        .min(1)
        .max(50)
        .describe('Switches the machine off and on again; it runs here, and 0 says that it did.'),
    }),
    z.strictObject({
      shelly: z.url({ protocol: /^https?$/ }).describe('A Shelly plug (generation 2 or later).'),
    }),
    z.strictObject({ tasmota: z.url({ protocol: /^https?$/ }).describe('A plug with Tasmota.') }),
  ],
  'expected a switch: { command: [program, …] }, { shelly: http://… } or { tasmota: http://… }',
);
/** What can take the machine's power away and give it back. */
export type PowerSwitch = z.output<typeof power>;

/** The keys of a host in the owner's file that make a connection. */
export const connectionShape = {
  reach: ReachSchema.exactOptional().describe('How to reach the host. Left out: its cells are skipped here.'),
  vmids: z
    .strictObject({ from: vmid, to: vmid }, 'expected numbers such as { from: 9100, to: 9199 }')
    .refine(({ from, to }) => from <= to, 'expected from to be at most to')
    .default({ from: 9100, to: 9199 })
    .describe('Numbers that clones may take.'),
  guests: z
    .record(
      z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'expected the name of a guest'),
      guest,
      'expected guests by their names, such as { win11-iot: { template: 9000 } }',
    )
    .default({})
    .describe('Where the VM of each guest comes from.'),
  reboot: z
    .boolean('expected true or false')
    .default(false)
    .describe('Whether a run may restart the whole host: for a cold boot, or where nothing else helps.'),
  power: power
    .exactOptional()
    .describe('What may take its power away where it no longer answers. Left out: nothing.'),
};

/** A host as its owner lets this machine use it. */
export interface Connection {
  readonly reach: Reach;
  readonly vmids: { readonly from: number; readonly to: number };
  /** By the name of the guest. */
  readonly guests: Readonly<Record<string, GuestSource>>;
  readonly reboot: boolean;
  readonly power: PowerSwitch | null;
}
