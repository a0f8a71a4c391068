import * as z from 'zod/mini';
import { read } from './answers.ts';
import { PveUnreadable } from './unreadable.ts';
import type { TaskEnd } from '../vm-manager.ts';

/** Source: pve-common 9.2.1, PVE/UPID.pm. The node's clock in hex seconds is the fifth field. */
const UPID =
  /^UPID:[A-Za-z0-9][A-Za-z0-9-]*:[0-9A-Fa-f]{8}:[0-9A-Fa-f]{8,9}:([0-9A-Fa-f]{8}):([^:\s/]+):([^:\s/]*):[^:\s/]+:$/;
const LONGEST_UPID = 512;

/** Lines of a task's log that are kept, and characters of each. */
export const LOG_LINES = 2000;
const LOG_WIDTH = 4096;

const state = z.object({ status: z.string(), exitstatus: z.optional(z.nullable(z.string())) });
const log = z.array(z.object({ n: z.int(), t: z.string() }));
const list = z.array(z.object({ upid: z.string() }));

/** A task as the node's list has it. */
export interface ListedTask {
  readonly upid: string;
  /** Seconds since the epoch by the node's clock. */
  readonly began: number;
  /** `qmstart`, … */
  readonly type: string;
  /** The VM's number. */
  readonly id: string;
}

/** @throws PveUnreadable it is no task's id */
export function readUpid(asked: string, answer: unknown): string {
  if (typeof answer === 'string' && answer.length <= LONGEST_UPID && UPID.test(answer)) return answer;
  throw new PveUnreadable(asked, 'the answer is no task', JSON.stringify(answer));
}

/** @returns how a task ended, in its own words; null: it has not. @throws PveUnreadable */
export function readTaskState(asked: string, answer: unknown): string | null {
  const { status, exitstatus } = read(state, asked, answer);
  return status === 'stopped' ? (exitstatus ?? 'unexpected status') : null;
}

/** @returns lines of a task's log, in their order; an empty one is said to have `no content` (e48). @throws PveUnreadable */
export function readTaskLog(asked: string, answer: unknown): readonly string[] {
  const lines = read(log, asked, answer).map(({ t }) => t);
  return lines.length === 1 && lines[0] === 'no content' ? [] : lines;
}

/** @returns the tasks of a list that can be read. @throws PveUnreadable it is no list */
export function readTaskList(asked: string, answer: unknown): readonly ListedTask[] {
  return read(list, asked, answer).flatMap(({ upid }) => {
    const [, began = '', type = '', id = ''] = upid.length <= LONGEST_UPID ? (UPID.exec(upid) ?? []) : [];
    return type === '' ? [] : [{ upid, began: Number.parseInt(began, 16), type, id }];
  });
}

/**
 * @param exitstatus a task's own words: `OK`, `WARNINGS: 2`, or an error
 * @param lines what it printed; its beginning and its end are kept
 */
export function taskEnd(exitstatus: string, lines: readonly string[]): TaskEnd {
  const half = LOG_LINES / 2;
  const kept = lines.length <= LOG_LINES ? lines : [...lines.slice(0, half), ...lines.slice(-half)];
  return {
    ok: exitstatus === 'OK' || /^WARNINGS: \d+$/.test(exitstatus),
    exitstatus: exitstatus.slice(0, LOG_WIDTH),
    log: kept.map((line) => line.slice(0, LOG_WIDTH)),
  };
}
