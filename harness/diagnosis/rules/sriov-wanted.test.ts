import { expect, it } from 'vitest';
import { caseOf, type CaseSketch } from '../fixtures/case.ts';
import { modulesAsked, wantsVfs } from './sriov-wanted.ts';

const MODULE = 'i915: Please file any bug report at https://github.com/strongtz/i915-sriov-dkms/issues/new.';
const NO_DRIVER = 'pci 0000:00:02.0: no driver bound to device; cannot configure SR-IOV';

it.each<readonly [CaseSketch, boolean]>([
  [{}, false],
  [{ facts: { mode: 'vf' } }, true],
  [{ facts: { symptom: 'vfs-missing' } }, true],
  [{ facts: { symptom: 'vfs-missing', mode: 'whole' } }, true],
  [{ facts: { sign: 'sriov-refused' } }, true],
  [{ facts: { sign: 'sriov-refused', mode: 'whole' } }, false],
  [{ facts: { kernelCommandLine: 'quiet i915.max_vfs=7' } }, true],
  [{ facts: { kernelCommandLine: 'quiet xe.max_vfs=3', mode: 'mdev' } }, false],
  [{ facts: { kernelCommandLine: 'quiet i915.max_vfs=0' } }, false],
  [{ lines: [MODULE] }, true],
  [{ lines: [NO_DRIVER] }, true],
  [{ lines: [NO_DRIVER], facts: { mode: 'whole' } }, false],
])('whether virtual functions are wanted in %j: %s', (sketch, expected) => {
  expect(wantsVfs(caseOf(sketch))).toBe(expected);
});

it.each([
  ['quiet i915.max_vfs=7 xe.max_vfs=3', ['i915', 'xe']],
  ['i915.max_vfs=7 i915.max_vfs=7', ['i915']],
  ['bxe.max_vfs=3 i915.max_vfs=0', []],
])('of %s: %j', (kernelCommandLine, expected) => {
  expect(modulesAsked(caseOf({ facts: { kernelCommandLine } }))).toEqual(expected);
});
