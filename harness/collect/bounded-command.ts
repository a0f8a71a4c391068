import { type LookLimit, NotGathered, type Ran } from './access.ts';

/**
 * Runs `"$@"` for at most `$1` seconds and prints at most `$2` bytes of what it prints, with its exit code. The words
 * of messages are English, so that they can be read; root's programs are found by everybody.
 */
const SCRIPT = `seconds=$1 bytes=$2; shift 2
PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin" LC_ALL=C; export PATH LC_ALL
exec 3>&1
code=$({ { timeout --foreground -k 2 "$seconds" "$@" 3>&- 4>&-; echo $? >&4; } | head -c "$bytes" >&3; } 4>&1)
exit "$code"`;

/** The command line that runs `argv` within its limit, on whichever host: a slow or loud program is ended there. */
export function boundedCommand(argv: readonly string[], { seconds, bytes }: LookLimit): readonly string[] {
  // One byte more shows that there is more.
  return ['/bin/sh', '-c', SCRIPT, 'code43', String(seconds), String(bytes + 1), ...argv];
}

/** A program that was stopped for printing more than is kept: 128 + SIGPIPE. */
const BROKEN_PIPE = 141;

/**
 * How a bounded command went. A text that ends inside a character is cut before it.
 *
 * @throws NotGathered there is no such program, it may not be run, or its time was up
 */
export function boundedAnswer(
  argv: readonly string[],
  { seconds, bytes }: LookLimit,
  printed: { readonly stdout: string; readonly stderr: string; readonly code: number },
): Ran {
  const { stdout: out, stderr: err, code } = printed;
  const [program = ''] = argv;
  // timeout(1): 127 there is no such program, 126 it cannot be run, 124 or 137 its time was up.
  if (code === 127) throw new NotGathered(`there is no program ${program}`);
  if (code === 126) throw new NotGathered(`${program} may not be run`);
  if (code === 124 || code === 137) throw new NotGathered(`${program} took longer than ${seconds} s`);
  const whole = Buffer.from(out);
  if (whole.length <= bytes) return { out, err, code, cut: false };
  const kept = whole.subarray(0, bytes).toString().replace(/�+$/, '');
  return { out: kept, err, code: code === BROKEN_PIPE ? 0 : code, cut: true };
}
