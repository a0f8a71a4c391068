import { NotGathered } from '../access.ts';
import type { Collector } from '../collector.ts';
import { firstLine } from '../command-access.ts';

export const agent: Collector = {
  id: 'agent',
  file: 'agent.txt',
  what: 'whether the guest’s agent answers',
  // A guest that still boots makes a ping wait (qm agent: about 3.5 s).
  limit: { seconds: 30, bytes: 65_536 },
  whenMissing: 'install the QEMU guest agent in the guest, set agent: 1 and start the VM',
  async gather(ask) {
    const vmid = String(ask.needVm());
    const { code, err } = await ask.run('qm', 'agent', vmid, 'ping');
    if (code !== 0) throw new NotGathered(firstLine(err) || `qm agent ${vmid} ping: exit code ${code}`);
    return [{ how: `code43 agent: qm agent ${vmid} ping`, text: 'the agent answers\n', cut: false }];
  },
};
