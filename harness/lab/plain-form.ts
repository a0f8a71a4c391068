import { LeashedProcess } from '../wire/process.ts';
import { NAMESPACES } from './enclosure.ts';
import { LabFailed } from './lab-error.ts';
import type { Enclosed, HeldNode, LabForm } from './lab-form.ts';
import { whyNoLab } from './why-not.ts';

/** A leashed process has its leash as file descriptor 3. */
const LEASH_FIRST = ['sh', '-c', 'exec "$@" <&3 >&3 3>&-', 'sh'];

/** Plain processes in namespaces: needs no more than a kernel and root. */
export const PLAIN_FORM: LabForm = {
  whyNot: () => Promise.resolve(whyNoLab()),
  async start({ argv, onStderr }: Enclosed): Promise<HeldNode> {
    const leashed = await LeashedProcess.start(['unshare', ...NAMESPACES, '--', ...LEASH_FIRST, ...argv], {
      sockets: 1,
      onStderr,
    });
    const [leash] = leashed.sockets;
    if (leash === undefined) throw new LabFailed('it was started without its leash');
    return {
      leash,
      exited: leashed.exited,
      async stop() {
        await leashed.stop(1);
      },
    };
  },
};
