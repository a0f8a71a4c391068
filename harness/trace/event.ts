import * as z from 'zod/mini';
import { BOOT_KINDS, CHANNELS, FALLBACK_STEPS, REFUSALS, RUNGS } from './words.ts';

/**
 * One line of `events.jsonl`: one thing observed, in the order of observation.
 *
 * `n` counts from 1 without gaps; `t` is in seconds on the channel's own clock, which the header names.
 * Texts are as they were received, after redaction and bounded in length.
 */
const base = { n: z.int(), t: z.number() };
const text = z.string();
const boot = z.int();

const note = z.discriminatedUnion('kind', [
  z.strictObject({
    ...base,
    ch: z.literal('note'),
    kind: z.literal('boot.begin'),
    boot,
    asked: z.enum(BOOT_KINDS),
  }),
  z.strictObject({ ...base, ch: z.literal('note'), kind: z.literal('boot.end'), boot, why: text }),
  z.strictObject({
    ...base,
    ch: z.literal('note'),
    kind: z.literal('boot.skip'),
    boot,
    asked: z.enum(BOOT_KINDS),
    why: text,
  }),
  /** Boot `of` ended without a verdict; what follows is the same guest without the device, until `control.end`. */
  z.strictObject({ ...base, ch: z.literal('note'), kind: z.literal('control.begin'), of: boot }),
  z.strictObject({ ...base, ch: z.literal('note'), kind: z.literal('control.end'), of: boot, why: text }),
  /** The cell asks for something this host lacks: the run did not begin. */
  z.strictObject({ ...base, ch: z.literal('note'), kind: z.literal('unmet'), why: text }),
  /** Parts of the config that this kind of host cannot honour, such as `bios` under local QEMU. */
  z.strictObject({ ...base, ch: z.literal('note'), kind: z.literal('not-honoured'), what: z.array(text) }),
  /** The lab or the harness failed; says nothing about the combination under test. */
  z.strictObject({ ...base, ch: z.literal('note'), kind: z.literal('lab.error'), text }),
  /** The person stopped the run. */
  z.strictObject({ ...base, ch: z.literal('note'), kind: z.literal('stopped'), why: text }),
  /** Events of a channel that its cap kept out. */
  z.strictObject({
    ...base,
    ch: z.literal('note'),
    kind: z.literal('dropped'),
    of: z.enum(CHANNELS),
    count: z.int(),
  }),
  /** One rung of the recovery ladder was tried; whether it worked was observed, not taken from its exit code. */
  z.strictObject({
    ...base,
    ch: z.literal('note'),
    kind: z.literal('recovery'),
    rung: z.enum(RUNGS),
    worked: z.boolean(),
    seconds: z.number(),
    /** What was seen before and after, and what the rung itself said. */
    why: text,
  }),
  /** How the clock of the host, or of the guest in a boot, stands to the harness's, asked over a round trip: its time less ours, to so many seconds. */
  z.strictObject({
    ...base,
    ch: z.literal('note'),
    kind: z.literal('clock'),
    of: z.enum(['host', 'guest']),
    offset: z.number(),
    within: z.number(),
  }),
  /** The host was restarted under the run, by nobody of the harness: it crashed, or lost its power. */
  z.strictObject({
    ...base,
    ch: z.literal('note'),
    kind: z.literal('host.crash'),
    /** The last lines of the kernel's log of the boot that ended; none: its journal has none. */
    lines: z.array(text),
  }),
  /** The host was told to restart, for a boot that needs a device no VM has had: neither a recovery nor a crash. */
  z.strictObject({
    ...base,
    ch: z.literal('note'),
    kind: z.literal('host.restart'),
    /** How the host calls its boots; `to` null: it was not seen to come back. */
    from: text,
    to: z.nullable(text),
    seconds: z.number(),
    /** What was seen before and after, and what the command itself said. */
    why: text,
  }),
  /** The run came to its end as planned: nothing of the lab failed, nobody stopped it, all is cleaned up. */
  z.strictObject({ ...base, ch: z.literal('note'), kind: z.literal('run.end') }),
  z.strictObject({ ...base, ch: z.literal('note'), kind: z.literal('info'), text }),
  /** The device under test as its host has it in sysfs, before a VM gets it or after. Null: the host does not say. */
  z.strictObject({
    ...base,
    ch: z.literal('note'),
    kind: z.literal('device'),
    when: z.enum(['before', 'after']),
    /** `vendor:device`; null: there is no such device. */
    id: z.nullable(text),
    deviceClass: z.nullable(text),
    bootVga: z.nullable(z.boolean()),
    powerState: z.nullable(text),
    resetMethod: z.nullable(text),
    driver: z.nullable(text),
    iommuGroup: z.nullable(text),
    groupMembers: z.array(text),
    /** No VM has had it since the host was booted; left out: one has, or nobody knows. */
    fresh: z.optional(z.literal(true)),
  }),
]);

