import { type FileText, type HostAccess, NotGathered, type Ran } from './access.ts';

/** Files and directories by commands: one way of looking, so that what works here works over ssh. */
export function commandAccess(name: string, run: HostAccess['run']): HostAccess {
  return {
    name,
    run,
    async read(path, limit): Promise<FileText> {
      const ran = await run(['cat', '--', path], limit);
      if (ran.code !== 0 && ran.out === '') throw refusal(path, ran);
      return { text: ran.out, cut: ran.cut };
    },
    async list(path, limit): Promise<readonly string[]> {
      const ran = await run(['ls', '-1A', '--', path], limit);
      if (ran.code !== 0) throw refusal(path, ran);
      return ran.out.split('\n').filter((line) => line !== '');
    },
  };
}

function refusal(path: string, { err, code }: Ran): NotGathered {
  if (/No such file|Not a directory/.test(err)) return new NotGathered(`there is no ${path}`);
  if (/Permission denied|Operation not permitted/.test(err))
    return new NotGathered(`${path}: permission denied`);
  return new NotGathered(`${path}: ${firstLine(err) || `exit code ${code}`}`);
}

/** What a program says of its failure, on one line. */
export function firstLine(text: string): string {
  return (
    text
      .split('\n')
      .map((line) => line.trim())
      .find((line) => line !== '') ?? ''
  ).slice(0, 300);
}

/** Seconds beyond a command's own deadline: it is ended on its host first, and says so. */
export const PATIENCE = 5;
