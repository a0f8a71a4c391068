import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cacheDir } from '../../wire/cache-dir.ts';
import { LinuxGuest } from './linux-guest.fixture.ts';
import { LINUX_PROBE } from './probe-script.ts';

/** The busybox of the guest images: the shell and the tools of the guest that is booted in other tests. */
async function guestBusybox(): Promise<string | null> {
  const parts = join(cacheDir(), 'guests', 'parts');
  for (const name of await readdir(parts).catch(() => [])) {
    const busybox = join(parts, name, 'busybox');
    if (await stat(busybox).catch(() => null)) return busybox;
  }
  return null;
}

const BUSYBOX = await guestBusybox();
const IGPU = { id: '8086:46d1', address: '00:02.0' } as const;
const VAINFO = [
  'libva info: va_openDriver() returns 0',
  'vainfo: VA-API version: 1.22 (libva 2.22.0)',
  'vainfo: Driver version: Intel iHD driver for Intel(R) Gen Graphics - 25.2.3 ()',
  'vainfo: Supported profile and entrypoints',
  '      VAProfileNone                   :\tVAEntrypointVideoProc',
  '      VAProfileH264High               :\tVAEntrypointVLD',
  '      VAProfileH264High               :\tVAEntrypointEncSliceLP',
  '      VAProfileAV1Profile0            :\tVAEntrypointVLD',
];

test('the script only reads: the one file that it opens to write is /dev/null', () => {
  const written = [...LINUX_PROBE.matchAll(/>\s*([^\s;&|):]+)/g)].map(([, to]) => to);
  expect([...new Set(written)]).toEqual(['/dev/null']);
  expect(LINUX_PROBE).toMatch(/^[\x20-\x7e\n]*$/);
});

