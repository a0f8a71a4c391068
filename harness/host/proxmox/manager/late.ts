/** Proxmox VE had not ended what it was asked when the deadline came. It may still be at it. */
export class PveLate extends Error {
  override readonly name = 'PveLate';
  /** The task that goes on, where it is known. */
  readonly upid: string | null;

  /** @param asked for messages: `qm start 110 on root@pve` */
  constructor(asked: string, seconds: number, upid: string | null = null, options?: ErrorOptions) {
    const task = upid === null ? '' : ` as task ${upid}`;
    super(
      `${asked}: no end within ${seconds} s; it may go on there${task}: see the node's task list`,
      options,
    );
    this.upid = upid;
  }
}
