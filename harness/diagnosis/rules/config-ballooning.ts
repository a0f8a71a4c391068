import type { Case } from '../case.ts';
import type { Claim } from '../finding.ts';
import { claim, type Rule } from '../rule.ts';
import { works } from '../subject/trouble.ts';
import * as context from './config-context.ts';

/** Memory that is meant to shrink, with a device that pins all of it. */
export const CONFIG_BALLOONING: Rule = {
  id: 'config-ballooning',
  findings: ['config.ballooning'],
  conclude: (of) =>
    of.vms.flatMap((vm) =>
      // Where the guest lacks memory it does harm, which is said elsewhere.
      !vm.ballooning || vm.devices.length === 0 || of.facts.has('symptom', 'less-memory')
        ? []
        : [
            claim({
              id: 'config.ballooning',
              ...meaning(of),
              evidence: [
                ...context.linesOf(vm, ['balloon'], vm.devices[0]),
                ...of.signals.of('oom').map(({ quote }) => quote),
              ],
              explains: of.signals.has('oom') ? ['host.memlock'] : [],
              fix: context.fixOf(
                'The config then says what happens.',
                'QEMU hw/vfio: ballooning is inhibited',
                [{ edit: 'ballooning', on: false }],
              ),
            }),
          ],
    ),
};

/** Where the host ran out of memory, somebody counted on memory that is not given back. */
function meaning(of: Case): Pick<Claim, 'severity' | 'confidence' | 'title' | 'detail'> {
  return of.signals.has('oom') && !works(of)
    ? {
        severity: 'cause',
        confidence: 'likely',
        title: 'Ballooning has no effect with a passed device: the VM takes all of its memory at once',
        detail:
          'All of the guest’s memory is pinned for the device’s DMA at the start, whatever the balloon’s minimum is. The host had not so much, and ended the VM.',
      }
    : {
        severity: 'info',
        confidence: 'certain',
        title: 'Ballooning has no effect with a passed device',
        detail:
          'All of the guest’s memory is pinned for the device’s DMA, so nothing can be given back. It does no harm.',
      };
}
