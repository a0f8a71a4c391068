import { NotGathered } from '../access.ts';
import type { Collector } from '../collector.ts';

/** Where Proxmox keeps what its tasks print: one file each, named by the task's id. */
const TASKS = '/var/log/pve/tasks';

export const startTask: Collector = {
  id: 'start-task',
  file: 'start-task.txt',
  what: 'what the VM’s last start printed',
  limit: { seconds: 30, bytes: 262_144 },
  whenMissing: 'give what `qm start` prints; QEMU’s own message is on its standard output',
  async gather(ask) {
    const vmid = ask.needVm();
    const name = `UPID:*:qmstart:${vmid}:*`;
    const { text } = await ask.some('find', TASKS, '-type', 'f', '-name', name, '-printf', '%T@ %p\\n');
    const last = text
      .split('\n')
      .map((line) => /^(\d+(?:\.\d+)?) (\/.+)$/.exec(line))
      .flatMap((match) => (match === null ? [] : [{ time: Number(match[1]), path: match[2] ?? '' }]))
      .toSorted((a, b) => b.time - a.time)[0];
    if (last === undefined) throw new NotGathered(`${TASKS} has no start of VM ${vmid}`);
    return [await ask.file(last.path)];
  },
};
