import { isKnownKey } from '../conf/keys.ts';
import { checkLock, loadConf, storeConf } from '../conf/store.ts';
import { withConfigLock } from '../lock.ts';
import { isOn } from '../options.ts';
import { NotInStandIn, Refusal } from '../refusal.ts';
import { NOT_OBSERVED, refusal } from '../refusals.ts';
import { pidOf } from '../vm/running.ts';
import { changed } from './changed.ts';
import { KEY_OPTIONS } from './key-options.ts';
import { valueProblem } from './values.ts';
import { type Verb, vmidOf } from './verb.ts';

/** What Perl says of characters above U+00FF. */
const WIDE = 'Wide character in print at /usr/share/perl5/PVE/API2/Qemu.pm line 2259.\n';
const LINE = 'qm set <vmid> [OPTIONS]';

/** `qm set`: not a task, and what waits for the next start of a running VM goes to its pending section. */
export const SET: Verb = {
  use: '<vmid> [OPTIONS]',
  words: ['vmid'],
  options: {
    ...KEY_OPTIONS,
    delete: 'string',
    revert: 'string',
    digest: 'string',
    skiplock: 'flag',
    force: 'flag',
  },
  // A node knows many more keys.
  elsewhere: /./,
  from: [
    'qm set, VM stopped',
    'qm set of a multi-line, non-ASCII description',
    'qm set --delete of several keys',
    'qm set --delete of a key that is not set',
    'qm set --delete of an unknown key',
    'qm set while the lock is held for 4 s: waits, then goes on',
    'qm set of a key that cannot be hotplugged, VM running: becomes pending',
    'qm set --delete on a running VM',
    'qm set --revert',
    'qm set --skiplock 1',
    'qm set allocates a second disk',
    'delete of a disk: becomes unused0',
    'hostpci0 with an unknown key',
    NOT_OBSERVED,
  ],
  run: async (given, io) => {
    const vmid = vmidOf(given);
    const { digest, ...params } = given.options;
    const { delete: gone = '', revert = '', skiplock, force, ...values } = params;
    if (isOn(force)) throw new NotInStandIn('qm set --force');
    const deleted = listed(gone);
    checkValues(values, deleted);
    if (Object.keys(params).length === 0) throw refusal('nothingToSet');
    loadConf(vmid);
    await withConfigLock(vmid, io.err, async () => {
      const conf = loadConf(vmid);
      if (digest !== undefined && digest !== conf.digest) throw refusal('digest');
      checkLock(conf, isOn(skiplock));
      const words = Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1));
      const told = words.map(([key, value]) => `-${key} ${value}`).join(' ');
      if (/[^\0-\xff]/.test(told)) io.err(WIDE);
      io.out(`update VM ${vmid}: ${told}\n`);
      const change = { values, deleted, reverted: listed(revert) };
      storeConf(vmid, await changed(vmid, conf, change, { running: pidOf(vmid) !== null, io }));
    });
    return 0;
  },
};

function listed(text: string): readonly string[] {
  return text.split(/[,;\s]+/).filter((key) => key !== '');
}

function checkValues(values: Readonly<Record<string, string>>, deleted: readonly string[]): void {
  const problems = Object.entries(values).map(([key, value]) => valueProblem(key, value));
  const unknown = deleted.find((key) => !isKnownKey(key));
  if (unknown !== undefined)
    throw new Refusal(`400 Parameter verification failed.\ndelete: unknown option '${unknown}'\n${LINE}`, 2);
  if (problems.some((problem) => problem !== ''))
    throw new Refusal(`400 Parameter verification failed.\n${problems.join('')}${LINE}`, 255);
}
