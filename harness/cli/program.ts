import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { COMMANDS, type LazyCommand } from './commands.ts';
import { EXIT, EXIT_MEANING } from './exit-code.ts';
import { printFailure } from './failure.ts';

/**
 * Parses the words and runs the command they name; only that command's file is loaded.
 * Returns the exit code that the command has set in `process.exitCode`, or that of its failure.
 */
export async function runProgram(
  words: readonly string[],
  commands: readonly LazyCommand[] = COMMANDS,
): Promise<number> {
  try {
    const program = await createProgram(words, commands);
    await program.parseAsync(words, { from: 'user' });
    return Number(process.exitCode ?? EXIT.asExpected);
  } catch (error) {
    // Commander has printed what it had to say, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.asExpected : EXIT.usage;
    return printFailure(error);
  }
}

async function createProgram(words: readonly string[], commands: readonly LazyCommand[]): Promise<Command> {
  const program = new Command('code43')
    .description('Knows, with evidence, whether an Intel iGPU works inside a Windows VM.')
    .version(version, '-V, --version')
    .configureHelp({ showGlobalOptions: false })
    .addHelpText('after', afterHelp());
  const called = words.find((word) => word !== 'help' && !word.startsWith('-'));
  for (const { name, summary, create } of commands) {
    const command = name === called ? await create() : new Command(name);
    program.addCommand(command.summary(summary));
  }
  return strict(program);
}

/** Every command throws instead of ending the process, and tells how to get help. */
function strict(command: Command): Command {
  command.exitOverride().showHelpAfterError(`(${pathOf(command)} --help says more)`);
  for (const child of command.commands) strict(child);
  return command;
}

function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}

function afterHelp(): string {
  const codes = Object.entries(EXIT_MEANING).map(([code, meaning]) => `  ${code.padStart(3)}  ${meaning}`);
  return `
Examples:
  $ code43 check scenarios            what is wrong in the scenario files, and what a run would do
  $ code43 run scenarios/local        boot every cell of these scenarios on this machine
  $ code43 run --host n100 --dry-run  what would run on that host, without touching it
  $ code43 replay scenarios/traces    judge recorded traces again

Exit codes:
${codes.join('\n')}

With --json, a command prints one JSON document on stdout and nothing else there.
DEBUG=code43 adds the stack to an error.`;
}
