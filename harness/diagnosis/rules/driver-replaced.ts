import type { Case } from '../case.ts';
import type { Claim } from '../finding.ts';
import { outcome } from '../outcome.ts';
import { claim, type Rule } from '../rule.ts';
import { ofOneDevice, statusReadings } from './status-readings.ts';

/** The guest's driver is another one than before, by what is told or by what two readings show. */
export const driverReplaced: Rule = {
  id: 'driver-replaced',
  findings: ['guest.driver-replaced'],
  conclude: (of) => {
    const told = of.facts.of('driverReplaced').filter(({ value }) => value);
    if (told[0] !== undefined) {
      const quotes = told.map(({ quote }) => quote);
      return [replaced(of, 'The guest’s driver was replaced by another version', quotes, sinceThen(of))];
    }
    const versions = statusReadings(of).filter(({ driver }) => WINDOWS_VERSION.test(driver ?? ''));
    const names = [...new Set(versions.map(({ driver }) => driver))];
    if (names.length < 2 || !ofOneDevice(versions)) return [];
    const title = `The guest’s driver differs between readings: ${names.join(' and ')}`;
    return [
      replaced(
        of,
        title,
        versions.map(({ quote }) => quote),
        false,
      ),
    ];
  },
};

const WINDOWS_VERSION = /^\d{1,2}\.\d{1,2}\.\d{1,4}\.\d{1,5}$/;

/** The trouble is told to have come with it. */
function sinceThen(of: Case): boolean {
  const { facts } = of;
  return (
    facts.has('symptom', 'after-update') ||
    (facts.has('outcome', 'works') && outcome(of) !== 'works') ||
    facts.of('driverReplaced').some(({ quote }) => /outranked ?drivers?|again/i.test(quote.text)) ||
    facts.of('compared').some(({ value }) => value === 'guest-driver')
  );
}

function replaced(of: Case, title: string, evidence: Claim['evidence'], cause: boolean): Claim {
  const state = outcome(of);
  const fails = state === 'fails' || state === 'partly';
  return claim({
    id: 'guest.driver-replaced',
    severity: state === 'works' ? 'info' : fails && cause ? 'cause' : fails ? 'contributing' : 'warning',
    confidence: cause ? 'likely' : 'possible',
    title,
    detail:
      'Windows Update puts another version in place, with or without asking. What was proved with one version says nothing of the other; two guests with a driver each look the same from here.',
    evidence,
    fix: {
      why: 'Go back to the version that worked, and keep Windows Update from replacing it.',
      vm: [],
      steps: [
        { where: 'guest', text: 'Device Manager, the adapter’s properties: Roll Back Driver' },
        {
          where: 'guest',
          text: 'reg add HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate /v ExcludeWUDriversInQualityUpdate /t REG_DWORD /d 1 /f',
        },
      ],
      source: 'Microsoft, policy “Do not include drivers with Windows Updates”; reports of users',
    },
    collect: ['the driver’s version that worked, and event 400 of Kernel-PnP: what was installed when'],
    explains: ['guest.code43', 'guest.driver-version', 'qemu.regression', 'host.kernel-regression'],
  });
}
