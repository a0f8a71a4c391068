import { NotGathered } from '../access.ts';
import type { Collector, Piece } from '../collector.ts';

const FOLDER = '/etc/modprobe.d';
const MOST = 60;

export const moduleOptions: Collector = {
  id: 'module-options',
  file: 'module-options.txt',
  what: 'options of kernel modules, and which are kept from loading',
  limit: { seconds: 10, bytes: 65_536 },
  whenMissing: 'give the files of /etc/modprobe.d',
  async gather(ask) {
    const files = (await ask.list(FOLDER)).filter((name) => name.endsWith('.conf')).slice(0, MOST);
    const pieces: Piece[] = [];
    for (const name of files) pieces.push(await ask.file(`${FOLDER}/${name}`));
    if (pieces.length === 0) throw new NotGathered(`${FOLDER} has no .conf file`);
    return pieces;
  },
};
