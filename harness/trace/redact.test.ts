import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRedactor } from './redact.ts';

test('a redacted text is as long as it was', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.uuid(),
    fc.ipV4(),
    fc.constantFrom('3c:ec:ef:01:02:03', 'lab-tower', '192.168.7.9', '/home/somebody'),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join(' ');
      expect(createRedactor(['lab-tower', '/home/somebody']).text(text)).toHaveLength(text.length);
    }),
  );
});

test('the same identity gets the same pseudonym, another one another', () => {
  const redactor = createRedactor();
  const [a, b, again] = ['3c:ec:ef:01:02:03', '3c:ec:ef:01:02:04', '3C:EC:EF:01:02:03'].map((mac) =>
    redactor.text(mac),
  );
  expect(again).toBe(a);
  expect(b).not.toBe(a);
});

test('versions, PCI addresses and common user names stay', () => {
  const text = 'root 32.0.101.7088 10.0.26100.1 0000:00:02.0 8086:46d1 0x000c0000';
  expect(createRedactor(['root']).text(text)).toBe(text);
});
