import { expect, test } from 'vitest';
import { framed } from '../../guest/answers/fixtures/windows-answer.ts';
import { Script, verdictOf } from '../fixtures/traces.ts';
import type { Result } from '../result.ts';

const LINUX = { guest: { probe: 'linux' }, host: { igpu: { driver: { service: 'i915' } } } } as const;
const DRM = { card: 'card0', render: 'renderD128', there: true, wedged: null };
const GPU = { address: '0000:00:02.0', id: '8086:46d1', driver: 'i915', drm: DRM };
const WEDGED = 'i915 0000:00:02.0: [drm] *ERROR* GT0: Failed to initialize GPU, declaring it wedged!';
const PROBE_FAILED = 'i915 0000:00:02.0: probe with driver i915 failed with error -12';
const INITIALIZED = '[drm] Initialized i915 1.6.0 for 0000:00:02.0 on minor 0';

/** A boot of a Linux guest that answers four times with this device and these lines of its kernel's log. */
function judged(gpu: object, lines: readonly string[] | null = null): Result {
  const script = new Script().boot();
  for (let up = 10; up < 14; up += 1) {
    const nonce = script.nextNonce();
    const log = lines === null ? null : { from: 'dmesg', whole: true, count: lines.length, lines };
    const os = { boot: 'b1', up, kernel: '6.12', name: 'Linux' };
    script.probe(framed({ schema: 1, nonce, os, pciCount: 6, gpu: [gpu], log, err: [] }), 1, nonce);
  }
  return verdictOf(script.end(), LINUX);
}

const ids = (result: Result): readonly string[] => result.findings.map(({ id }) => id);

test('a guest that renders without a screen passes', () => {
  expect(judged({ ...GPU, drm: { ...DRM, card: null } }, [])).toMatchObject({
    verdict: 'pass',
    findings: [],
  });
});

test('a driver that is bound and made no render node is no pass', () => {
  const result = judged({ ...GPU, drm: { ...DRM, render: null, there: null } }, []);
  expect(result).toMatchObject({ verdict: 'fail', checks: { driverStarted: 'no' } });
  expect(result.findings[0]?.id).toBe('device.not-started');
  expect(result.findings[0]?.detail).toContain('no render node');
});

test('a driver that says itself that it gave up fails, and its log says why', () => {
  const guc =
    'i915 0000:00:02.0: [drm] *ERROR* GT0: GuC firmware i915/adlp_guc_70.1.1.bin: fetch failed -ENOENT';
  const result = judged({ ...GPU, drm: { ...DRM, wedged: true } }, [`[    2.5] ${guc}`, WEDGED]);
  expect(result.verdict).toBe('fail');
  expect(ids(result)).toEqual(['device.not-started', 'guest.driver-log']);
  expect(result.findings[1]).toMatchObject({
    title: 'The guest lacks firmware files of the GPU',
    evidence: [{ source: 'guest kernel', text: guc }, { text: WEDGED }],
  });
});

test('a guest without a driver says why in its log', () => {
  const old =
    'i915 0000:00:02.0: Your graphics device 46d1 is not properly supported by i915 in this kernel version.';
  const result = judged({ ...GPU, driver: null, drm: { ...DRM, render: null } }, [old]);
  expect(result.verdict).toBe('fail');
  expect(ids(result)).toEqual(['driver.missing', 'guest.driver-log']);
});

test.each([
  ['it gave up, and nothing denies it', GPU, [WEDGED, INITIALIZED], 'inconclusive'],
  ['it gave up, and the driver denies it now', { ...GPU, drm: { ...DRM, wedged: false } }, [WEDGED], 'pass'],
  ['it failed to start', GPU, [PROBE_FAILED], 'inconclusive'],
  ['it failed at first, and then started', GPU, [PROBE_FAILED, INITIALIZED], 'pass'],
  ['another device was given up', GPU, [WEDGED.replace('00:02.0', '06:10.0')], 'pass'],
  ['it complains, as drivers do', GPU, ['i915 0000:00:02.0: [drm] *ERROR* CPU pipe A FIFO underrun'], 'pass'],
  ['nobody read it', GPU, null, 'pass'],
] as const)('a healthy device whose log says that %s: %#', (_, gpu, lines, verdict) => {
  const result = judged(gpu, lines);
  expect(result.verdict).toBe(verdict);
  expect(ids(result)).toEqual(verdict === 'pass' ? [] : ['guest.driver-gave-up']);
});

test.each([
  [{ state: 'failed', driver: null, profiles: 0, why: 'vaInitialize failed' }, ['guest.va-failed']],
  [{ state: 'silent', driver: null, profiles: 0, why: null }, ['guest.va-failed']],
  [{ state: 'unasked', driver: null, profiles: null, why: null }, []],
  [{ state: 'absent', driver: null, profiles: null, why: null }, []],
  [{ state: 'works', driver: 'Intel iHD driver', profiles: 12, why: null }, []],
])('VA-API %j never fails a device', (va, found) => {
  const result = judged({ ...GPU, va }, []);
  expect(result.verdict).toBe('pass');
  expect(ids(result)).toEqual(found);
});
