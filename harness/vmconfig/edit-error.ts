/** An edit that a config text cannot take. The message says which path and why. */
export class ConfigEditError extends Error {
  override readonly name = 'ConfigEditError';
}
