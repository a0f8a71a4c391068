/** The stand-in node could not be made, or did not do what it was told. */
export class LabFailed extends Error {
  override readonly name = 'LabFailed';
}
