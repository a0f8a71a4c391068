import type { Boot } from '../boot.ts';
import { withControl } from '../control.ts';
import { endingOf, type EndingKind } from '../ending.ts';
import { conclude, rule, type Conclusion } from '../rule.ts';
import { settled } from '../settle.ts';
import { refusedToStart } from './qemu-start.ts';

interface Said {
  readonly id: string;
  readonly verdict: 'inconclusive' | 'error';
  readonly title: string;
  readonly detail: string;
  readonly collect: readonly string[];
}

/** What each ending means, and what would tell more. */
const SAID: Readonly<Record<EndingKind, Said>> = {
  panicked: {
    id: 'guest.panicked',
    verdict: 'inconclusive',
    title: 'The guest panicked',
    detail: 'Its kernel gave up. That names no culprit.',
    collect: ["the guest's last console lines"],
  },
  'internal-error': {
    id: 'vm.internal-error',
    verdict: 'inconclusive',
    title: 'QEMU stopped the VM with an internal error',
    detail: 'Most often KVM met an instruction or a state that it cannot run: QEMU’s own lines name it.',
    collect: [
      "QEMU's whole output",
      "the host's kernel log",
      "the host's CPU, and whether it is a VM itself",
    ],
  },
  'io-error': {
    id: 'vm.io-error',
    verdict: 'error',
    title: 'QEMU stopped the VM since a disk failed it',
    detail: "A disk of the VM could not be read or written: the lab's storage is full or broken.",
    collect: ["the host's kernel log", 'free space of the storage'],
  },
  watchdog: {
    id: 'guest.watchdog',
    verdict: 'inconclusive',
    title: "The guest's watchdog fired",
    detail: 'Nothing in the guest fed it any more: the guest hung, or the service that feeds it did.',
    collect: ["the guest's last console lines"],
  },
  paused: {
    id: 'vm.paused',
    verdict: 'error',
    title: 'Somebody paused the VM',
    detail: 'The harness pauses no VM: somebody on the host did.',
    collect: [],
  },
  'reset-loop': {
    id: 'guest.reset-loop',
    verdict: 'inconclusive',
    title: 'The guest resets without ever coming up',
    detail: 'It never got as far as its agent.',
    collect: ["the guest's console", 'the firmware in use'],
  },
  'nothing-to-boot': {
    id: 'guest.nothing-to-boot',
    verdict: 'inconclusive',
    title: 'The firmware finds nothing to boot',
    detail: 'A disk is missing, or was installed for the other firmware (bios: ovmf or seabios).',
    collect: ['the boot order', 'whether the guest was installed with this firmware'],
  },
  'shut-down': {
    id: 'guest.shut-down',
    verdict: 'inconclusive',
    title: 'The guest shut itself down',
    detail: 'It ended before the device could be judged.',
    collect: ["the guest's event log of its last shutdown"],
  },
  rebooted: {
    id: 'guest.rebooted',
    verdict: 'inconclusive',
    title: 'The guest restarted itself',
    detail: 'Its agent had answered, and nobody in the run had asked for a restart: updates, or a bugcheck.',
    collect: ["the guest's event log of its last shutdown", 'its memory dumps'],
  },
  exited: {
    id: 'vm.exited',
    verdict: 'error',
    title: 'QEMU ended in the middle of the boot',
    detail: 'Nobody in the run had asked for it: a crash, or somebody on the host ended it.',
    collect: ["the host's kernel log", "QEMU's core dump"],
  },
  hangs: {
    id: 'vm.hangs',
    verdict: 'error',
    title: 'QEMU hangs',
    detail:
      'Its monitor does not answer, whatever the guest does: it waits for the host, or somebody stopped it.',
    collect: ["the host's kernel log", 'what the process waits for (/proc/<pid>/stack)'],
  },
};

/** What took the VM away before the device could be judged. Whether the device is to blame only a control can tell. */
export const machineEnding = rule({
  id: 'machine-ending',
  start: null,
  conclude: (view) =>
    view.timeline.boots.flatMap((boot) => {
      if (boot.skipped !== null || boot.stopped || refusedToStart(boot)) return [];
      if (boot.greeting === null && boot.exit === null) return [];
      if (settled(boot, view.context.cell.settle) !== null) return [];
      const said = describe(boot);
      if (said === null) return [];
      return [said.verdict === 'error' ? said : withControl(said, boot, view)];
    }),
});

function describe(boot: Boot): Conclusion | null {
  // A boot that goes on may still be told more by QEMU; one that has ended will not.
  const ending = endingOf(boot, boot.ended ?? 0);
  if (ending === null) return null;
  const { verdict, ...said } = SAID[ending.kind];
  return conclude(verdict, [boot.boot], { ...said, severity: 'warning', evidence: ending.evidence });
}
