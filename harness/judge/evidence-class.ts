import { igpuFamily } from '../igpu/families.ts';
import type { TraceHeader } from '../trace/header.ts';
import type { EvidenceClass } from '../trace/words.ts';

/**
 * How strong the evidence is, derived from what was observed: nothing in a scenario or a flag can raise it.
 * `live` needs real hardware (no hypervisor under the host), an Intel display device under vfio-pci, and a guest
 * whose agent says that it is Windows.
 */
export function evidenceClass(context: TraceHeader, osId: string | null): EvidenceClass {
  if (context.origin === 'import') return 'reported';
  const { host } = context;
  const real = host.virtual === false && host.passthrough === 'vfio-pci' && igpuFamily(host.igpu.id) !== null;
  return real && osId === 'mswindows' ? 'live' : 'simulated';
}
