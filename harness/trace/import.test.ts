import { expect, test } from 'vitest';
import { header } from '../judge/fixtures/traces.ts';
import { importTrace } from './import.ts';
import { readTrace } from './read.ts';

const { id, tool, started, cell, host, guest, rom } = header();

test('a pasted kernel log becomes events on the kernel’s clock', () => {
  const dmesg =
    '[    4.075646] VFIO - User Level meta-driver version: 0.3\r\n[ 120.442320] vfio-pci: resetting\nno stamp\n\n';
  const { headerText, eventsText } = importTrace(
    { id, tool, started, cell, host, guest, rom },
    { dmesg: [dmesg], statements: ['It works'] },
  );
  const trace = readTrace(headerText, eventsText);
  expect(trace.header).toMatchObject({
    origin: 'import',
    clocks: { kernel: 'host-kernel', statement: 'none' },
  });
  expect(trace.events).toMatchObject([
    { t: 4.075646, line: 'VFIO - User Level meta-driver version: 0.3' },
    { t: 120.44232, line: 'vfio-pci: resetting' },
    { t: 120.44232, line: 'no stamp' },
    { ch: 'statement', text: 'It works' },
  ]);
});