const exec = z.discriminatedUnion('kind', [
  z.strictObject({
    ...base,
    ch: z.literal('exec'),
    kind: z.literal('spawn'),
    program: text,
    pid: z.int(),
    argv: z.array(text),
  }),
  z.strictObject({ ...base, ch: z.literal('exec'), kind: z.literal('stderr'), program: text, line: text }),
  z.strictObject({
    ...base,
    ch: z.literal('exec'),
    kind: z.literal('exit'),
    program: text,
    pid: z.int(),
    code: z.nullable(z.int()),
    signal: z.nullable(text),
  }),
]);

const qmp = z.discriminatedUnion('kind', [
  z.strictObject({ ...base, ch: z.literal('qmp'), kind: z.literal('greeting'), version: text }),
  z.strictObject({ ...base, ch: z.literal('qmp'), kind: z.literal('event'), event: text, data: z.unknown() }),
  /** So many further events of that name came within so many seconds and are not kept singly. */
  z.strictObject({
    ...base,
    ch: z.literal('qmp'),
    kind: z.literal('repeated'),
    event: text,
    count: z.int(),
    seconds: z.number(),
  }),
  z.strictObject({
    ...base,
    ch: z.literal('qmp'),
    kind: z.literal('reply'),
    command: text,
    data: z.unknown(),
  }),
  /** QEMU itself did not answer within `waited` seconds. */
  z.strictObject({
    ...base,
    ch: z.literal('qmp'),
    kind: z.literal('silent'),
    command: text,
    waited: z.number(),
  }),
]);

const agent = z.discriminatedUnion('kind', [
  /** The agent answered our sync: it is there, and what follows answers us. */
  z.strictObject({ ...base, ch: z.literal('agent'), kind: z.literal('up') }),
  z.strictObject({
    ...base,
    ch: z.literal('agent'),
    kind: z.literal('reply'),
    command: text,
    data: z.unknown(),
  }),
  z.strictObject({
    ...base,
    ch: z.literal('agent'),
    kind: z.literal('refused'),
    command: text,
    error: text,
    /** Left out: the agent's own error. */
    as: z.optional(z.enum(REFUSALS)),
  }),
  /** No answer within `waited` seconds. */
  z.strictObject({
    ...base,
    ch: z.literal('agent'),
    kind: z.literal('silent'),
    command: text,
    waited: z.number(),
    /** Bytes that came in that time and were no answer; left out: none. */
    heard: z.optional(z.int()),
  }),
  /** The agent answers, but the program it was asked to run has not ended within `waited` seconds. */
  z.strictObject({
    ...base,
    ch: z.literal('agent'),
    kind: z.literal('running'),
    command: text,
    waited: z.number(),
  }),
  /** What one run of the guest probe printed; `judge` reads it. */
  z.strictObject({
    ...base,
    ch: z.literal('agent'),
    kind: z.literal('probe'),
    nonce: text,
    /** Seconds from the question to this answer; older traces do not tell. */
    took: z.optional(z.number()),
    exitcode: z.nullable(z.int()),
    signal: z.nullable(z.int()),
    out: text,
    err: text,
    truncated: z.boolean(),
  }),
  /**
   * What one fall-back of the probe printed, asked because the probe before it was refused. Where the program
   * could not be started or did not end in time, exit code and signal are null and `err` says so.
   */
  z.strictObject({
    ...base,
    ch: z.literal('agent'),
    kind: z.literal('fallback'),
    step: z.enum(FALLBACK_STEPS),
    path: text,
    args: z.array(text),
    exitcode: z.nullable(z.int()),
    signal: z.nullable(z.int()),
    out: text,
    err: text,
    truncated: z.boolean(),
  }),
]);

const serial = z.strictObject({ ...base, ch: z.literal('serial'), line: text });
/** What the firmware says of option ROMs and of what it boots, on its debug console (port 0x402). */
const firmware = z.strictObject({ ...base, ch: z.literal('firmware'), line: text });
/** A line of the host's kernel log, without its time stamp. */
const kernel = z.strictObject({ ...base, ch: z.literal('kernel'), line: text });
/** What a reporter said, in their words. */
const statement = z.strictObject({ ...base, ch: z.literal('statement'), text });

export const TraceEventSchema = z.union([note, exec, qmp, agent, serial, firmware, kernel, statement]);
export type TraceEvent = z.infer<typeof TraceEventSchema>;

type WithoutOrder<E> = E extends unknown ? Omit<E, 'n' | 't'> : never;
/** An event before the recorder numbers it and gives it its time. */
export type Observation = WithoutOrder<TraceEvent>;
