import { randomBytes } from 'node:crypto';

/** What becomes of a program where nobody asks for it any more: who started it has died, or the connection has. */
export type WhenLost = 'end' | 'goes-on';

export interface Supervised {
  /** Marks the supervisor's own words among those of the program. */
  readonly mark: string;
  readonly whenLost: WhenLost;
  /** With lines on stdin: after how long a silence nobody is there any more. Else: how long the program may take. */
  readonly seconds: number;
  /** What the program finds on its stdin: these bytes, or lines as they come. */
  readonly input: Uint8Array | 'lines';
}

/**
 * Runs `"$@"` in a session of its own and sees to its end, on whichever machine. bash alone knows a `read` that gives
 * up; beside it this takes coreutils and util-linux, all of them essential on Debian and so on Proxmox VE.
 *
 * stdin: the bytes of the program's input in base64, then a line when it is to be ended. With `lines` every line that
 * begins with `>` goes to the program, an empty one is a sign of life, and any other ends it.
 * stderr and stdout: the mark alone on a line, before which only a login shell has spoken; then the program's own; the
 * mark again when it has ended, on stderr with the exit code (128 + n after signal n) and how it came to that. What
 * follows is of processes that it left in the background.
 *
 * A program that shall go on when the connection is lost must not write to it: tee stands in between and reads on.
 * `told`, `late`, `lost`, `silent` and `deaf` end its whole process group: SIGTERM, and SIGKILL two seconds later.
 */
const SCRIPT = `mark=$1 lost=$2 limit=$3 input=$4; shift 4
exec 3<&0 4>&1 5>&2 8<> <(:) 9<> <(:) </dev/null
text= program= listener= code= how=exited signal=TERM
pause() { IFS= read -r -t "$1" <> <(:); }
relay() { exec tee -p /dev/null 2>/dev/null; }
listen() {
  local line got until=$((SECONDS + limit))
  echo "listener $BASHPID" >&8
  while :; do
    IFS= read -r -t "$limit" line <&3; got=$?
    if [[ $input != lines ]]; then
      ((got)) || { echo told >&8; break; }
      ((got > 128)) || [[ $lost != end ]] || { echo lost >&8; break; }
      ((got > 128)) || pause $((until - SECONDS + 1))
      echo late >&8; break
    fi
    ((got <= 128)) || { echo silent >&8; break; }
    ((got == 0)) || { echo lost >&8; break; }
    case $line in
      '') ;;
      '>'*) timeout "$limit" printf '%s\\n' "\${line:1}"; (($? != 124)) || { echo deaf >&8; break; } ;;
      *) echo told >&8; break ;;
    esac
  done
  pause 2; echo again >&8
  pause 1; echo enough >&8
}
start() {
  local last
  (trap - INT QUIT; exec setsid -- "$@" 3<&- 4>&- 5>&- 6>&- 8>&- 9>&-) <&0 &
  echo "program $!" >&8
  wait $! 2>/dev/null
  echo "code $?" >&8
  read -r -t 5 last <&9 || return
  printf '%s\\n' "$mark"
  printf '%s\\n' "$mark $last" >&2
}
begin() {
  case $input in
    lines) start "$@" < <(listen 2>/dev/null 4>&- 5>&- 6>&- 9>&-) ;;
    0) start "$@" </dev/null ;;
    *) start "$@" < <(printf %s "$text" | base64 -d 2>/dev/null 3<&- 4>&- 5>&- 6>&- 8>&- 9>&-) ;;
  esac
}
finish() {
  kill -s "$signal" -- "-$program" || [[ $code ]] || kill -s "$signal" "$program"
} 2>/dev/null
if ! type -P -- "$1" >/dev/null; then
  printf '%s\\n' "$mark" "$mark" >&4
  printf '%s\\n' "$mark 127 missing" >&5
  exit
fi
if [[ $input != lines ]]; then
  text=$(head -c "$input" <&3)
  ((\${#text} == input)) || exit 1
fi
printf '%s\\n' "$mark" >&4
printf '%s\\n' "$mark" >&5
if [[ $lost == end ]]; then begin "$@" >&4 2>&5 &
else { begin "$@" 2>&1 >&6 | relay >&5; } 6>&1 | relay >&4 & fi
[[ $input == lines ]] || listen >/dev/null 2>&1 4>&- 5>&- 9>&- &
while [[ -z $code || -z $listener ]] && read -r event value <&8; do
  case $event in
    listener) listener=$value ;;
    program) program=$value; [[ $how == exited ]] || finish ;;
    code) code=$value ;;
    again) signal=KILL; finish ;;
    enough) exit 1 ;;
    *) [[ $code ]] || { how=$event; [[ -z $program ]] || finish; } ;;
  esac
done
kill "$listener" 2>/dev/null
if [[ $how != exited ]]; then
  for ((i = 0; i < 20; i++)); do
    [[ $signal == TERM ]] && kill -0 -- "-$program" || break
    sleep 0.1
  done
  kill -KILL -- "-$program"
fi 2>/dev/null
echo "$code $how" >&9`;

/** A new mark that nobody can have printed before. */
export function newMark(): string {
  return `code43-${randomBytes(16).toString('hex')}`;
}

/** The command line that starts a supervisor with this program. What follows it on stdin is described above. */
export function supervised(argv: readonly string[], how: Supervised): readonly string[] {
  const { mark, whenLost, seconds, input } = how;
  const told = input === 'lines' ? input : String(base64(input).length);
  // With a socket for its stdin bash takes itself for a remote login's and would read ~/.bashrc.
  const bash = ['bash', '--norc', '-c', SCRIPT, 'code43'];
  return [...bash, mark, whenLost, String(Math.ceil(seconds)), told, ...argv];
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

const HOWS = ['exited', 'told', 'late', 'lost', 'silent', 'deaf', 'missing'] as const;

/** How a program ended, by its supervisor's last word. */
export interface LastWord {
  readonly code: number;
  readonly how: (typeof HOWS)[number];
}

/** A command as a message names it. */
export function shortWords(argv: readonly string[]): string {
  // A program's text that is given as a word tells nobody anything.
  const words = argv.map((word) => (word.includes('\n') ? '…' : word));
  return words.join(' ').slice(0, 200);
}

/** Reads a supervisor's last word, which stands after the mark; null where that is none. */
export function readLastWord(words: string): LastWord | null {
  const [, code = '', said] = /^ (\d{1,3}) ([a-z]+)$/.exec(words) ?? [];
  const how = HOWS.find((one) => one === said);
  return how === undefined ? null : { code: Number(code), how };
}
