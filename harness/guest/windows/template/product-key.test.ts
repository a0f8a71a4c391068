import { expect, test } from 'vitest';
import { productKey } from './product-key.ts';

test('a key is taken in any case', () => {
  expect(productKey(' aaaaa-11111-bbbbb-22222-ccccc ')).toBe('AAAAA-11111-BBBBB-22222-CCCCC');
});

test.each(['', 'AAAAA-11111', 'AAAAA 11111 BBBBB 22222 CCCCC', 'AAAAA-11111-BBBBB-22222-CCCC<'])(
  '%j is none, and is not repeated',
  (text) => {
    expect(() => productKey(text)).toThrow('five groups');
    if (text !== '') expect(() => productKey(text)).not.toThrow(text);
  },
);
