import type { Fault } from '../fault.ts';

/** Text that was encoded twice: bytes that are no ASCII where the probe prints only ASCII. */
export const MOJIBAKE_ANSWER: Fault = {
  summary: 'the answer has text that was encoded twice',
  script: String.raw`show_answer() {
  frame "$(printf '%s' "$1" | sed "s/stand-in display/$(printf 'Anzeigeger\303\203\302\244t')/")"
}
`,
};
