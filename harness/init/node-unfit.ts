/** A machine on which no scenario could run, or of which too little can be seen: the message says why, and what to do. */
export class NodeUnfit extends Error {
  override readonly name = 'NodeUnfit';
}
