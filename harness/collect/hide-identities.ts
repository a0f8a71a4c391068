import { createRedactor } from '../trace/redact.ts';

/** Takes identities out of what a host said: the same one everywhere gets the same pseudonym. */
export interface Hider {
  readonly text: (text: string) => string;
  /** A VM's config: what people wrote into it for themselves goes, too. */
  readonly config: (text: string) => string;
}

/** Keys of a Proxmox config that are words, addresses or secrets of its owner's. */
const OWNERS_KEYS =
  /^(name|description|tags|cipassword|ciuser|sshkeys|searchdomain|nameserver|ipconfig\d+|cicustom|hookscript):.*$/gm;

/**
 * @param names of the host, its domain, its users and nodes; those that say nothing of anybody are left
 */
export function createHider(names: readonly string[]): Hider {
  const { text } = createRedactor(names);
  return { text, config: (input) => text(ownersWordsOut(input)) };
}

/** Snapshots repeat the config of another day, and the lines of the description begin with `#`. */
function ownersWordsOut(config: string): string {
  const [main = ''] = config.split(/^\[(?!PENDING\])/im);
  return main.replace(/^#.*\n?/gm, '').replace(OWNERS_KEYS, '$1: hidden');
}
