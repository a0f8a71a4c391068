import { once } from 'node:events';
import { startLab } from './lab.ts';

// `npm run lab`: a stand-in node until Ctrl-C.
const lab = await startLab({
  onStderr: (line) => {
    process.stderr.write(`${line}\n`);
  },
});
process.stdout.write(`A stand-in for a Proxmox VE node is up. Reach it with

  ssh -F ${lab.sshConfig} ${lab.destination}

Its files are below ${lab.root}. It misbehaves as the files in ${lab.root}/lab/faults say, for example
  echo '{"vmid":110,"seconds":30}' > ${lab.root}/lab/faults/lock-held
It ends with this process: Ctrl-C.
`);
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), lab.exited]);
await lab.stop();
