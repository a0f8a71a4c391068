import type { Conf } from '../conf/conf.ts';
import { loadConf } from '../conf/store.ts';
import { type Verb, vmidOf } from './verb.ts';

/** `qm listsnapshot`: a tree, in which children of one snapshot stand at one depth in the order of their times. */
export const LISTSNAPSHOT: Verb = {
  use: '<vmid>',
  words: ['vmid'],
  options: {},
  from: ['qm listsnapshot', 'qm listsnapshot with two', 'qm listsnapshot, tree with a branch'],
  run: (given, io) => {
    const conf = loadConf(vmidOf(given));
    io.out(below(conf, undefined, '').join(''));
    return 0;
  },
};

function below(conf: Conf, parent: string | undefined, indent: string): string[] {
  const children = [...conf.snapshots]
    .filter(([, { entries }]) => entries.get('parent') === parent)
    .sort(([, a], [, b]) => Number(a.entries.get('snaptime')) - Number(b.entries.get('snaptime')))
    .flatMap(([name, { description, entries }]) => {
      const taken = localTime(Number(entries.get('snaptime') ?? 0));
      const [first = ''] = (description ?? 'no-description').split('\n');
      return [row(indent, name, taken, first), ...below(conf, name, `${indent} `)];
    });
  const here = conf.main.entries.get('parent') === parent;
  return here ? [...children, row(indent, 'current', '', 'You are here!')] : children;
}

function row(indent: string, name: string, taken: string, description: string): string {
  return `${indent}${`\`-> ${name}`.padEnd(31 - indent.length)} ${taken.padEnd(23)} ${description}\n`;
}

function localTime(seconds: number): string {
  const at = new Date(seconds * 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')}`;
}
