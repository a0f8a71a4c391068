import { resolve } from 'node:path';
import { ESLint } from 'eslint';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const eslint = new ESLint({ cwd: root });

/** The rules that a snippet breaks, as if it stood in this file. */
async function brokenRules(snippet: string): Promise<readonly (string | null)[]> {
  const [result] = await eslint.lintText(snippet, { filePath: import.meta.filename });
  return result?.messages.map(({ ruleId }) => ruleId) ?? [];
}

test.each(['$`true`;', 'void $`true`;', '$`true`.quiet();', 'run();'])(
  'a command that nobody awaits is a lint error: %s',
  async (statement) => {
    const snippet = `import { $ } from 'zx';\nexport const run = () => $\`true\`;\n${statement}\n`;
    expect(await brokenRules(snippet)).toContain('@typescript-eslint/no-floating-promises');
  },
);

test('a command that is awaited is none', async () => {
  expect(await brokenRules("import { $ } from 'zx';\nawait $`true`;\n")).toEqual([]);
});

test('the scripts that run before anything is installed are linted with types, too', async () => {
  const config: unknown = await eslint.calculateConfigForFile(resolve(root, 'harness/cli/bin.mjs'));
  expect(config).toHaveProperty(['rules', '@typescript-eslint/no-floating-promises', 0], 2);
  expect(await eslint.isPathIgnored(resolve(root, 'harness/cli/bin.mjs'))).toBe(false);
});
