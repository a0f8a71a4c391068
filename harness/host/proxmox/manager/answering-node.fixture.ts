import type { IncomingMessage } from 'node:http';
import { onTestFinished } from 'vitest';
import { type HttpsServer, serveHttps } from '../../../wire/http/https-server.fixture.ts';
import { type HttpTranscript, isHttp, transcript } from './transcripts.fixture.ts';

/**
 * A transcript by its name; with parameters that were not sent when it was recorded, or as another user. `lost`: the
 * connection is cut instead of an answer.
 */
export type Given =
  | string
  | {
      readonly from: string;
      readonly plus?: Readonly<Record<string, string>>;
      readonly as?: string;
      readonly lost?: boolean;
      /** As often as it is asked for, or not at all. */
      readonly always?: boolean;
    };

interface Answer extends HttpTranscript {
  readonly lost: boolean;
  readonly always: boolean;
}

/** What a question was, as the API reads it. */
interface Question {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly as: string;
}

/** The node's clock: just after the tasks of the transcripts m64 began. */
const RECORDED = new Date(1_795_353_894_000);

export const SECRET = '00000000-0000-4000-8000-000000000000';

/**
 * A real HTTPS server that answers from transcripts: each once, those of one question in their order. Whatever else is
 * asked, or by whom it was not, fails the test, and so does a transcript that nobody asked for.
 */
export async function answeringNode(
  given: readonly Given[],
): Promise<HttpsServer & { readonly questions: Question[] }> {
  const left = given.map(answerOf);
  const questions: Question[] = [];
  const strangers: string[] = [];
  const server = await serveHttps((request, response) => {
    const answerIt = (question: Question): void => {
      questions.push(question);
      const answer = left.find((one) => isSame(one, question));
      if (answer?.always === false) left.splice(left.indexOf(answer), 1);
      if (answer === undefined) strangers.push(JSON.stringify(question));
      if (answer === undefined || answer.lost) {
        request.socket.destroy();
        return;
      }
      response.writeHead(answer.status, answer.reason, {
        'content-type': 'application/json;charset=UTF-8',
        date: RECORDED.toUTCString(),
      });
      response.end(answer.body);
    };
    readQuestion(request).then(answerIt, (error: unknown) => strangers.push(String(error)));
  });
  onTestFinished(() => {
    if (strangers.length > 0) throw new Error(`no transcript answers ${strangers.join('; ')}`);
    const unused = left.filter(({ always }) => !always);
    if (unused.length > 0) throw new Error(`never asked: ${JSON.stringify(unused)}`);
  });
  return { ...server, questions };
}

function answerOf(given: Given): Answer {
  const { from, plus = {}, as, ...how } = typeof given === 'string' ? { from: given } : given;
  const found = transcript(from);
  if (!isHttp(found)) throw new Error(`${from} is no question to the API`);
  const params = { ...found.params, ...plus };
  return { lost: false, always: false, ...found, ...how, as: as ?? found.as, params };
}

/** The API takes a ticket's writes only with the token against forged requests (m30). */
async function readQuestion(request: IncomingMessage): Promise<Question> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  const url = new URL(request.url ?? '', 'https://pve');
  const method = request.method ?? '';
  const params = {
    ...Object.fromEntries(new URLSearchParams(body)),
    ...Object.fromEntries(url.searchParams),
  };
  const path = url.pathname.split('/').map(decodeURIComponent).join('/');
  return { method, path, params, as: whoAsks(request, method) };
}

function whoAsks({ headers }: IncomingMessage, method: string): string {
  const [, token] = /^PVEAPIToken=([^=]+)=(.+)$/.exec(headers.authorization ?? '') ?? [];
  if (token !== undefined) return headers.authorization?.endsWith(`=${SECRET}`) === true ? token : 'stranger';
  if (headers.cookie === undefined) return 'none';
  const csrf = headers['csrfpreventiontoken'] === 'PLACEHOLDER';
  return headers.cookie === 'PVEAuthCookie=PLACEHOLDER' && (method === 'GET' || csrf)
    ? 'root@pam'
    : 'stranger';
}

function isSame(answer: Answer, question: Question): boolean {
  const keys = new Set([...Object.keys(answer.params), ...Object.keys(question.params)]);
  return (
    answer.method === question.method &&
    answer.path.split('/').map(decodeURIComponent).join('/') === question.path &&
    (answer.as === question.as || answer.as === 'token' || answer.as === 'ticket') &&
    [...keys].every((key) => answer.params[key] === '*' || answer.params[key] === question.params[key])
  );
}
