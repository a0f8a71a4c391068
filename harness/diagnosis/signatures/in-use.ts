import type { SignatureFinding } from '../signature.ts';
import { onHost } from './fix.ts';
import { certain, refusal } from './severity.ts';

/**
 * Another VM has the device.
 *
 * @param capture of the line that names that VM
 * @param stop the command that stops a VM of this name
 */
export function inUseByVm(source: string, capture: string, stop: (vm: string) => string): SignatureFinding {
  return {
    id: 'host.device-busy',
    title: 'Another VM already uses the device',
    severity: refusal,
    confidence: certain,
    fix: (signals) => ({
      why: 'A device belongs to one VM at a time.',
      source,
      vm: [],
      steps: [onHost(stop(signals[0]?.captures[capture] ?? `<${capture}>`))],
    }),
  };
}
