import { notAsked, notOk, ok, unknown, type Check } from '../check.ts';

export const agent: Check = {
  id: 'agent',
  what: 'the guest’s agent answers',
  needs: ['agent'],
  look({ vmid, text, why }) {
    if (vmid === null) return notAsked('no VM was named');
    if (text('agent') !== null) return ok('it answers', `qm agent ${vmid} ping`);
    const reason = why('agent');
    // The wordings are those of qm 9.2.
    if (/No QEMU guest agent configured/.test(reason))
      return notOk('the VM has no agent', [reason], `qm set ${vmid} --agent 1, and start the VM anew.`);
    if (/guest agent is not running/.test(reason))
      return notOk(
        'it does not answer',
        [reason],
        'Install it in the guest (Windows: guest-agent on the virtio-win ISO), and wait until the guest has started.',
      );
    return unknown(reason, ...(/is not running/.test(reason) ? ['Start the VM and ask again.'] : []));
  },
};
