import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../fault.ts';
import { PLACES } from '../places.ts';
import { refusal } from '../refusals.ts';
import type { Conf } from './conf.ts';
import { readConf } from './read-conf.ts';
import { writeConf } from './write-conf.ts';

export interface Loaded extends Conf {
  /** SHA-1 of the file's text. */
  readonly digest: string;
}

function pathOf(vmid: number): string {
  return join(PLACES.configs, `${vmid}.conf`);
}

export function hasConf(vmid: number): boolean {
  return existsSync(pathOf(vmid));
}

/** @throws Refusal there is no such VM */
export function loadConf(vmid: number): Loaded {
  if (!hasConf(vmid)) throw refusal('noSuchVm', vmid);
  const text = readFileSync(pathOf(vmid), 'utf8');
  return { ...readConf(text), digest: createHash('sha1').update(text).digest('hex') };
}

export function storeConf(vmid: number, conf: Conf): void {
  writeWhole(pathOf(vmid), writeConf(conf));
}

export function removeConf(vmid: number): void {
  rmSync(pathOf(vmid), { force: true });
}

/** All VMs of the node, by number. */
export function allVms(): readonly number[] {
  return readdirSync(PLACES.configs)
    .flatMap((name) => /^(\d+)\.conf$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

/** @throws Refusal somebody works on the VM, or a killed task has left it so */
export function checkLock({ main }: Conf, skip = false): void {
  const lock = main.entries.get('lock');
  if (lock !== undefined && !skip) throw refusal('locked', lock);
}

export function isTemplate({ main }: Conf): boolean {
  return main.entries.get('template') === '1';
}
