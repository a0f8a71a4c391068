import { describe, expect, it } from 'vitest';
import { guestSights } from './guest-sights.ts';

function seen(line: string): string {
  return guestSights(line)
    .found.map(({ fact }) => String(fact.value))
    .sort()
    .join(' ');
}

describe('of the inside of a Linux guest', () => {
  it.each([
    ['Kernel driver in use: i915', 'bound'],
    ['        Kernel driver in use: xe', 'bound'],
    ['Device-1: Intel CometLake-S GT2 driver: i915 v: kernel', 'bound'],
    ['configuration: depth=32 driver=i915 latency=0', 'bound'],
    ['intel-gpu-top: Intel Alderlake_n (Gen12) @ /dev/dri/card1 - 0/ 0 MHz', 'bound'],
    ['in the VM lspci -k says it is using i915', 'bound'],
    ['in the guest the card is driven by xe', 'bound'],
    ['crw-rw---- 1 root render 226, 128 Jan  3 11:02 renderD128', 'render-node'],
    ['by-path card0 renderD128', 'render-node'],
    ['renderD128 is there', 'render-node'],
    ['/dev/dri has card0 and renderD128', 'render-node'],
    ['lspci in the VM shows no "Kernel driver in use"', 'no-render-node unbound'],
    ['Kernel driver in use: (none)', 'no-render-node unbound'],
    ['guest: no kernel driver in use for the VGA device', 'no-render-node unbound'],
    ['Device-1: Intel Meteor Lake-P driver: N/A', 'no-render-node unbound'],
    ['*-display UNCLAIMED', 'no-render-node unbound'],
    ['lsmod | grep i915 prints nothing', 'no-module no-render-node'],
    ['lsmod | grep i915: empty', 'no-module no-render-node'],
    ['no i915 in lsmod', 'no-module no-render-node'],
    ['modinfo: ERROR: Module i915 not found.', 'no-module no-render-node'],
    ['# CONFIG_DRM_I915 is not set', 'no-module no-render-node'],
    ['i915 is not built in the guest kernel', 'no-module no-render-node'],
    ['the VM has no i915 module', 'no-module no-render-node'],
    ['modinfo i915 | grep -i a7ad returns nothing', 'id-unknown no-render-node'],
    ['still the cloud kernel', 'bare-kernel'],
    ['VM from the Debian genericcloud image', 'bare-kernel'],
    ['/dev/dri is empty', 'no-render-node'],
    ['ls: cannot access /dev/dri', 'no-render-node'],
    ["ls: cannot access '/dev/dri': No such file or directory", 'no-render-node'],
    ['there is no /dev/dri in the VM', 'no-render-node'],
    ['/dev/dri fehlt in der VM', 'no-render-node'],
    ['no renderD128', 'no-render-node'],
    ['Bad return status for module build on kernel: 6.12.9+deb13-amd64 (x86_64)', 'build-failed fails'],
    ['in the guest the dkms build fails', 'build-failed fails'],
    ['VM: i915-sriov-dkms does not compile', 'build-failed fails'],
    ['E: Unable to locate package linux-modules-extra-6.17.0-5-generic', 'build-failed fails'],
    ['guest dkms status: i915-sriov-dkms/2025.07.22: added', 'build-failed fails'],
    [
      'libva error: /usr/lib/x86_64-linux-gnu/dri/bochs-drm_drv_video.so init failed',
      'media-failed no-acceleration other-node',
    ],
    ['vainfo: vaInitialize failed with error code -1', 'media-failed'],
    ['permission denied for /dev/dri/renderD128', 'no-acceleration no-right'],
    ['OpenGL renderer string: llvmpipe (LLVM 18, 256 bits)', 'no-acceleration software'],
    ['OpenGL renderer string: Mesa Intel(R) Graphics (ADL-N)', 'accelerates'],
    ['VAProfileH264High : VAEntrypointVLD', 'accelerates'],
    ['h264_qsv 3.4x realtime', 'accelerates'],
    ['guest i915: GT wedged', 'gave-up no-acceleration'],
  ])('%j shows %j', (line, expected) => {
    expect(seen(line).split(' ').toSorted()).toEqual(expected.split(' ').toSorted());
  });

  it.each([
    'on the host i915 is not loaded',
    'host: lsmod | grep i915 shows nothing',
    'Host: /dev/dri is empty, as the card is on vfio-pci',
    'Bad return status for module build on kernel: 6.8.12-4-pve (x86_64)',
    'i915 is not loaded',
    'is /dev/dri missing?',
    'how can I get renderD128 in the VM?',
    'no longer using the cloud image',
    'LXC: no /dev/dri',
    'PF driver in use: i915',
    'not llvmpipe any more',
    'Kernel driver in use: vfio-pci',
    'i915 module is loaded',
    'everything works',
    'W: Possible missing firmware /lib/firmware/i915/mtl_huc_gsc.bin for module i915',
  ])('%j shows nothing', (line) => {
    expect(seen(line)).toBe('');
  });

  it('leaves to others what they have to read', () => {
    expect(guestSights('VM boots fine, /dev/dri is empty').rest).toBe('VM boots fine');
    expect(guestSights('renderD128 is there, Plex does not transcode').rest).toContain(
      'Plex does not transcode',
    );
  });
});
