import { NotGathered } from '../access.ts';
import type { Ask, Collector, Piece } from '../collector.ts';

const LIMIT = { seconds: 60, bytes: 12 * 1024 * 1024 };

export const kernelLog: Collector = {
  id: 'kernel-log',
  file: 'kernel-log.txt',
  what: 'kernel log since the last boot',
  limit: LIMIT,
  whenMissing: 'run as root: others may not read it',
  gather: async (ask) => [
    await ask.first(
      () => journal(ask, '0'),
      () => ask.out('dmesg'),
    ),
  ],
};

export const kernelLogBefore: Collector = {
  id: 'kernel-log-before',
  file: 'kernel-log-before.txt',
  what: 'kernel log of the boot before',
  limit: LIMIT,
  whenMissing: 'the journal keeps older boots only with Storage=persistent',
  gather: async (ask) => [await journal(ask, '-1')],
};

async function journal(ask: Ask, boot: string): Promise<Piece> {
  const piece = await ask.out(
    'journalctl',
    '-k',
    '-b',
    boot,
    '--no-pager',
    '--no-hostname',
    '-q',
    '-o',
    'short-monotonic',
  );
  if (/^-- No entries --/m.test(piece.text)) throw new NotGathered('the journal has no entries of that boot');
  return piece;
}
