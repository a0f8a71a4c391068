import { claim, type Rule } from '../rule.ts';
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
              severity: 'info',
              confidence: 'certain',
              title: 'Ballooning has no effect with a passed device',
              detail:
                'All of the guest’s memory is pinned for the device’s DMA, so nothing can be given back. It does no harm.',
              evidence: context.linesOf(vm, ['balloon'], vm.devices[0]),
              fix: context.fixOf(
                'The config then says what happens.',
                'QEMU hw/vfio: ballooning is inhibited',
                [{ edit: 'ballooning', on: false }],
              ),
            }),
          ],
    ),
};
