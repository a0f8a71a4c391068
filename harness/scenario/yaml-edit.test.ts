import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { withYamlValue, yamlFlow, YamlNotEdited, type YamlValue } from './yaml-edit.ts';

const FILE = `# of mine
local:
  args:
    - -device x # why
n100: # the id
  reach: { ssh: root@pve } # by the VPN
  vmids: { from: 9100, to: 9199 }

  guests:
    a: { template: 9000 } # slow
    # b comes later
other: {}
nothing:
`;

describe('withYamlValue', () => {
  test.each([
    [['n100', 'reach', 'ssh'], 'root@new', 'reach: { ssh: root@pve } #', 'reach: { ssh: root@new } #'],
    [['n100', 'reach'], { ssh: 'root@new' }, '{ ssh: root@pve }', '{ ssh: root@new }'],
    [['n100', 'reach'], 'here', '{ ssh: root@pve }', 'here'],
    [['n100', 'guests', 'b'], { vm: 103 }, '# slow\n', '# slow\n    b: { vm: 103 }\n'],
    [['n100', 'reboot'], true, '# slow\n', '# slow\n  reboot: true\n'],
    [['n100', 'vmids', 'x'], 1, 'to: 9199 }', 'to: 9199, x: 1 }'],
    [['local', 'reach'], 'here', '# why\n', '# why\n  reach: here\n'],
    [['other', 'reach'], 'here', '{}', '{ reach: here }'],
    [['nothing', 'a', 'b'], '1:2', 'nothing:\n', "nothing: { a: { b: '1:2' } }\n"],
    [['new'], { a: 1 }, 'nothing:\n', 'nothing:\nnew: { a: 1 }\n'],
  ] satisfies [string[], YamlValue, string, string][])(
    '%j becomes %j, and no other byte changes',
    (path, value, from, to) => {
      expect(FILE).toContain(from);
      expect(withYamlValue(FILE, path, value)).toBe(FILE.replace(from, to));
    },
  );

  test('what says the same already stays as it is, in whatever way it is written', () => {
    const text = 'a:\n    "b": {to: 0x10,\n     from: 1} # c\n';
    expect(withYamlValue(text, ['a', 'b'], { from: 1, to: 16 })).toBe(text);
  });

  test('lines end as they did', () => {
    expect(withYamlValue('a:\r\n  b: 1 # c\r\n', ['a', 'c'], 2)).toBe('a:\r\n  b: 1 # c\r\n  c: 2\r\n');
    expect(withYamlValue('a:\n  b: 1', ['a', 'c'], 2)).toBe('a:\n  b: 1\n  c: 2');
  });

  test.each([
    ['a comment that would go', 'a:\n  b: 1\n  # dear\n  c: 2\n', ['a'], 'x'],
    ['a list where a mapping would be', '- a\n', ['a'], 1],
    ['what is no YAML', 'a: [', ['a'], 1],
    ['an alias', 'a: &x { b: 1 }\nc: *x\n', ['a', 'b'], 2],
  ] satisfies [string, string, string[], YamlValue][])('%s is not touched', (_, text, path, value) => {
    expect(() => withYamlValue(text, path, value)).toThrow(YamlNotEdited);
  });
});

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,6}$/);
const leaf = fc.oneof(word, fc.nat(), fc.boolean(), fc.stringMatching(/^[ -~]{0,12}$/));
const { tree } = fc.letrec<{ tree: YamlValue; map: Record<string, YamlValue> }>((tie) => ({
  tree: fc.oneof({ depthSize: 'small' }, leaf, tie('map')),
  map: fc.dictionary(word, tie('tree'), { maxKeys: 4 }),
}));
const map = fc.dictionary(word, tree, { minKeys: 1, maxKeys: 4 });
const layout = fc.record({
  indent: fc.integer({ min: 1, max: 4 }),
  collectionStyle: fc.constantFrom('any' as const, 'block' as const, 'flow' as const),
});

test('whatever is there and however it is written: the value is set, the rest says what it did, comments stay', () => {
  fc.assert(
    fc.property(
      map,
      layout,
      fc.array(word, { minLength: 1, maxLength: 3 }),
      tree,
      (plain, style, path, value) => {
        const lines = stringify(plain, { ...style, lineWidth: 0 })
          .trimEnd()
          .split('\n');
        const flat = style.collectionStyle === 'flow';
        const text = lines
          .map((line, at) => (flat || /[|>"']/.test(line) ? line : `${line} # c${at}`))
          .join('\n');
        let edited: string;
        try {
          edited = withYamlValue(text, path, value);
        } catch (error) {
          expect(error).toBeInstanceOf(YamlNotEdited);
          return;
        }
        const now: unknown = parse(edited);
        expect(path.reduce((node, key) => (node as Record<string, unknown>)[key], now)).toEqual(value);
        const [top = ''] = path;
        const others = (all: object): object =>
          Object.fromEntries(Object.entries(all).filter(([key]) => key !== top));
        expect(others(now as object)).toEqual(others(plain));
        for (const comment of text.match(/ # c\d+$/gm) ?? []) expect(edited).toContain(comment);
      },
    ),
    { numRuns: 500 },
  );
});

test('a value on one line is read as it was meant', () => {
  fc.assert(
    fc.property(tree, (value) => {
      expect(parse(`a: ${yamlFlow(value)}\n`)).toEqual({ a: value });
    }),
    { numRuns: 300 },
  );
});
