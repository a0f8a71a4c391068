import { SoftwareTpm } from '../host/qemu/software-tpm.ts';

// Starts a TPM, says its pid, and waits to be killed.
const tpm = new SoftwareTpm('v2.0');
await tpm.start((seen) => {
  if (seen.ch === 'exec' && seen.kind === 'spawn') process.stdout.write(`${seen.pid}\n`);
});
setInterval(() => undefined, 1000);
