import { expect, test } from 'vitest';
import { code43, project } from './cli.fixture.ts';

test.each([
  ['a trace that is not there', ['replay', 'nowhere'], 'no trace at'],
  ['a file that is not there', ['trace', 'import', '--dmesg', 'x', ...rest('n100')], 'there is no such file'],
  ['a host nobody knows', ['trace', 'import', '--statement', 'x', ...rest('n10')], 'did you mean "n100"?'],
  ['an option nobody knows', ['run', '--bogus'], "unknown option '--bogus'"],
  ['a console without a terminal', ['console', 'local/linux-q35'], 'needs a terminal on stdin and stdout'],
  ['a key that is none', ['console', 'local/linux-q35', '--detach-key', 'x'], 'expected ctrl-'],
  ['a target where minutes may stand', ['run', '--keep-on-failure', 'local'], 'joined to the option'],
  ['a scenario nobody knows', ['run', '--json', 'nosuch'], 'nosuch'],
])('%s is said plainly, with exit code 2 and nothing on stdout', async (_, words, said) => {
  const { code, stdout, stderr } = await code43(await project(), words).done;
  expect(stderr).toContain(said);
  expect(stderr).not.toContain('defect');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
});

function rest(host: string): readonly string[] {
  return ['--host', host, '--guest', 'win11-iot', '--name', 'x', '--out', 'out'];
}
