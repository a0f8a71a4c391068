import { expect, test } from 'vitest';
import { diagnosed } from '../../diagnosis/fixtures/diagnosed.ts';
import { renderDiagnosis } from './diagnosis.ts';

const GIVEN = {
  'said.txt':
    'CPU: i9-10900K\nHost GPU: AMD RX 6800 XT\nWindows 10 guest, Code 43\nblargh the foo of a bar\n',
  'qemu.log':
    'kvm: -device vfio-pci,host=0000:00:02.0: vfio 0000:00:02.0: does not support requested IGD OpRegion feature: No such device\n',
};

test('colour moves no word: what is seen is the same with and without it', () => {
  const [plain, coloured] = [false, true].map((colour) =>
    renderDiagnosis(diagnosed(GIVEN), { columns: 80, colour }),
  );
  const seen = (coloured ?? '').replaceAll(/\u001b\[[\d;]*m/g, '').replace(/^\S /, '');
  expect(seen.split('\n').slice(1)).toEqual((plain ?? '').split('\n').slice(1));
});

test('prose keeps to the terminal’s width, and what is to be pasted stays on its line', () => {
  const lines = renderDiagnosis(diagnosed(GIVEN), { columns: 60, colour: false }).split('\n');
  expect(lines.filter((line) => line.length > 60).map((line) => line.trim())).toEqual(
    lines.filter((line) => /zgrep VFIO_PCI_IGD/.test(line)).map((line) => line.trim()),
  );
  expect(lines).toContain('        Primary display: IGFX / iGPU / internal. iGPU');
});
