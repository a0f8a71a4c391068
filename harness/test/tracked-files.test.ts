import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter((name) => name !== '' && statSync(join(root, name), { throwIfNoEntry: false })?.isFile());

/** The expressions are spelled so that they do not find themselves. */
const HOSTS = /\b(registry\.(npm|yarn)|(deb|security|ftp|archive)\.(debian|ubuntu))[\w-]*\.\w/i;
/** The homes of "me" and "somebody" are made up. */
const PLACES = /(^|[\s'"`(=:])\/(work|home|Users)\/(?!(me|somebody)\b)[a-z]/;

/** Files that hold what other people wrote. */
const own = tracked.filter((name) => !name.startsWith('scenarios/traces/') && !name.includes('/fixtures/'));

/** The lines of a text that match, each with its place. */
function matches(name: string, text: string, pattern: RegExp): readonly string[] {
  return text
    .split('\n')
    .flatMap((line, index) => (pattern.test(line) ? [`${name}:${index + 1}: ${line}`] : []));
}

test.each([
  ['names a package registry or a mirror', HOSTS],
  ['names a folder of somebody’s machine', PLACES],
])('no tracked file %s', (_, pattern) => {
  expect(own.length).toBeGreaterThan(20);
  const found = own.flatMap((name) => matches(name, readFileSync(join(root, name), 'utf8'), pattern));
  expect(found).toEqual([]);
});

test.each([
  ['"https://registry' + '.npmjs.org/zod"', HOSTS],
  ['http://deb' + '.debian.org/debian', HOSTS],
  ['see /' + 'home/alice/roms', PLACES],
])('%s would be found', (text, pattern) => {
  expect(matches('x', text, pattern)).toHaveLength(1);
});
