import { Command } from 'commander';
import { exportCommand } from './trace/export.ts';
import { importCommand } from './trace/import.ts';
import { redactCommand } from './trace/redact.ts';
import { showCommand } from './trace/show.ts';

/** `code43 trace`: look into traces, make them of what people give, hand them on. */
export function traceCommand(): Command {
  return new Command('trace')
    .description('Look into a trace, hand one on without identities, and import what people give you.')
    .addCommand(showCommand())
    .addCommand(exportCommand())
    .addCommand(redactCommand())
    .addCommand(importCommand());
}
