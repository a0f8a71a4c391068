import { problemCode } from '../../guest/answers/problem-codes.ts';
import type { Case } from '../case.ts';
import type { Claim } from '../finding.ts';
import { outcome } from '../outcome.ts';
import type { Quote } from '../quote.ts';
import { claim, type Rule } from '../rule.ts';
import { SETTLED_UPTIME } from '../settling.ts';
import { ofOneDevice, statusReadings } from './status-readings.ts';

/** A status that was read too early, that changed between two readings, or that Windows calls passing. */
export const notSettled: Rule = {
  id: 'not-settled',
  findings: ['guest.not-settled'],
  conclude: (of) => {
    const readings = statusReadings(of);
    const coded = readings.filter(({ code }) => code !== null);
    const codes = [...new Set(coded.map(({ code }) => code))];
    if (codes.length > 1 && ofOneDevice(coded)) {
      const said = codes.map((code) => (code === 0 ? 'no problem' : `code ${code}`)).join(' and ');
      return [unsettled(of, `The device’s status differs between readings: ${said}`, coded.map(quoteOf))];
    }
    const passing = coded.filter(({ code }) => problemCode(code ?? 0)?.passing === true);
    if (passing[0] !== undefined)
      return [
        unsettled(
          of,
          `Problem code ${passing[0].code} is a passing one: read it again`,
          passing.map(quoteOf),
        ),
      ];
    const told = of.facts.of('problemCode').filter(({ value }) => problemCode(value)?.passing === true);
    if (told[0] !== undefined && coded.length === 0)
      return [
        {
          ...unsettled(
            of,
            `Problem code ${told[0].value} is a passing one: restart the guest and read it again`,
            told.map(({ quote }) => quote),
          ),
          severity: outcome(of) === 'works' ? 'info' : 'cause',
        },
      ];
    const busy = of.facts.of('guestBusy');
    if (busy[0] !== undefined && readings.length > 0)
      return [unsettled(of, `The guest was not ready: ${busy[0].value}`, busy.map(quoteOf))];
    const early = readings.filter(({ uptime }) => uptime !== null && uptime < SETTLED_UPTIME);
    if (early[0] === undefined || early.length < readings.length) return [];
    const first = Math.max(...early.map(({ uptime }) => uptime ?? 0));
    return [
      unsettled(
        of,
        `The device’s status was read ${first} s after the guest’s start: too early`,
        early.map(quoteOf),
      ),
    ];
  },
};

function quoteOf({ quote }: { readonly quote: Quote }): Quote {
  return quote;
}

function unsettled(of: Case, title: string, evidence: readonly Quote[]): Claim {
  const state = outcome(of);
  return claim({
    id: 'guest.not-settled',
    severity: state === 'works' ? 'info' : state === 'unknown' ? 'warning' : 'contributing',
    confidence: 'certain',
    title,
    detail:
      'Code 43 can come late, clear and come back, and drivers are still being installed minutes after a start. One early answer, good or bad, proves nothing.',
    evidence,
    fix: {
      why: `Let the guest run for ${SETTLED_UPTIME / 60} minutes, wait until the status has been the same for two, and read it again.`,
      vm: [],
      steps: [],
      source: 'docs/verdicts.md',
    },
    collect: ['the device’s status once more, some minutes later, with the guest’s uptime'],
  });
}
