import { expect, it } from 'vitest';
import { caseOf, type CaseSketch } from '../fixtures/case.ts';
import { keptOut } from './driver-kept-out.ts';

type Told = NonNullable<CaseSketch['facts']>;
const kept = (facts: Told) => keptOut(caseOf({ facts })).map(({ text }) => text.replace(/^\w+: /, ''));

it.each<readonly [Told, readonly string[]]>([
  [{ kernelCommandLine: 'nomodeset' }, ['nomodeset']],
  [{ kernelCommandLine: 'quiet nomodeset splash' }, ['quiet nomodeset splash']],
  [{ kernelCommandLine: ['quiet nomodeset', 'module_blacklist=i915,xe'] }, ['quiet nomodeset']],
  [
    { kernelCommandLine: 'module_blacklist=i915,xe' },
    ['module_blacklist=i915,xe', 'module_blacklist=i915,xe'],
  ],
  [
    { kernelCommandLine: 'modprobe.blacklist=i915', moduleOptions: 'install xe /bin/false' },
    ['modprobe.blacklist=i915', 'install xe /bin/false'],
  ],
  [{ moduleOptions: ['blacklist i915', 'blacklist xe'] }, ['blacklist i915', 'blacklist xe']],
  [
    { moduleOptions: ['install i915 /usr/bin/true', 'install xe /bin/true'] },
    ['install i915 /usr/bin/true', 'install xe /bin/true'],
  ],
  [
    { kernelCommandLine: 'i915.max_vfs=7', moduleOptions: ['blacklist i915', 'options i915 enable_guc=3'] },
    ['blacklist i915'],
  ],
])('no driver may load by %j', (facts, expected) => {
  expect(kept(facts)).toEqual(expected);
});

it.each<Told>([
  {},
  { kernelCommandLine: 'quiet nomodesetting' },
  { kernelCommandLine: 'i915.nomodeset=1 x.nomodeset' },
  { kernelCommandLine: 'module_blacklist=i915' },
  { kernelCommandLine: 'my_module_blacklist=i915,xe' },
  { kernelCommandLine: 'i915.max_vfs=7 module_blacklist=xe' },
  { moduleOptions: 'blacklist i915' },
  { moduleOptions: ['blacklist i915_hdcp', 'blacklist xen'] },
  { moduleOptions: ['install i915 /sbin/modprobe i915', 'options xe force_probe=*'] },
])('one may load by %j', (facts) => {
  expect(kept(facts)).toEqual([]);
});
