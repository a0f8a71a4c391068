import { CONTAINER_FORM } from './container/container-form.ts';
import { startLab } from './lab.ts';
import { PLAIN_FORM } from './plain-form.ts';

// Makes a stand-in node with a VM that runs, in a container if it is told so, says where it is, and waits to be killed.
const form = process.argv.includes('--container') ? CONTAINER_FORM : PLAIN_FORM;
const lab = await startLab({ form });
const { code } = await lab.run(['qm', 'start', '100']);
process.stdout.write(`${lab.root} ${lab.port} ${code}\n`);
