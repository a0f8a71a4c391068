import { igpuFamily } from '../igpu/families.ts';
import type { TraceHeader } from '../trace/header.ts';
import type { EvidenceClass } from '../trace/words.ts';
import type { Timeline } from './timeline.ts';

/**
 * How strong the evidence is, derived from what was observed: nothing in a scenario or a flag can raise it.
 * `live` needs real hardware (no hypervisor under the host), an Intel display device under vfio-pci, and a guest
 * whose agent says that it is Windows. That the device was passed is taken from the command lines of the QEMUs that
 * ran, each of them: what the header says of it can only lower the class.
 */
export function evidenceClass(
  context: TraceHeader,
  { osId, hardware }: Pick<Timeline, 'osId' | 'hardware'>,
): EvidenceClass {
  if (context.origin === 'import') return 'reported';
  const { host } = context;
  const claimed = host.virtual === false && host.passthrough === 'vfio-pci';
  const seen = hardware.passed === true && !hardware.isAnother;
  return claimed && seen && igpuFamily(host.igpu.id) !== null && osId === 'mswindows' ? 'live' : 'simulated';
}
