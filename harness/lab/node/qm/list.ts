import { allVms } from '../conf/store.ts';
import { current } from '../vm/vm-status.ts';
import type { Verb } from './verb.ts';

const GIBIBYTE = 1024 ** 3;
const MEBIBYTE = 1024 ** 2;

export const LIST: Verb = {
  use: ' [OPTIONS]',
  words: [],
  options: { full: 'flag' },
  from: ['qm list', 'qm list --full', 'qm list with a running VM', 'qm list shows templates as stopped VMs'],
  run: async (_, io) => {
    io.out(row('VMID', 'NAME', 'STATUS', 'MEM(MB)', 'BOOTDISK(GB)', 'PID'));
    for (const vmid of allVms()) {
      const { name, qmpstatus, maxmem, maxdisk, pid } = await current(vmid);
      const disk = (Number(maxdisk) / GIBIBYTE).toFixed(2);
      io.out(row(vmid, name, qmpstatus, Number(maxmem) / MEBIBYTE, disk, pid ?? 0));
    }
    return 0;
  },
};

function row(...cells: readonly unknown[]): string {
  const [vmid = '', name = '', status = '', memory = '', disk = '', pid = ''] = cells.map(String);
  return (
    `${vmid.padStart(10)} ${name.padEnd(20)} ${status.padEnd(10)} ${memory.padEnd(10)} ${disk.padStart(12)} ` +
    `${pid.padEnd(10)}\n`
  );
}
