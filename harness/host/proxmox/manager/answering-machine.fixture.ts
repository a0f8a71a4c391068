import { onTestFinished } from 'vitest';
import { ConnectionLost, type Machine } from '../../../wire/machine/machine.ts';
import { isHttp, type ProgramTranscript, transcript } from './transcripts.fixture.ts';

/**
 * A transcript by its name; with words that were not said when it was recorded; as often as it is asked for; or, lost,
 * with the connection cut instead of an answer.
 */
export type Given =
  | string
  | {
      readonly from: string;
      readonly plus?: readonly string[];
      readonly always?: boolean;
      readonly lost?: boolean;
    };

interface Answer {
  readonly argv: readonly string[];
  readonly transcript: ProgramTranscript;
  readonly always: boolean;
  readonly lost: boolean;
}

/**
 * A machine that answers from transcripts: each once, those of one command in their order. Whatever else is asked
 * fails the test, and so does a transcript that nobody asked for.
 */
export function answeringMachine(given: readonly Given[]): Machine & { readonly asked: string[][] } {
  const left = given.map(answerOf);
  const asked: string[][] = [];
  const strangers: string[] = [];
  onTestFinished(() => {
    if (strangers.length > 0) throw new Error(`no transcript answers ${strangers.join('; ')}`);
    const unused = left.filter(({ always }) => !always).map(({ argv }) => argv.join(' '));
    if (unused.length > 0) throw new Error(`never asked: ${unused.join('; ')}`);
  });
  return {
    name: 'root@pve',
    asked,
    run: (argv) => {
      asked.push([...argv]);
      const answer = left.find((one) => isSame(one.argv, argv));
      if (answer === undefined) {
        strangers.push(argv.join(' '));
        return Promise.reject(new Error(`no transcript answers ${argv.join(' ')}`));
      }
      if (!answer.always) left.splice(left.indexOf(answer), 1);
      return answer.lost
        ? Promise.reject(new ConnectionLost('Connection to pve closed by remote host.'))
        : Promise.resolve(answer.transcript);
    },
    follow: unasked,
    connect: unasked,
    terminal: unasked,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function unasked(): Promise<never> {
  return Promise.reject(new Error('nobody asks for this here'));
}

function answerOf(given: Given): Answer {
  const {
    from,
    plus = [],
    always = false,
    lost = false,
  } = typeof given === 'string' ? { from: given } : given;
  const found = transcript(from);
  if (isHttp(found)) throw new Error(`${from} is no program`);
  // `--output-format json` stands last, as it was recorded.
  const tail = found.argv.at(-2) === '--output-format' ? found.argv.slice(-2) : [];
  const argv = [...found.argv.slice(0, found.argv.length - tail.length), ...plus, ...tail];
  return { argv, transcript: found, always, lost };
}

function isSame(recorded: readonly string[], argv: readonly string[]): boolean {
  return recorded.length === argv.length && recorded.every((word, i) => word === '*' || word === argv[i]);
}
