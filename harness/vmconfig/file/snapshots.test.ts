import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configText } from './config-text.fixture.ts';
import { readConfigFile } from './read-file.ts';
import { snapshotTree } from './snapshots.ts';

describe('snapshotTree', () => {
  const tree = (text: string): readonly string[] =>
    snapshotTree(readConfigFile(text)).map(
      ({ depth, snapshot }) => ' '.repeat(depth) + (snapshot?.name ?? '*'),
    );

  it('hangs each snapshot below its parent, siblings by time, the present state last', () => {
    const text =
      'parent: live\n[live]\nparent: clean\nsnaptime: 30\n[clean]\nsnaptime: 10\n[second]\nparent: clean\nsnaptime: 20\n[leaf]\nparent: live\nsnaptime: 40\n';
    expect(tree(text)).toEqual(['clean', ' second', ' live', '  leaf', '  *']);
  });

  it('shows each once where parents are gone or run in a circle', () => {
    expect(tree('parent: gone\n[aa]\nparent: bb\n[bb]\nparent: aa\n[cc]\nparent: gone\n')).toEqual([
      'cc',
      'aa',
      ' bb',
      '*',
    ]);
  });

  it('has every snapshot of any config once, and the present state', () => {
    fc.assert(
      fc.property(configText, (text) => {
        const names = snapshotTree(readConfigFile(text)).map(({ snapshot }) => snapshot?.name ?? '');
        expect(new Set(names).size).toBe(names.length);
        expect(names).toContain('');
      }),
    );
  });
});
