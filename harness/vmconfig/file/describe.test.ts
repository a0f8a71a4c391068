import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configText } from './config-text.fixture.ts';
import { describeConfig } from './describe.ts';
import { configDigest } from './digest.ts';
import { readConfigFile } from './read-file.ts';

describe('configDigest', () => {
  it('is the SHA-1 of the bytes', () => {
    for (const text of ['', 'cores: 1\r\n', '#ä – 日本\ncores: 1']) {
      expect(configDigest(text)).toBe(createHash('sha1').update(text, 'utf8').digest('hex'));
    }
  });
});

describe('describeConfig', () => {
  it('describes any config without an exception', () => {
    fc.assert(
      fc.property(configText, fc.constantFrom(null, 'clean', 'pending'), (text, snapshot) => {
        const report = describeConfig(readConfigFile(text), snapshot);
        if (snapshot === null) expect(report).not.toBeNull();
        if (snapshot === 'pending') expect(report).toBeNull();
      }),
    );
  });
});
