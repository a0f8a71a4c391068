import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkCredentials, isRoot, nameOf, readToken } from './credentials.ts';

const SECRET = '01234567-89ab-4cde-8f01-23456789abcd';

test('a token is read as it is shown, with a newline behind it', () => {
  const token = readToken(`ci@pve!code43=${SECRET}\n`);
  expect(token).toEqual({ kind: 'token', id: 'ci@pve!code43', secret: SECRET });
  expect(nameOf(token)).toBe('ci@pve!code43');
});

test.each([
  '',
  SECRET,
  `ci@pve=${SECRET}`,
  `ci!code43=${SECRET}`,
  `PVEAPIToken=ci@pve!code43=${SECRET}`,
  `ci@pve!code43=${SECRET}\nX-Header: 1`,
  `ci@pve!code43=${SECRET} `.replace('!', ' !'),
])('%j is no token, and is not repeated', (text) => {
  expect(() => readToken(text)).toThrow(RangeError);
  expect(() => readToken(text)).not.toThrow(SECRET);
});

test('no text makes a token that could be two headers', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((text) => `a@b!c${text}=${SECRET}`),
      ),
      (text) => {
        try {
          const token = readToken(text);
          expect(`${nameOf(token)}=${SECRET}`).toMatch(/^[\x21-\x7e]+$/);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      },
    ),
  );
});

test('root is a password login of root@pam', () => {
  expect(isRoot({ kind: 'login', user: 'root@pam', password: 'x' })).toBe(true);
  expect(isRoot({ kind: 'login', user: 'root@pve', password: 'x' })).toBe(false);
  expect(isRoot({ kind: 'token', id: 'root@pam!x', secret: SECRET })).toBe(false);
});

test.each(['root', 'root@', '@pam', 'a b@pam', 'root@pam!x', 'root@pam\n'])('%j is no user', (user) => {
  expect(() => {
    checkCredentials({ kind: 'login', user, password: 'hidden' });
  }).toThrow(/no user of the API/);
});
