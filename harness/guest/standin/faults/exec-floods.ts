import type { Fault } from '../fault.ts';

/** More than the agent hands on (16 MiB) and more than an answer may have. */
export const EXEC_FLOODS: Fault = {
  summary: 'the probe prints 20 MB',
  script: String.raw`before_answer() {
  head -c 20000000 /dev/zero | tr '\0' x
  exit 0
}
`,
};
