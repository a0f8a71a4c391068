import { startLab } from './lab.ts';

// Makes a stand-in node with a VM that runs, says where it is, and waits to be killed.
const lab = await startLab();
const { code } = await lab.run(['qm', 'start', '100']);
process.stdout.write(`${lab.root} ${lab.port} ${code}\n`);