describe.each([
  ['this machine’s sh', null],
  ['the guest’s busybox', BUSYBOX],
] as const)('the Linux probe under %s', (name, busybox) => {
  const isHere = busybox !== null || name !== 'the guest’s busybox';
  const shellTest: typeof test.skip = isHere ? test : test.skip;

  shellTest('tells driver, nodes and VA-API of an iGPU that works', () => {
    const guest = new LinuxGuest(busybox).igpu();
    guest.program(
      'vainfo',
      `test "$*" = '--display drm --device '"$4" && case $4 in */dev/dri/renderD128) ;; *) exit 9 ;; esac
printf '%s\\n' ${VAINFO.map((line) => `'${line}'`).join(' ')}`,
    );
    guest.file('sys/kernel/debug/dri/0/i915_wedged', '0\n');
    expect(guest.probe().reading).toMatchObject({
      uptime: 123.45,
      facts: { kernel: '6.12.0-amd64', name: 'Debian GNU/Linux 13 (trixie)' },
      pciCount: 2,
      devices: [
        {
          ...IGPU,
          started: true,
          driver: { service: 'i915' },
          graphics: { card: 'card0', render: 'renderD128', there: true, wedged: false },
          media: {
            state: 'works',
            driver: 'Intel iHD driver for Intel(R) Gen Graphics - 25.2.3 ()',
            profiles: 3,
          },
        },
      ],
      log: { from: 'dmesg', whole: true, count: 0, lines: [] },
      failed: [],
    });
  });

  shellTest('tells a bound driver that made no node from one that has', () => {
    const guest = new LinuxGuest(busybox).device('0000:00:02.0', '0x030000', '8086:46d1', 'xe');
    const [device] = guest.probe().reading.devices;
    expect(device).toMatchObject({
      started: false,
      whyNotStarted: 'xe is bound and has made no render node',
      graphics: { card: null, render: null, there: null, wedged: null },
      media: null,
    });
  });

  shellTest('asks the driver itself whether it gave the device up', () => {
    const guest = new LinuxGuest(busybox).igpu().file('sys/kernel/debug/dri/0/i915_wedged', '1\n');
    expect(guest.probe().reading.devices[0]).toMatchObject({ started: false, graphics: { wedged: true } });
    guest.program('uname', 'echo 4.4.0-generic');
    expect(guest.probe().reading.devices[0]).toMatchObject({ started: true, graphics: { wedged: null } });
  });

  shellTest('says where vainfo is not installed, and that is no failure', () => {
    const { reading } = new LinuxGuest(busybox).igpu().probe();
    expect(reading.devices[0]).toMatchObject({
      started: true,
      media: { state: 'absent', driver: null, profiles: null },
    });
    expect(reading.failed).toEqual([]);
  });

  shellTest.each([
    [
      "echo 'libva error: va_openDriver() failed'; echo 'vaInitialize failed with error code -1 (unknown libva error),exit' >&2; exit 3",
      'vaInitialize failed with error code -1 (unknown libva error)exit',
    ],
    [
      'echo "error: failed to initialize display \'drm\'" >&2; kill -ABRT $$',
      'error: failed to initialize display drm',
    ],
    ['exit 0', null],
  ])('vainfo that does %s has failed', (script, why) => {
    const guest = new LinuxGuest(busybox).igpu().program('vainfo', script);
    expect(guest.probe().reading.devices[0]?.media).toMatchObject({ state: 'failed', profiles: 0, why });
  });

  shellTest('is done though vainfo, and something that it started, cannot be waited for', () => {
    const guest = new LinuxGuest(busybox).igpu().program('vainfo', 'setsid sleep 3 & exec sleep 3');
    expect(guest.probe().reading.devices[0]?.media).toMatchObject({ state: 'silent' });
  });

  shellTest('asks no second vainfo while one still runs', () => {
    const guest = new LinuxGuest(busybox).igpu().program('vainfo', 'echo asked; exit 3');
    guest.file('proc/4711/comm', 'vainfo\n').file('proc/4712/comm', 'sleep\n');
    expect(guest.probe().reading.devices[0]?.media).toMatchObject({ state: 'unasked' });
  });

  shellTest('hands on what the kernel complains of, with its time, and nothing else', () => {
    const guest = new LinuxGuest(busybox)
      .igpu()
      .dmesg([
        '[    0.100000] Command line: root=/dev/sda1 i915.enable_guc=3 error nomodeset',
        '[    1.500000] i915 0000:00:02.0: [drm] VT-d active for gfx access',
        '[    1.600000] i915 0000:00:02.0: Direct firmware load for i915/adlp_guc_70.bin failed with error -2',
        '[    1.700000] usb 1-1: device descriptor read/64, error -71',
        '[    1.800000] axe0: an error of nobody’s',
        '[    2.000000] xe 0000:00:02.0: [drm] *ERROR* "quoted" \\ and\tmore \u001b[31m',
      ]);
    expect(guest.probe().reading.log).toEqual({
      from: 'dmesg',
      whole: true,
      count: 2,
      lines: [
        {
          at: 1.6,
          text: 'i915 0000:00:02.0: Direct firmware load for i915/adlp_guc_70.bin failed with error -2',
        },
        { at: 2, text: "xe 0000:00:02.0: [drm] *ERROR* 'quoted' / andmore [31m" },
      ],
    });
  });

  shellTest('bounds a log that has no end: the first and the last lines, and how many there are', () => {
    const flood = Array.from({ length: 3000 }, (_, n) => `[${n}.000000] i915 error ${n} ${'x'.repeat(500)}`);
    const { reading, out } = new LinuxGuest(busybox).igpu().dmesg(flood).probe();
    expect(reading.log?.count).toBe(3000);
    expect(reading.log?.lines.map(({ at }) => at)).toEqual([
      ...Array.from({ length: 20 }, (_, n) => n),
      ...Array.from({ length: 20 }, (_, n) => 2980 + n),
    ]);
    expect(out.length).toBeLessThan(10_000);
  });

  shellTest('asks the journal where the kernel’s ring is closed, and leaves the host’s name out', () => {
    const line = '[    4.075646] my-nas kernel: i915 0000:00:02.0: [drm] *ERROR* GT0: GuC load failed';
    const guest = new LinuxGuest(busybox).igpu().program('dmesg', 'echo no >&2; exit 1');
    guest.program('journalctl', `echo '${line}'`);
    expect(guest.probe().reading.log).toEqual({
      from: 'journal',
      whole: false,
      count: 1,
      lines: [{ at: 4.075646, text: 'i915 0000:00:02.0: [drm] *ERROR* GT0: GuC load failed' }],
    });
  });

  shellTest('says what it could not read, and reads the rest', () => {
    const guest = new LinuxGuest(busybox).igpu().without('dmesg').device('0000:00:03.0', '0x030000', '');
    const { reading } = guest.probe();
    expect(reading.log).toBeNull();
    expect(reading.devices.map(({ address }) => address)).toEqual(['00:02.0']);
    expect(reading.failed).toEqual([
      'pci: 0000:00:03.0 does not tell its id',
      'log: neither dmesg nor journalctl shows the kernel log',
    ]);
  });

  shellTest('names of the guest cannot leave their string', () => {
    const guest = new LinuxGuest(busybox).device('0000:00:02.0', '0x030000', '8086:46d1', 'i915"},{"x":"');
    guest.file('etc/os-release', `PRETTY_NAME='"}\n@@END\n\\u0000'\n`);
    const { reading } = guest.probe();
    expect(reading.devices[0]?.driver?.service).toBe('i915x:');
    expect(reading.facts['name']).toBe('ENDu0000');
  });
});
