import { prettyJson } from '../json.ts';
import { Refusal } from '../refusal.ts';
import { askAgent } from '../vm/agent.ts';
import { type Verb, vmidOf } from './verb.ts';

const COMMANDS =
  `fsfreeze-freeze fsfreeze-status fsfreeze-thaw fstrim get-fsinfo get-host-name get-memory-block-info
  get-memory-blocks get-osinfo get-time get-timezone get-users get-vcpus info network-get-interfaces ping shutdown
  suspend-disk suspend-hybrid suspend-ram`.split(/\s+/);

/** `qm guest cmd`, also called `qm agent`. */
export const GUEST_CMD: Verb = {
  use: '<vmid> <command>',
  words: ['vmid', 'command'],
  options: {},
  from: [
    'qm agent ping, agent ready',
    'qm guest cmd get-osinfo',
    'qm guest cmd fsfreeze-status',
    'qm guest cmd with an unknown command',
  ],
  run: async (given, io) => {
    const [, command = ''] = given.words;
    if (!COMMANDS.includes(command))
      throw new Refusal(
        `400 Parameter verification failed.\ncommand: value '${command}' does not have a value in the enumeration ` +
          `'${COMMANDS.join(', ')}'\nqm guest cmd <vmid> <command>`,
        255,
      );
    const answer = await askAgent(vmidOf(given), `guest-${command}`);
    if (typeof answer === 'string' || typeof answer === 'number') io.out(`${answer}\n`);
    else if (command !== 'ping') io.out(prettyJson(answer));
    return 0;
  },
};
