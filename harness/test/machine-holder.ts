import { LocalMachine } from '../wire/machine/local-machine.ts';
import { SshMachine } from '../wire/machine/ssh-machine.ts';

// Has a machine run three programs that say their process, says that they have begun, and waits to be killed.
const [destination = '', sshConfig = '', folder = ''] = process.argv.slice(2);
const machine = destination === '' ? new LocalMachine() : await SshMachine.open(destination, { sshConfig });
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** It writes on after nobody listens any more, and then leaves a file. */
const SCRIPT = `echo $$ >"$1.pid"; while [ ! -e "$1.go" ]; do echo out; echo err >&2; sleep 0.1; done; echo done >"$1"`;
const run = (name: string, whenLost: 'end' | 'goes-on'): Promise<unknown> =>
  machine.run(['sh', '-c', SCRIPT, 'sh', `${folder}/${name}`], { seconds: 60, whenLost });
const runs = Promise.all([run('goes-on', 'goes-on'), run('end', 'end')]);
await machine.follow(['sh', '-c', 'trap "" TERM; echo $$; while :; do sleep 1; done'], {
  onLine: (pid) => {
    say(pid);
  },
});
await runs;
