import type { Part } from '../part.ts';
import { GRAPHICS_LINES } from './kernel-banner.ts';
import { readLines, said, type Reading, type Said } from './reading.ts';

/**
 * What a Linux guest's kernel says of itself and of its graphics driver. Wording: `drm_drv.c` (Initialized … for …),
 * `intel_uc_fw.c` and `xe_uc_fw.c` (firmware), `i915_pci.c` (force_probe).
 */
export function readGuestKernel(part: Part): Reading {
  return readLines(part, 'machine', (text) => [
    ...banner(text),
    ...GRAPHICS_LINES.flatMap((line) => line(text)),
    ...driver(text),
    ...symptom(text),
  ]);
}

function banner(text: string): readonly Said[] {
  const kernel = /\bLinux version (\d[\w.+~-]{2,80})/.exec(text)?.[1];
  const command = /\b[Cc]ommand line: (\S.{0,300})/.exec(text)?.[1];
  return [
    ...(kernel === undefined ? [] : [said('guestKernel', kernel), said('guestOs', 'linux')]),
    ...(command !== undefined && /\bBOOT_IMAGE=|\broot=/.test(command) ? [said('guestOs', 'linux')] : []),
    ...device(text),
  ];
}

function device(text: string): readonly Said[] {
  const id = /\[(8086:[0-9a-f]{4})\] type 00 class 0x03/.exec(text)?.[1];
  return id === undefined ? [] : [said('device', id)];
}

/** The driver made its DRM device: with it comes the render node. */
function driver(text: string): readonly Said[] {
  const name = /\[drm\] Initialized (i915|xe) \d/.exec(text)?.[1];
  if (name !== undefined) return [said('guestDriver', name), said('guestSight', 'bound')];
  if (!/\b(?:i915|xe)\b/.test(text)) return hung(text);
  if (/GuC firmware PRELOADED|GUC: submission enabled/i.test(text)) return [said('guestSight', 'bound')];
  if (/Running in SR-IOV VF mode/.test(text)) return [said('guestSight', 'driver-installed')];
  return /declaring it wedged|has declared device .{1,20} as wedged|GT reset failed/i.test(text)
    ? [said('guestSight', 'gave-up')]
    : [];
}

/** What loads drivers waits for one of them (kernel/hung_task.c). */
function hung(text: string): readonly Said[] {
  return /task (?:\(?udev-worker\)?|systemd-udevd|modprobe|kworker\S{0,20}):\d+ blocked for more than/.test(
    text,
  )
    ? [said('guestSight', 'gave-up')]
    : [];
}

function symptom(text: string): readonly Said[] {
  const intel = /\b(?:i915|xe)\b/.test(text);
  if (
    intel &&
    /\bprobe (?:with driver \S{1,20} )?failed with error|\bprobe of \S{1,20} failed with error|\bDevice is non-operational|device wedged|Device initialization failed|\bUnknown symbol\b/i.test(
      text,
    )
  )
    return [said('symptom', 'no-render-node')];
  return intel && /GuC (?:initialization|load) failed|GPU HANG/i.test(text)
    ? [said('symptom', 'no-acceleration')]
    : [];
}
