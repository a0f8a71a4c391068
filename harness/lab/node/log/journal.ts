import { appendFileSync, readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { LAB } from '../places.ts';

const EntrySchema = z.object({
  /** Microseconds since the epoch. */
  realtime: z.int(),
  /** Microseconds since the node's boot. */
  monotonic: z.int(),
  boot: z.string(),
  /** 0 to 7, as syslog has it. */
  priority: z.int(),
  /** `kernel`, or the program that said it. */
  who: z.string(),
  pid: z.nullable(z.int()),
  message: z.string(),
});
export type JournalEntry = z.infer<typeof EntrySchema>;

const BootSchema = z.object({
  /** As `/proc/sys/kernel/random/boot_id`. */
  id: z.string(),
  /** Microseconds since the epoch. */
  began: z.int(),
});
export type Boot = z.infer<typeof BootSchema>;

export function readBoot(): Boot {
  return BootSchema.parse(JSON.parse(readFileSync(LAB.boot, 'utf8')));
}

export interface Said {
  readonly priority?: number;
  readonly who?: string;
  readonly pid?: number;
}

/** Adds a line to the node's journal; without `who` the kernel says it. */
export function say(message: string, { priority = 6, who = 'kernel', pid }: Said = {}): void {
  const { id, began } = readBoot();
  const realtime = Math.round((performance.timeOrigin + performance.now()) * 1000);
  const entry: JournalEntry = {
    realtime,
    monotonic: Math.max(0, realtime - began),
    boot: id.replaceAll('-', ''),
    priority,
    who,
    pid: pid ?? null,
    message,
  };
  appendFileSync(LAB.journal, `${JSON.stringify(entry)}\n`);
}

/** The journal from its `from`th line on. A line that is still being written is left for the next look. */
export function readJournal(from = 0): readonly JournalEntry[] {
  const lines = readFileSync(LAB.journal, 'utf8').split('\n').slice(0, -1);
  return lines.slice(from).map((line) => EntrySchema.parse(JSON.parse(line)));
}
