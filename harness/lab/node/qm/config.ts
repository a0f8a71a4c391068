import { afterStart, type Section } from '../conf/conf.ts';
import { encodeDescription } from '../conf/description.ts';
import { loadConf } from '../conf/store.ts';
import { sortedLines } from '../conf/write-conf.ts';
import { isOn } from '../options.ts';
import { refusal } from '../refusals.ts';
import { type Verb, vmidOf } from './verb.ts';

/** `qm config`: pending changes count as made, unless asked for what is in force. */
export const CONFIG: Verb = {
  use: '<vmid> [OPTIONS]',
  words: ['vmid'],
  options: { current: 'flag', snapshot: 'string' },
  from: [
    'qm config, plain',
    'qm config --current with pending changes: shows the values in use',
    'qm config with pending changes: shows the NEW values',
    'qm config with description',
    'qm config --snapshot',
    'qm config shows parent:, not the snapshot sections',
  ],
  run: (given, io) => {
    const section = asked(vmidOf(given), given.options);
    const { description, entries } = section;
    const shown = new Map(entries);
    if (description !== null) shown.set('description', encodeDescription(description));
    io.out(
      sortedLines(shown)
        .map((line) => `${line}\n`)
        .join(''),
    );
    return 0;
  },
};

/** The section of a config that the options `current` and `snapshot` ask for. */
export function asked(vmid: number, options: Readonly<Record<string, string>>): Section {
  const conf = loadConf(vmid);
  const name = options['snapshot'];
  if (name === undefined) return isOn(options['current']) ? conf.main : afterStart(conf);
  const snapshot = conf.snapshots.get(name);
  if (snapshot === undefined) throw refusal('noSnapshot', name);
  return snapshot;
}
