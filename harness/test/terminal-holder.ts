import { openPty } from '../wire/pty.ts';

// Gives a program a terminal and waits to be killed: the terminal is closed with it, as a window is.
const pty = openPty(process.argv.slice(2), { columns: 80, rows: 24 });
pty.onData((bytes) => process.stdout.write(bytes));
