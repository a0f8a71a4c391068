import { mkdirSync, rmdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { takeLease } from './take-lease.ts';
import { plainMachine } from './plain-machine.fixture.ts';

// A process that takes a lease, says so, and says when it has lost it; with `brief` it lets go at once, and looks
// meanwhile whether it is alone.
const [directory = '', brief] = process.argv.slice(2);
const who = { owner: `owner-${process.pid}@test`, purpose: 'tests leases', run: `run-${process.pid}` };
const limits = { beat: 0.2, trust: 6, hold: 7 };
const lease = await takeLease(
  plainMachine(),
  { address: '0000:00:02.0', ...who, wait: 90 },
  { directory, limits },
);
process.stdout.write('held\n');
if (brief === 'brief') {
  mkdirSync(`${directory}/alone`);
  await pause(100);
  lease.check();
  rmdirSync(`${directory}/alone`);
  await lease[Symbol.asyncDispose]();
} else {
  const look = setInterval(() => {
    try {
      lease.check();
    } catch (error) {
      process.stdout.write(`${error instanceof Error ? error.name : ''}\n`);
      clearInterval(look);
    }
  }, 20);
}
