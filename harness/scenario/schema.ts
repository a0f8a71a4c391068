import * as z from 'zod';
import { BOOT_KINDS, PLATFORMS, PROBES, VERDICTS } from '../trace/words.ts';

/**
 * The shapes of the files that people write below `scenarios/`: the one source of types, checks and JSON Schema.
 * A message that begins with `expected` is shown as it is, followed by what stood there instead.
 */

const name = (what: string) =>
  z.string(`expected the name of a ${what}`).regex(NAME, `expected the name of a ${what}`);
const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;

const line = z
  .string('expected a line of text')
  .regex(/^[^\x00-\x1f\x7f-\x9f]{1,200}$/, 'expected a line of text of 1 to 200 characters');

const pciId = z
  .string('expected a PCI id such as "8086:46d1"')
  .regex(/^[0-9a-f]{4}:[0-9a-f]{4}$/, 'expected a PCI id in lower case such as "8086:46d1"');

const pciAddress = z
  .string('expected a PCI address such as "0000:00:02.0"')
  .regex(
    /^[0-9a-f]{4}:[0-9a-f]{2}:[0-1][0-9a-f]\.[0-7]$/,
    'expected a whole PCI address such as "0000:00:02.0"',
  );

const seconds = z.number('expected a number of seconds').min(0).max(86_400);

const AXIS = /^(rom|host|guest|fault|config\.[a-z][a-z0-9_-]*(\.[a-z][a-z0-9_-]*)?)$/;
const axisName = z
  .string()
  .regex(AXIS, 'expected an axis: rom, host, guest, fault, config.<key> or config.<key>.<property>');

/** Numbers and booleans stand for their text; null for the text `null`, which takes a config key away. */
const axisValue = z
  .union([z.string(), z.number(), z.boolean(), z.null()], 'expected a word or a number')
  .transform(String)
  .pipe(z.string().regex(/^[^\x00-\x1f\x7f-\x9f]{1,300}$/, 'expected one line of at most 300 characters'));

const combination = z
  .record(axisName, axisValue, 'expected axes with one value each, such as { rom: none }')
  .refine((axes) => Object.keys(axes).length > 0, 'expected at least one axis');

const rom = z
  .string('expected "none" or a ROM such as "test/good"')
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/,
    'expected "none" or a ROM such as "test/good"',
  )
  .max(200);

const settle = z
  .strictObject(
    {
      unchanged: seconds
        .default(120)
        .describe('Seconds for which every sample must say the same before it counts.'),
      uptime: seconds
        .default(180)
        .describe('Seconds of guest uptime before which nothing counts as settled.'),
      samples: z
        .int('expected a whole number')
        .min(2)
        .max(1000)
        .default(6)
        .describe('How many samples at least: one good answer proves nothing.'),
      limit: seconds
        .default(600)
        .describe("Seconds after the guest agent's first answer at which an unsettled boot is given up."),
    },
    'expected settle times such as { unchanged: 120, uptime: 180, samples: 6, limit: 600 }',
  )
  .superRefine(({ unchanged, limit }, context) => {
    if (unchanged <= limit) return;
    const message = `expected at most the limit of ${limit}, else no boot can settle`;
    context.addIssue({ code: 'custom', path: ['unchanged'], message });
  });

const expectation = z.strictObject({
  when: combination.exactOptional().describe('Axis values of the cells it is about; left out: all cells.'),
  verdict: z.enum(VERDICTS).describe('What the run must come to.'),
  finding: z
    .string('expected the id of a finding such as "rom.missing"')
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'expected the id of a finding such as "rom.missing"')
    .exactOptional()
    .describe('A finding that the result must have.'),
});

