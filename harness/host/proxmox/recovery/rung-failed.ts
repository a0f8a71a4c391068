/** A rung of the recovery ladder could not be tried, or the node would not have it. */
export class RungFailed extends Error {
  override readonly name = 'RungFailed';
}
