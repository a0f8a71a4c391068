import type { Part } from '../part.ts';
import { readLines, said, type Reading, type Said } from './reading.ts';

/** Reads `pveversion`, with or without `-v`: Proxmox, the running kernel, QEMU. Pure; never throws. */
export function readPveVersions(part: Part): Reading {
  return readLines(part, 'machine', ofLine);
}

function ofLine(text: string): readonly Said[] {
  const manager = /\bpve-manager(?:\/|: )(\d{1,3}(?:\.\d{1,4}){0,3})/.exec(text)?.[1];
  const kernel = /\(?running kernel: (\d[\w.+~-]{2,80})/.exec(text)?.[1];
  const qemu = /\bpve-qemu-kvm(?:\/|: )(?:\d:)?(\d{1,3}(?:\.\d{1,4}){0,3})/.exec(text)?.[1];
  return [
    ...(manager === undefined ? [] : [said('pveVersion', manager), said('hypervisor', 'proxmox')]),
    ...(kernel === undefined ? [] : [said('kernel', kernel)]),
    ...(qemu === undefined ? [] : [said('qemuVersion', qemu)]),
  ];
}
