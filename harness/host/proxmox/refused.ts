import { refusalReason, type RefusalReason } from './refusal-reasons.ts';

/** Proxmox VE said no. `words` are its own. */
export class PveRefused extends Error {
  override readonly name: string = 'PveRefused';
  readonly words: string;
  /** What the words mean, where they are known. */
  readonly reason: RefusalReason | null;

  /** @param asked for messages: `qm start 110 on root@pve` */
  constructor(asked: string, words: string, options?: ErrorOptions) {
    super(`${asked}: ${words}`, options);
    this.words = words;
    this.reason = refusalReason(words);
  }
}

/** This way of asking has not the rights: which key or privilege, and the ways out, stand in the message. */
export class PveDenied extends PveRefused {
  override readonly name = 'PveDenied';

  /** @param waysOut what would have the rights; it stands behind the words in the message */
  constructor(asked: string, words: string, waysOut?: string, options?: ErrorOptions) {
    super(asked, words, options);
    if (waysOut !== undefined) this.message += `; ${waysOut}`;
  }
}
