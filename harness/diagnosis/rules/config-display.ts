import { claim, type Rule } from '../rule.ts';
import { igpuDevices, isVf } from '../subject/igpu-devices.ts';
import { hasSymptom, works } from '../subject/trouble.ts';
import * as context from './config-context.ts';

/** An emulated display beside the iGPU: normal, and sometimes in the way. `legacy-igd` is another rule's. */
export const CONFIG_DISPLAY: Rule = {
  id: 'config-display',
  findings: ['config.vga-not-none'],
  conclude: (of) =>
    context.perVm(of, (vm) => {
      const [device] = igpuDevices(vm);
      const { display } = vm;
      if (device === undefined || device.legacyIgd || display === null || /^(?:none|serial\d)$/.test(display))
        return [];
      const vfFails = isVf(device) && hasSymptom(of, 'code-43') && !works(of);
      const noPicture = hasSymptom(of, 'no-picture') && !isVf(device);
      return [
        claim({
          id: 'config.vga-not-none',
          severity: vfFails ? 'contributing' : noPicture ? 'warning' : 'info',
          confidence: 'possible',
          title: `The guest has an emulated display (${display}) beside the iGPU`,
          detail:
            'That is allowed, and useful while setting up. Firmware and Windows may use it as the first screen, so that the monitor on the iGPU stays dark or is only a second one.',
          evidence: context.linesOf(vm, ['vga'], device),
          fix: context.fixOf(
            'The iGPU is then the only display.',
            'reports of users; QEMU docs/igd-assign.txt',
            [{ edit: 'display', value: 'none' }],
          ),
        }),
      ];
    }),
};
