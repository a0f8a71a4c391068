import { expect, it } from 'vitest';
import { causes, diagnosed } from '../fixtures/diagnosed.ts';

const LINE =
  'i915 0000:00:02.0: [drm] *ERROR* Stolen reserved area [mem 0x4c800000-0x4c9fffff] outside stolen memory [mem 0xa4000000-0xa7ffffff]\n';
const first = (facts: string, host = '') =>
  diagnosed({
    'facts.txt': facts,
    'guest-dmesg.txt': LINE,
    ...(host === '' ? {} : { 'dmesg.txt': host }),
  });

it.each([
  ['whole iGPU to Ubuntu\nthe picture is unstable', ''],
  ['guest: Fedora, picture flickers and breaks', ''],
  [
    'whole N305 to Debian',
    'DMAR: [DMA Read NO_PASID] Request device [00:02.0] fault addr 0x4c840000 [fault reason 0x06] PTE Read access is not set\n',
  ],
])('stolen memory at another place breaks the picture: %s', (facts, host) => {
  expect(first(facts, host).findings[0]?.id).toBe('host.stolen-memory');
});

it('is no cause where the guest works', () => {
  expect(causes(first('guest: Ubuntu, whole iGPU, works fine'))).toEqual([]);
});
