/** A text as PowerShell takes it literally. @throws RangeError for what is not printable ASCII */
export function powershellLiteral(text: string): string {
  if (!/^[\x20-\x7e]*$/.test(text)) throw new RangeError(`not for a script: ${JSON.stringify(text)}`);
  return `'${text.replaceAll("'", "''")}'`;
}
