/** YAML that says nothing but this text: plain words as they are, everything else in quotes. */
export function yamlScalar(text: string): string {
  if (/^[A-Za-z][A-Za-z0-9._+/@-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text))
    return text;
  return /^[ -&(-~]*$/.test(text) ? `'${text}'` : JSON.stringify(text);
}
