import { needs } from '../../test/tier.ts';
import { LocalMachine } from './local-machine.ts';
import { machineContract } from './machine.contract.ts';

const machine = new LocalMachine();
machineContract({ tier: needs('bash', 'setsid'), machine: () => machine, reach: () => ['', ''] });
