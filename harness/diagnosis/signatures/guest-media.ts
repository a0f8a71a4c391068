import type { Case } from '../case.ts';
import type { Severity } from '../finding.ts';
import type { Signal, Signature } from '../signature.ts';
import { driven, sees } from '../subject/inside-guest.ts';
import { fix, inGuest } from './fix.ts';
import { guestBreakage } from './guest-breakage.ts';

/** The media stack is to blame only where the guest’s kernel driver says nothing worse. */
function mediaStack(signals: readonly Signal[], of: Case): Severity | null {
  return of.signals.has(
    'guest-force-probe',
    'guest-guc-missing',
    'guest-guc-failed',
    'guest-probe-failed',
    'guest-wedged',
    'guest-dead',
    'guest-unknown-symbol',
    'guest-old-host',
    'guest-nomodeset',
    'guest-key-rejected',
    'hung-task',
    'guest-hang',
  ) ||
    sees(of, 'gave-up', 'driver-installed', 'other-node', 'no-right') ||
    driven(of)
    ? null
    : guestBreakage(signals, of);
}

/** Linux in the guest: the programs that decode video. */
export const GUEST_MEDIA: readonly Signature[] = [
  {
    id: 'va-failed',
    emitters: ['guest'],
    literals: [
      'vaInitialize failed',
      '_drv_video.so',
      'va_openDriver() returns',
      'VAAPI connection',
      'MFX session',
      'VA display',
    ],
    pattern:
      /vaInitialize failed with error code (?<code>-?\d{1,3})|(?<driver>iHD|i965)_drv_video\.so init failed|va_openDriver\(\) returns (?!0\b)(?<code2>-?\d{1,3})|Failed to initiali[sz]e VAAPI connection: (?<code3>-?\d{1,3})|Error (?:creating|initializing) a[n]? (?:internal )?MFX session: (?<code4>-?\d{1,3})|No VA display found for device (?<node>\S{1,60})/i,
    means:
      'The program that decodes video found no driver for the GPU. vainfo tries several: only the last one counts. It does not show that passthrough fails.',
    source: 'libva, va/va.c; ffmpeg, libavutil/hwcontext_vaapi.c and hwcontext_qsv.c',
    finding: {
      id: 'guest.driver-missing',
      title: 'The guest lacks a working video driver (VA-API) for the GPU',
      severity: (signals, of) => (of.signals.has('va-works') ? null : mediaStack(signals, of)),
      fix: fix(
        'Decoding needs Intel’s media driver beside the kernel’s driver.',
        'user logs',
        inGuest(
          'apt install intel-media-va-driver-non-free (or intel-media-driver), then check: vainfo --display drm --device /dev/dri/renderD128',
        ),
      ),
      collect: ['In the guest: ls -l /dev/dri; vainfo --display drm; dmesg | grep -E "i915|xe"'],
    },
  },
  {
    id: 'va-works',
    emitters: ['guest'],
    literals: ['va_openDriver() returns 0', 'vainfo: Driver version: '],
    pattern: /va_openDriver\(\) returns 0\b|vainfo: Driver version: Intel (?<driver>.{1,60})/,
    means: 'The media driver works with the GPU: so does passthrough.',
    source: 'libva, va/va.c',
    finding: null,
  },
  {
    id: 'render-node',
    emitters: ['guest'],
    literals: ['/dev/dri'],
    pattern:
      /(?:[Ff]ailed to open|[Cc]annot open|[Cc]annot access|[Cc]ould not open|error gathering device information while adding custom device)[^/]{0,40}(?<node>\/dev\/dri(?:\/\w{1,20})?)\b.{0,10}?(?<why>Permission denied|[Nn]o such file)?/,
    means: 'A program could not open the GPU in the guest: no driver there, or no right to it.',
    source: 'user logs',
    finding: {
      id: 'guest.driver-missing',
      title: 'A program finds no GPU in the guest: there is no /dev/dri, or it may not use it',
      severity: mediaStack,
      fix: fix(
        'Cloud and minimal kernels leave the graphics drivers out; a container needs the node passed, and its user the groups.',
        'user logs',
        inGuest(
          'Install the full kernel (Debian: linux-image-amd64 instead of -cloud-; Ubuntu: linux-modules-extra-$(uname -r)), then ls -l /dev/dri',
        ),
        inGuest('Add the user to the groups video and render; pass /dev/dri into the container'),
      ),
      collect: ['In the guest: uname -r; lspci -nnk; ls -l /dev/dri'],
    },
  },
];
