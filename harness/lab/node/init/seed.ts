import type { LabVm } from '../../lab-options.ts';
import { loadConf } from '../conf/store.ts';
import { drivesOf } from '../disk/drives-of.ts';
import { writeMark } from '../disk/mark.ts';
import { qm } from '../qm.ts';

/** Makes the VMs that the node has from the beginning, in the way in which one makes them by hand. */
export async function seed(vms: readonly LabVm[]): Promise<void> {
  for (const { vmid, config, description, template, system } of vms) {
    const keys = Object.entries(config).flatMap(([key, value]) => [`--${key}`, value]);
    const notes = description === undefined ? [] : ['--description', description];
    await quietly(['create', String(vmid), ...keys, ...notes]);
    const [disk] = drivesOf(loadConf(vmid).main).filter(({ key }) => key !== 'efidisk0');
    if (system !== null && disk !== undefined) await writeMark(disk.volume, system);
    if (template) await quietly(['template', String(vmid)]);
  }
}

async function quietly(argv: readonly string[]): Promise<void> {
  const said: string[] = [];
  const keep = (text: string): void => {
    said.push(text);
  };
  const code = await qm(argv, { out: keep, err: keep });
  if (code !== 0) throw new Error(`qm ${argv.join(' ')}: ${said.join('')}`);
}
