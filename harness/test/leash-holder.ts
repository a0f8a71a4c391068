import { LeashedProcess } from '../wire/process.ts';

// Starts a child, says its pid, and waits to be killed.
const child = await LeashedProcess.start(['sleep', '1000'], { sockets: 0, onStderr: () => undefined });
process.stdout.write(`${child.pid}\n`);
