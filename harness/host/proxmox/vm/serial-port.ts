/** The first serial port as a VM's config has it, and what to do where nobody can look in through it; null: one can. */
export function whyNoSerial(vmid: number, entries: ReadonlyMap<string, string>): string | null {
  const serial = entries.get('serial0');
  if (serial === 'socket') return null;
  const has = serial === undefined ? 'has no serial0' : `has serial0 on ${serial} of the node`;
  return (
    `VM ${vmid} ${has}: \`qm set ${vmid} --serial0 socket\`, then stop and start it; ` +
    'its guest shows something there only if it has a console on ttyS0 (Linux: console=ttyS0 for its kernel)'
  );
}
