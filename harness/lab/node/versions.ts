import { release } from 'node:os';

/** What the node claims to be: the one of the transcripts. */
export const VERSION = {
  api: { release: '9.2', repoid: '14a22df3', version: '9.2.11' },
  manager: 'pve-manager/9.2.11/14a22df3',
} as const;

/** `pveversion`, transcript of the same title. */
export function pveversion(): string {
  return `${VERSION.manager} (running kernel: ${release()})\n`;
}
