/** What was given cannot make a Windows template: the message says which part, why, and what to give instead. */
export class TemplateRefused extends Error {
  override readonly name = 'TemplateRefused';
}
