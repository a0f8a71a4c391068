import { Command } from 'commander';
import { addCommand } from './rom/add.ts';
import { diffCommand } from './rom/diff.ts';
import { fetchCommand } from './rom/fetch.ts';
import { inspectCommand } from './rom/inspect.ts';
import { listCommand } from './rom/list.ts';
import { verifyCommand } from './rom/verify.ts';

/** `code43 rom`: the ROMs of `roms/`, the cache they are fetched into, and what is inside of any ROM. */
export function romCommand(): Command {
  return new Command('rom')
    .description('Option ROMs: what is inside, and the ones that roms/ names.')
    .addCommand(inspectCommand())
    .addCommand(diffCommand())
    .addCommand(listCommand())
    .addCommand(fetchCommand())
    .addCommand(verifyCommand())
    .addCommand(addCommand());
}
