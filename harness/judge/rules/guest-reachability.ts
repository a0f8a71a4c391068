import { settled } from '../settle.ts';
import { conclude, quote, rule, type Conclusion } from '../rule.ts';
import type { Boot } from '../boot.ts';

/**
 * Silence is not a fail: a guest that cannot be asked says nothing about the device. Told apart here: never
 * answered, went silent, panicked, shut itself down, QEMU gone.
 */
export const guestReachability = rule({
  id: 'guest-reachability',
  start: null,
  conclude: (view) =>
    view.timeline.boots.flatMap((boot) => {
      if (boot.skipped !== null || boot.stopped || boot.greeting === null) return [];
      if (settled(boot, view.context.cell.settle) !== null) return [];
      const said = describe(boot);
      return said === null ? [] : [said];
    }),
});

function describe(boot: Boot): Conclusion | null {
  const stderr = boot.stderr.slice(0, 5).map(({ n, line }) => quote(n, 'qemu', line));
  if (boot.panic !== null) {
    return conclude('inconclusive', [boot.boot], {
      id: 'guest.panicked',
      severity: 'warning',
      title: 'The guest panicked',
      detail: 'Whether the device is to blame would need the same boot without it.',
      evidence: [quote(boot.panic, 'qmp', 'GUEST_PANICKED')],
      collect: ["the guest's last console lines", 'a boot of the same guest without the device'],
    });
  }
  if (boot.guestShutdown !== null) {
    return conclude('inconclusive', [boot.boot], {
      id: 'guest.shut-down',
      severity: 'warning',
      title: 'The guest shut itself down',
      detail: 'It ended before the device could be judged.',
      evidence: [quote(boot.guestShutdown, 'qmp', 'SHUTDOWN asked for by the guest')],
    });
  }
  if (boot.exit !== null) {
    const how = boot.exit.signal === null ? `exit code ${boot.exit.code ?? '?'}` : boot.exit.signal;
    return conclude('error', [boot.boot], {
      id: 'vm.exited',
      severity: 'warning',
      title: 'QEMU ended in the middle of the boot',
      detail: 'Nobody in the run had asked for it: a crash, or somebody on the host ended it.',
      evidence: [...stderr, quote(boot.exit.n, 'qemu', `ended with ${how}`)],
      collect: ["the host's kernel log", "QEMU's core dump"],
    });
  }
  if (boot.ended === null) return null;
  if (boot.agentUp === null) {
    return conclude('inconclusive', [boot.boot], {
      id: 'guest.never-answered',
      severity: 'warning',
      title: 'The guest agent never answered',
      detail:
        'The guest may be up without its agent, still booting, or hung: one silent instrument cannot tell.',
      evidence: boot.silences.slice(0, 3).map(silence),
      collect: ["the guest's console", 'whether the agent is installed and enabled (agent: 1, cold start)'],
    });
  }
  if (boot.silences.length > 0) {
    return conclude('inconclusive', [boot.boot], {
      id: 'guest.went-silent',
      severity: 'warning',
      title: 'The guest agent went silent',
      detail: 'It had answered before. A hung guest and a dead agent look the same from here.',
      evidence: boot.silences.slice(0, 3).map(silence),
      collect: ["the guest's console at that time", 'a second instrument: network or balloon statistics'],
    });
  }
  return null;
}

function silence(said: Boot['silences'][number]): ReturnType<typeof quote> {
  return quote(said.n, 'guest agent', `no answer to ${said.command} within ${said.waited.toFixed(1)} s`);
}