export const ScenarioSchema = z
  .strictObject({
    name: line.describe('One line for people; it stands in reports and in the matrix.'),
    host: z
      .union([name('host'), z.strictObject({ igpu: pciId })], {
        error: 'expected the name of a host, or a requirement such as { igpu: "8086:46d1" }',
      })
      .exactOptional()
      .describe('A host in scenarios/hosts, or what a host must have. Left out where host is an axis.'),
    guest: name('guest')
      .exactOptional()
      .describe('A guest in scenarios/guests. Left out where guest is an axis.'),
    rom: rom
      .exactOptional()
      .describe('The option ROM for all cells: "none", or a ROM of roms/. Left out where rom is an axis.'),
    fault: z
      .string('expected the name of a fault')
      .regex(
        /^[a-z][a-z0-9-]{0,63}(=[A-Za-z0-9.-]{1,32})?$/,
        'expected the name of a fault, or <name>=<argument>',
      )
      .exactOptional()
      .describe(
        'What the stand-in guest does wrong on purpose. Only guests whose image is standin-windows can.',
      ),
    config: z
      .string('expected VM config as Proxmox writes it, as text below "config: |"')
      .min(1)
      .max(65_536)
      .describe('VM config as `qm config` prints it. Keys that belong to the guest are ignored.'),
    axes: z
      .record(
        axisName,
        z.array(axisValue, 'expected a list of values').min(1).max(1000),
        'expected axes with a list of values each, such as { rom: [none, test/good] }',
      )
      .default({})
      .describe('What to vary: rom, host, guest, fault, config.<key> or config.<key>.<property>.'),
    exclude: z
      .array(combination, 'expected a list of combinations')
      .max(1000)
      .default([])
      .describe('Combinations of axis values to leave out.'),
    boots: z
      .array(z.enum(BOOT_KINDS), 'expected a list of boots such as [start, reset]')
      .min(1)
      .max(20)
      .refine(([first]) => first === 'start' || first === 'cold', {
        path: [0],
        message: 'expected start or cold as the first boot: nothing runs yet that could be reset',
      })
      .default(['start'])
      .describe('Boots to do one after the other in each run.'),
    settle: settle.prefault({}).describe("When a device's status counts."),
    expect: z
      .array(expectation, 'expected a list of rules such as [{ verdict: pass }]')
      .min(1)
      .max(1000)
      .describe('What each cell must come to; the first rule that matches wins.'),
  })
  .describe('A code43 scenario: docs/scenarios.md');

const driver = z
  .strictObject({
    service: line.exactOptional(),
    provider: line.exactOptional(),
    inf: line.exactOptional(),
    version: line.exactOptional(),
  })
  .refine((stated) => Object.keys(stated).length > 0, {
    message: 'expected at least one of service, provider, inf, version: else any driver would do',
  });

export const HostSchema = z
  .strictObject({
    name: line.describe('One line for people.'),
    platform: z.enum(PLATFORMS).describe('What kind of machine it is, and so which driver runs it.'),
    igpu: z.strictObject({
      device: z
        .string()
        .regex(/^[a-z0-9][a-z0-9-]{0,40}$/, 'expected a QEMU device such as "bochs-display"')
        .exactOptional()
        .describe('On platform qemu: the QEMU device that stands in for the iGPU.'),
      id: pciId.describe('vendor:device as `lspci -nn` prints it.'),
      address: pciAddress.describe('Where the host has it.'),
      driver: z
        .strictObject({ windows: driver.exactOptional(), linux: driver.exactOptional() } satisfies Record<
          (typeof PROBES)[number],
          unknown
        >)
        .describe('By guest probe: the driver that must have started the device for a pass.'),
    }),
    facts: z
      .record(z.string().regex(/^[a-z][a-zA-Z0-9-]{0,40}$/, 'expected a word such as "cpu"'), axisValue)
      .default({})
      .describe('Publishable facts such as cpu, board, kernel. No addresses, no serial numbers.'),
  })
  .refine(({ platform, igpu }) => (platform === 'qemu') === (igpu.device !== undefined), {
    path: ['igpu', 'device'],
    message: 'expected a device on platform qemu, and none on any other',
  })
  .describe('A lab machine: publishable facts only');

export const GuestSchema = z
  .strictObject({
    name: line.describe('One line for people.'),
    probe: z.enum(PROBES).describe("Which probe reads the device's status."),
    image: name('built image').exactOptional().describe('On a qemu host: which built image boots.'),
    config: z
      .string('expected VM config as Proxmox writes it, as text below "config: |"')
      .min(1)
      .max(65_536)
      .exactOptional()
      .describe('What the guest brings: disks, efidisk0, tpmstate0, network, as `qm config` prints it.'),
    agentDeadline: seconds
      .min(1)
      .describe('Seconds from the start of a boot within which the guest agent must have answered.'),
  })
  .describe('The operating system in the VM');

export type ScenarioFile = z.output<typeof ScenarioSchema>;
