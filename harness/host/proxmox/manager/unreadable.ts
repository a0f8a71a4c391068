const SHOWN = 200;

/** What came back is not what Proxmox VE answers: another version, another program, or a broken node. */
export class PveUnreadable extends Error {
  override readonly name = 'PveUnreadable';

  /**
   * @param asked for messages: `pvesh get /version on root@pve`
   * @param what is wrong with the answer
   * @param answer of which the beginning is shown
   */
  constructor(asked: string, what: string, answer = '', options?: ErrorOptions) {
    const shown = answer.trim() === '' ? '' : `: ${JSON.stringify(answer.slice(0, SHOWN))}`;
    super(`${asked}: ${what}${shown}`, options);
  }
}
