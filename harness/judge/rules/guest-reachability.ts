import { cameUp, type Boot, type Silence } from '../boot.ts';
import { withControl } from '../control.ts';
import { endingOf } from '../ending.ts';
import type { Machine } from '../machine.ts';
import type { Evidence } from '../result.ts';
import { conclude, quote, rule, type Conclusion } from '../rule.ts';
import { settled } from '../settle.ts';
import { refusedToStart } from './qemu-start.ts';

/**
 * Silence is not a fail: a guest that cannot be asked says nothing about the device. Told apart here: never answered,
 * went silent, down. "Down" takes two instruments: the agent's silence, and another that had its say after it began.
 */
export const guestReachability = rule({
  id: 'guest-reachability',
  start: null,
  conclude: (view) =>
    view.timeline.boots.flatMap((boot) => {
      if (boot.skipped !== null || boot.stopped || boot.ended === null || refusedToStart(boot)) return [];
      if (boot.greeting === null && boot.exit === null) return [];
      if (settled(boot, view.context.cell.settle) !== null || endingOf(boot, boot.ended) !== null) return [];
      const said = describe(boot);
      return said === null ? [] : [withControl(said, boot, view)];
    }),
});

function describe(boot: Boot): Conclusion | null {
  const last = boot.silences.at(-1);
  const up = cameUp(boot);
  if (up && last === undefined) return null;
  if (!up && boot.refused.length > 0) return null;
  const silent = boot.silences.slice(0, 3).map(silence);
  const since = last === undefined ? boot.began : last.t - last.waited;
  const down = saysDown(boot.machine, since);
  if (down !== null) {
    return conclude('inconclusive', [boot.boot], {
      id: 'guest.down',
      severity: 'warning',
      title: 'The guest is down',
      detail: 'The guest agent does not answer, and a second instrument agrees.',
      evidence: [...silent, down],
      collect: ["the guest's console", "the host's kernel log"],
    });
  }
  const others = secondOpinions(boot.machine);
  const second = others.length === 0 ? 'No other instrument says anything' : 'Other instruments:';
  const words = others.map(({ text }) => text).join('; ');
  if (!up) {
    const heard = boot.silences.some(({ heard }) => heard > 0);
    return conclude('inconclusive', [boot.boot], {
      id: heard ? 'agent.unreadable' : 'guest.never-answered',
      severity: 'warning',
      title: heard ? 'What came from the guest agent was never an answer' : 'The guest agent never answered',
      detail:
        `The guest may be up without its agent, still booting, or hung. ${second} ${words}`.trim() + '.',
      evidence: [...silent, ...others],
      collect: ["the guest's console", 'whether the agent is installed and enabled (agent: 1, cold start)'],
    });
  }
  return conclude('inconclusive', [boot.boot], {
    id: 'guest.went-silent',
    severity: 'warning',
    title: 'The guest agent went silent',
    detail: `It had answered before. ${second} ${words}`.trim() + '.',
    evidence: [...silent, ...others],
    collect: ["the guest's console at that time"],
  });
}

/** Seconds without a report of a balloon driver that had reported before, beyond which the guest does not run. */
const REPORT_LATE = 10;

/**
 * What `query-status` calls a VM that does not run (QEMU qapi/run-state.json, RunState). Without those that end a boot by
 * themselves, and without `guest-panicked`, which never comes alone.
 */
const NOT_RUNNING: ReadonlySet<string> = new Set([
  ...['prelaunch', 'preconfig', 'shutdown', 'suspended', 'debug', 'colo'],
  ...['inmigrate', 'finish-migrate', 'postmigrate', 'restore-vm', 'save-vm'],
]);

/** Another instrument's word that the guest does not run, said after `since`; null: none says so. */
function saysDown({ status, report }: Machine, since: number): Evidence | null {
  if (status !== null && status.t >= since && NOT_RUNNING.has(status.word)) {
    return quote(status.n, 'qmp', `query-status: ${status.word}`);
  }
  if (report !== null && report.t >= since && report.age > REPORT_LATE) {
    return quote(report.n, 'qmp', `the balloon driver last reported ${report.age} s ago`);
  }
  return null;
}

/** What the others say of a guest whose agent is silent, each in a few words. */
function secondOpinions({ status, port, report, console, panicked }: Machine): readonly Evidence[] {
  const said: (Evidence | null)[] = [
    panicked && quote(panicked.n, 'qmp', 'QEMU tells of a panic, and nothing bears it out'),
    status && quote(status.n, 'qmp', `QEMU says the VM is ${status.word}`),
    port === null
      ? null
      : quote(port.n, 'qmp', port.open ? "the agent's port is open" : "nothing holds the agent's port open"),
    report === null || report.age < 0
      ? null
      : quote(report.n, 'qmp', `the balloon driver reported ${report.age} s ago`),
    console && quote(console.n, 'console', `its console last spoke at ${console.t.toFixed(1)} s`),
  ];
  return said.filter((one) => one !== null);
}

function silence(said: Silence): Evidence {
  const heard = said.heard === 0 ? '' : `, only ${said.heard} bytes that are none`;
  return quote(
    said.n,
    'guest agent',
    `no answer to ${said.command} within ${said.waited.toFixed(1)} s${heard}`,
  );
}
