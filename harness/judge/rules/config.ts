import { SAID_OF_OPEN_QUOTE, saidOfGuestAddress } from '../../diagnosis/said.ts';
import { igpuFamily } from '../../igpu/families.ts';
import { splitArgs } from '../../vmconfig/args.ts';
import { parseVmConfig } from '../../vmconfig/parse.ts';
import { deviceOutcome } from '../outcome.ts';
import { conclude, fact, rule } from '../rule.ts';

/** Traps of the VM config that show before anything boots. */
export const config = rule({
  id: 'config',
  start: null,
  conclude: (view) => {
    const text = view.context.cell.config;
    if (text === null) return [];
    const parsed = parseVmConfig(text);
    const args = parsed.entries.find((entry) => entry.key === 'args');
    const dropped = args !== undefined && splitArgs(args.value).kind === 'unbalanced';
    const address = view.context.guest.deviceAddress;
    const { igpu } = view.context.host;
    // The Windows driver for Intel graphics depends on 00:02.0 (QEMU docs/igd-assign.txt).
    const misplaced =
      view.context.guest.probe === 'windows' &&
      igpuFamily(igpu.id) !== null &&
      address !== null &&
      address !== '00:02.0' &&
      deviceOutcome(view) !== 'works';
    return [
      ...(dropped
        ? [
            conclude(null, [], {
              id: 'config.args-dropped',
              severity: 'contributing',
              ...SAID_OF_OPEN_QUOTE,
              evidence: [fact('VM config', `args: ${args.value}`)],
            }),
          ]
        : []),
      ...(misplaced
        ? [
            conclude(null, [], {
              id: 'config.guest-address',
              severity: 'contributing',
              confidence: 'likely',
              ...saidOfGuestAddress(address),
              evidence: [fact('VM config', `guest address ${address}`)],
            }),
          ]
        : []),
    ];
  },
});
