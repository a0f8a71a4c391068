import { problemCode } from '../../guest/answers/problem-codes.ts';
import type { Case } from '../case.ts';
import type { Symptom } from '../fact.ts';
import type { FindingId } from '../finding-id.ts';
import type { Claim } from '../finding.ts';
import { outcome } from '../outcome.ts';
import { claim, type Rule } from '../rule.ts';

interface Crash {
  readonly id: FindingId;
  readonly symptom: Symptom;
  readonly title: string;
  readonly collect: string;
}

/** Troubles that are told apart by what is seen of them; what is behind them others have to find. */
const CRASHES: readonly Crash[] = [
  {
    id: 'guest.bsod',
    symptom: 'bsod',
    title: 'Windows crashes with a blue screen',
    collect: 'the stop code and the driver that it names (igdkmd64.sys is Intel’s graphics driver)',
  },
  {
    id: 'guest.reset-loop',
    symptom: 'reset-loop',
    title: 'The guest restarts again and again',
    collect: 'whether it comes up without the device, and what its console last shows',
  },
  {
    id: 'host.crash',
    symptom: 'host-freezes',
    title: 'The host freezes or restarts',
    collect: 'journalctl -k -b -1: the host’s kernel log of the boot that ended so',
  },
];

/** What is seen of the trouble. None of these is ever first where a cause is known. */
export const symptoms: Rule = {
  id: 'symptoms',
  findings: ['guest.code43', 'guest.problem-code', ...CRASHES.map(({ id }) => id)],
  conclude: (of) =>
    outcome(of) === 'works'
      ? []
      : [...code43(of), ...otherCode(of), ...CRASHES.flatMap((crash) => crashed(crash, of))],
};

function code43(of: Case): readonly Claim[] {
  const evidence = [
    ...of.facts.saying('symptom', 'code-43'),
    ...(of.facts.get('problemCode') === 43 ? of.facts.quotes('problemCode') : []),
  ];
  if (evidence.length === 0) return [];
  return [
    claim({
      id: 'guest.code43',
      severity: 'contributing',
      confidence: 'certain',
      title: 'Windows shows Code 43: the driver gave up after it had started',
      detail: 'Code 43 says that Intel’s driver reported a failure, not which.',
      evidence,
      collect: ['the driver’s version, and event 549 of Microsoft-Windows-DxgKrnl-Admin if there is one'],
    }),
  ];
}

function otherCode(of: Case): readonly Claim[] {
  const code = of.facts.get('problemCode');
  if (code === null || code === 0 || code === 43) return [];
  const known = problemCode(code);
  return [
    claim({
      id: 'guest.problem-code',
      severity: known?.passing === true ? 'contributing' : 'cause',
      confidence: 'certain',
      decides: true,
      title: `Windows reports problem code ${code} for the device${known === null ? '' : `: ${known.means}`}`,
      detail: known?.look ?? 'A problem code says at which step Windows gave up.',
      evidence: of.facts.quotes('problemCode'),
      collect: [
        'event 411 of Microsoft-Windows-Kernel-PnP/Configuration: the problem status beside the code',
      ],
    }),
  ];
}

function crashed({ id, symptom, title, collect }: Crash, of: Case): readonly Claim[] {
  const evidence = of.facts.saying('symptom', symptom);
  if (evidence.length === 0) return [];
  return [
    claim({
      id,
      severity: 'cause',
      title,
      detail: 'That is what breaks this system. What is behind it does not show in what was given.',
      evidence,
      collect: [collect],
    }),
  ];
}
