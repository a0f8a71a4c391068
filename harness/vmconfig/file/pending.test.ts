import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configText } from './config-text.fixture.ts';
import { mainOf } from './contents.ts';
import { afterPending, pendingChanges } from './pending.ts';
import { readConfigFile } from './read-file.ts';

describe('pendingChanges', () => {
  it('tells old and new value, what is set anew, and what goes', () => {
    const text =
      'cores: 1\nvga: std\nname: a\nmemory: 512\n#old\n[PENDING]\n#\ncores: 2\nserial1: socket\nmemory: 512\ndelete: vga;!name absent\n';
    expect(pendingChanges(readConfigFile(text)).map(({ key, from, to }) => [key, from, to])).toEqual([
      ['cores', '1', '2'],
      ['description', 'old', null],
      ['name', 'a', null],
      ['serial1', null, 'socket'],
      ['vga', 'std', null],
    ]);
  });

  it('is empty exactly where the VM will be what it is', () => {
    fc.assert(
      fc.property(configText, (text) => {
        const file = readConfigFile(text);
        const [now, then] = [mainOf(file), afterPending(file)].map(({ entries }) => entries);
        const keys = [...new Set([...(now?.keys() ?? []), ...(then?.keys() ?? [])])];
        const differs = keys.filter((key) => now?.get(key)?.value !== then?.get(key)?.value);
        const changed = pendingChanges(file).filter(({ key }) => key !== 'description');
        expect(changed.map(({ key }) => key)).toEqual(differs.sort());
      }),
    );
  });
});
