import { join } from 'node:path';
import { askedFault, writeWhole } from './fault.ts';
import { LAB } from './places.ts';
import { NotInStandIn } from './refusal.ts';

/** Seconds that a restart takes where nobody asked for another time. */
const AWAY = 3;

/** What restarts the node: `reboot`, `systemctl reboot`, `shutdown -r now`. Not observed: no transcript has one. */
export function restart(program: string, argv: readonly string[]): number {
  const words = argv.join(' ');
  const known: Readonly<Record<string, readonly string[]>> = {
    reboot: ['', '-f'],
    systemctl: ['reboot', 'reboot -f', 'reboot --force'],
    shutdown: ['-r now'],
  };
  if (known[program]?.includes(words) !== true) throw new NotInStandIn(`${program} ${words}`);
  const seconds = askedFault('stays-down')?.seconds ?? AWAY;
  writeWhole(join(LAB.faults, 'restart'), JSON.stringify({ seconds }));
  return 0;
}
