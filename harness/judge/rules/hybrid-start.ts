import type { Boot } from '../boot.ts';
import { conclude, quote, rule, type Conclusion } from '../rule.ts';

/**
 * Windows' hybrid start is a property of a boot: the guest wakes the kernel, and with it the drivers, that it had put
 * to sleep when it was last shut down. For a `start` that is told and no more: a QEMU process was started all the
 * same. As a `cold` boot, a `reset` or a `reboot` it does not count, since those are to begin with a kernel that
 * has never seen the device.
 */
export const hybridStart = rule({
  id: 'hybrid-start',
  start: null,
  conclude: (view) => view.timeline.boots.flatMap(describe),
});

function describe(boot: Boot): readonly Conclusion[] {
  const seen = boot.readings.find(({ fastStartup }) => fastStartup === true);
  if (seen === undefined) return [];
  const counts = boot.asked === 'start';
  return [
    conclude(counts ? null : 'inconclusive', [boot.boot], {
      id: 'boot.hybrid-start',
      severity: 'warning',
      title: `Windows resumed its kernel in boot ${boot.boot + 1} (fast start-up)`,
      detail: counts
        ? 'The driver was woken, not started: nothing is shown of a driver that starts from nothing.'
        : `It does not count as a ${boot.asked}: the driver was woken, not started.`,
      evidence: [quote(seen.n, 'guest agent', 'Kernel-Boot event 27: not a full start')],
      collect: ['the same boots after `powercfg /h off` in the guest'],
    }),
  ];
}
