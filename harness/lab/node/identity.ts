import { randomBytes, randomUUID } from 'node:crypto';

/** An address of Proxmox's own prefix. */
export function newMac(): string {
  const bytes = [0xbc, 0x24, 0x11, ...randomBytes(3)];
  return bytes.map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(':');
}

export function newUuid(): string {
  return randomUUID();
}

/** A network card's value with another address. */
export function withNewMac(value: string): string {
  return value.replace(/[0-9A-F]{2}(?::[0-9A-F]{2}){5}/i, newMac());
}
