/** The lab could not do its part of a run: says nothing about the combination under test. */
export class LabFailed extends Error {
  override readonly name = 'LabFailed';
}
