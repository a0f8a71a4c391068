/** One run on the lab's node, in a process of its own that a test kills. Words: the lab's ssh configuration; a folder. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EMPTY, OWN, runOn, silentCell } from './on-lab.fixture.ts';

const [folder = '', source = ''] = process.argv.slice(2);
writeFileSync(join(folder, 'pid'), String(process.pid));
await runOn(silentCell(), source === 'own' ? OWN : EMPTY, join(folder, 'runs'));
