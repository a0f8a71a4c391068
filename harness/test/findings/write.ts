import { writeFile } from 'node:fs/promises';
import { findingsPage, PAGE } from './page.ts';

// Writes docs/findings.md.
await writeFile(PAGE, await findingsPage());
