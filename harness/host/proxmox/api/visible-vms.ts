import * as z from 'zod/mini';
import { read } from '../manager/answers.ts';

const permissions = z.record(z.string(), z.record(z.string(), z.unknown()));

/**
 * Whether somebody with these permissions would see a VM in the list if there were one. Without any right the list is
 * empty, too, and no error (m32).
 *
 * @param answer of `GET /access/permissions`: paths with the privileges on each (m97)
 * @throws PveUnreadable
 */
export function maySeeVms(asked: string, answer: unknown): boolean {
  const paths = Object.entries(read(permissions, asked, answer));
  return paths.some(([path, granted]) => /^\/($|vms|pool)/.test(path) && Object.hasOwn(granted, 'VM.Audit'));
}
