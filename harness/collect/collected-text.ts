import type { Gathered, Outcome } from './gather.ts';

/** `collected.txt`: what was gathered and what was not, with the reason, and what is hidden. */
export function collectedText({ vmid, outcomes }: Gathered, version: string, vmFound: string): string {
  const there = outcomes.filter(({ missing }) => missing === null);
  const not = outcomes.filter(({ missing }) => missing !== null);
  return [
    // A prompt with a command: whoever reads evidence line by line sees that this is none.
    'root@host:~# code43 collect',
    `gathered by code43 ${version}; every file begins with the command that a person would have typed for it`,
    vmid === null ? `about no VM: ${vmFound}` : `about VM ${vmid}: ${vmFound}`,
    'replaced by pseudonyms: addresses, UUIDs, serial numbers, secrets, names of the host, users, VMs and storages',
    '',
    ...there.map(
      ({ collector, pieces }) =>
        `gathered  ${collector.file.padEnd(26)} ${collector.what}${pieces.some(({ cut }) => cut) ? ` (only its first ${collector.limit.bytes} bytes)` : ''}`,
    ),
    '',
    ...not.flatMap(missingLines),
    '',
  ].join('\n');
}

function missingLines({ collector, missing }: Outcome): readonly string[] {
  return [
    `missing   ${collector.file.padEnd(26)} ${collector.what}`,
    `          because ${(missing ?? '').replace(/\s+/g, ' ')}`,
    `          instead ${collector.whenMissing}`,
  ];
}
