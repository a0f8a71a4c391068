import type { Fact } from '../../fact.ts';
import type { Part } from '../../part.ts';
import { placed, quoteOf, said } from '../reading.ts';

/** As `dkms status` prints it, before and since dkms 3: `i915-sriov-dkms/2025.10.10, 6.14.11-4-pve, x86_64: installed`. */
const INSTALLED =
  /\b(?:i915|xe|intel)[-_]sriov\S{0,40}, {0,2}(?:[\w.+~-]{1,40}, {0,2})?(\d\.\d{1,3}\.\d{1,3}[\w.+~-]{0,40}), {0,2}x86_64: {0,2}installed/gi;
const OF_GUEST = /\b(?:guests?|vm)\b/i;

/** Kernels of the host that the module with SR-IOV is installed for. Pure. */
export function moduleKernels({ lines, ...part }: Part): readonly Fact[] {
  return lines.flatMap((line) =>
    OF_GUEST.test(line.text)
      ? []
      : [...line.text.slice(0, 2_000).matchAll(INSTALLED)].flatMap(([, kernel = '']) =>
          placed([said('moduleKernel', kernel)], 'person', quoteOf({ ...part, lines }, line)),
        ),
  );
}
