import * as z from 'zod/mini';
import { BOOT_KINDS, CHANNELS, PLATFORMS, PROBES, VERDICTS } from './words.ts';

/** `trace.json`: what was asked, of whom, with what, and by which clocks. `TRACE_SCHEMA` counts its versions. */
export const TRACE_SCHEMA = 1;

const text = z.string();
const texts = z.record(z.string(), z.string());

/** How long a device must stay as it is before its status counts: seconds, seconds of guest uptime, samples. */
export const SettleSchema = z.strictObject({
  unchanged: z.number(),
  uptime: z.number(),
  samples: z.int(),
  /** Seconds after the agent's first answer at which an unsettled boot is given up. */
  limit: z.number(),
});
export type Settle = z.infer<typeof SettleSchema>;

export const ExpectationSchema = z.strictObject({
  verdict: z.enum(VERDICTS),
  finding: z.optional(z.string()),
});
export type Expectation = z.infer<typeof ExpectationSchema>;

/** The driver that must have started the device in this guest for a `pass`. Every stated property must match. */
export const ExpectedDriverSchema = z.strictObject({
  service: z.optional(z.string()),
  provider: z.optional(z.string()),
  inf: z.optional(z.string()),
  version: z.optional(z.string()),
});
export type ExpectedDriver = z.infer<typeof ExpectedDriverSchema>;

export const IgpuSchema = z.strictObject({
  /** `vendor:device`, lower-case hex, as `lspci -nn` prints it. */
  id: text,
  /** Where the host has it, `0000:00:02.0`. */
  address: text,
  driver: ExpectedDriverSchema,
});

const romFacts = z.strictObject({
  size: z.int(),
  images: z.array(
    z.strictObject({
      offset: z.int(),
      length: z.int(),
      codeType: z.enum(['pc-at', 'open-firmware', 'pa-risc', 'efi', 'unknown']),
      vendor: text,
      device: text,
      classCode: text,
      last: z.boolean(),
      checksumOk: z.nullable(z.boolean()),
      efi: z.optional(
        z.strictObject({ subsystem: z.int(), machine: z.int(), compressed: z.boolean(), peOffset: z.int() }),
      ),
    }),
  ),
  findings: z.array(
    z.strictObject({ id: text, severity: z.enum(['error', 'warning', 'info']), offset: z.int(), text }),
  ),
});

/** A recording of the console beside the events; for people: no rule reads it. */
export const RecordingSchema = z.strictObject({
  /** A plain name in the trace's directory. */
  file: text.check(z.regex(/^[a-z][a-z0-9-]{0,40}\.cast$/)),
  bytes: z.int(),
  sha256: text,
});
export type Recording = z.infer<typeof RecordingSchema>;

/**
 * What the guest offered on its serial console beyond a boot log. `attended`: a person was on it during the boots, so
 * the run shows what the two of them did and decides nothing; `offered`: a shell waited there, for after the boots.
 */
export const CONSOLE_USES = ['attended', 'offered'] as const;
export type ConsoleUse = (typeof CONSOLE_USES)[number];

export const TraceHeaderSchema = z.strictObject({
  schema: z.literal(TRACE_SCHEMA),
  /** The run's id: sortable by time, unique. */
  id: text,
  tool: z.strictObject({ name: text, version: text }),
  /** `run`: this tool observed it; `import`: built from fragments or statements that somebody gave. */
  origin: z.enum(['run', 'import']),
  /** The plan it is a run of; a plan that was cut off is gone on with by it. */
  plan: z.optional(text),
  /** When it began, ISO 8601 UTC; null where nobody knows. */
  started: z.nullable(text),
  cell: z.strictObject({
    id: text,
    scenario: text,
    name: text,
    axes: texts,
    /** The VM config under test as Proxmox writes it; null where it was not given. */
    config: z.nullable(text),
    boots: z.array(z.enum(BOOT_KINDS)),
    settle: SettleSchema,
    expect: z.nullable(ExpectationSchema),
    attempt: z.int(),
  }),
  host: z.strictObject({
    name: text,
    platform: z.enum(PLATFORMS),
    /** The CPU shows a hypervisor: the host is itself a VM. Null where unknown. */
    virtual: z.nullable(z.boolean()),
    /** What the device under test is to the host: bound to vfio-pci, or made by QEMU. Null where unknown. */
    passthrough: z.nullable(z.enum(['vfio-pci', 'emulated'])),
    igpu: IgpuSchema,
    /** Publishable facts such as `cpu`, `qemu`, `accelerator`, `kernel`. */
    facts: texts,
  }),
  guest: z.strictObject({
    name: text,
    probe: z.enum(PROBES),
    /** Digest or version of the image that ran; null where unknown. */
    build: z.nullable(text),
    /** Where the guest should find the device, `bb:dd.f`; null where it cannot be told from the config. */
    deviceAddress: z.nullable(text),
    /** Seconds from the start of a boot within which the agent must have answered. */
    agentDeadline: z.number(),
    /** What the guest brought to the VM, as Proxmox writes it; left out where it brought nothing. */
    config: z.optional(text),
    /** What the stand-in guest was asked to do wrong. */
    fault: z.optional(text),
  }),
  /** Null: nobody knows whether a ROM was given. `ref: none`: none was. */
  rom: z.nullable(z.strictObject({ ref: text, sha256: z.nullable(text), facts: z.nullable(romFacts) })),
  /** Which clock a channel's `t` is read from, such as `harness` or `host-kernel`. */
  clocks: z.partialRecord(z.enum(CHANNELS), z.string()),
  console: z.optional(z.enum(CONSOLE_USES)),
  recordings: z.optional(z.array(RecordingSchema).check(z.maxLength(8))),
  /** Its identities were taken out again after it was recorded, by this version of this tool. */
  redacted: z.optional(z.strictObject({ version: text })),
  /** Written when the run ends; null marks a run that never did. */
  events: z.nullable(z.strictObject({ count: z.int(), bytes: z.int(), sha256: text })),
});
export type TraceHeader = z.infer<typeof TraceHeaderSchema>;
