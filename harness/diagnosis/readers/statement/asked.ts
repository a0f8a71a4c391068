import { withoutHeard } from './heard.ts';

/**
 * What stands in a sentence without being stated: questions, and log lines that somebody only worries about. In: a
 * sentence in lower case. Out: the same without them. A question that presupposes its trouble ("why does it show code
 * 43?") stays. Pure.
 */
export function withoutAsked(sentence: string): string {
  const heard = withoutHeard(sentence);
  const worry = WORRY.exec(heard);
  const stated = worry === null ? heard : heard.slice(0, worry.index);
  return stated
    .replace(TO_BE_RID_OF, ' ')
    .replace(WHAT_ABOUT, ' ')
    .replace(IF_THEN, ' ')
    .replace(NEEDED, ' want ')
    .replace(QUESTION, (question: string, lead: string) =>
      PRESUPPOSES.test(question) ? question : `${lead} `,
    );
}

/** Log lines follow. */
const LINES = String.raw`(?:log )?(?:lines?|messages?|warnings?|entries|logs?|dmesg|journal|output|noise|spam)`;
const CONCERN = String.raw`(?:do(?: not|n't) (?:like|understand)|worr(?:y|ied|ies|ying)|concern(?:s|ed|ing)?|scar(?:y|es|ed)|afraid|frighten\w*|strange|odd|weird|suspicious|puzzl\w+|unsure|curious|wonder\w*|bother\w*|annoy\w*|ugly|nervous|not sure about)`;
const WORRY = new RegExp(
  String.raw`(?:^|[,;.] ?|\bbut |\band )(?:[\w']+ ){0,3}?\b${LINES}\b[^:;.]{0,50}\b${CONCERN}\b[^:]{0,24}:.*|(?:^|[,;.] ?|\bbut |\band )(?:(?:i am|i'm|my|a|only|one|bit|just|the|little|still|some) ){0,4}${CONCERN}\b[^:;.]{0,50}(?::|\b(?:about|by|of)\b).*|(?:^|[,;.:] ?|\bbut |\band )(?:does|do|is|are|what (?:does|do|is|are|about)|should i \w+ (?:about)?|can i ignore) (?:this|these|that|those|the) (?:\w+ ){0,2}${LINES}\b.*`,
);

/** "Error I'd like to fix: GSC proxy component": a line of a log, unless what it says is seen by everybody. */
const TO_BE_RID_OF =
  /(?:^|[,;.] ?)(?:(?:the|an?|one|only|last|just|remaining|still|my|this|that) ){0,4}(?:errors?|messages?|warnings?|lines?|notices?) (?:that |which )?(?:i(?:['’]d| would)? (?:(?:still|only|really|just) )?(?:like|want|wish|love|hope) to|i still have to|left to|to) (?:fix|get rid of|understand|silence|remove|solve|clear|hide|mute)\b ?(?:is|are)? ?:(?!.*\b(?:code \d|black|dark|no (?:picture|signal|image|display|render)|fails? to start|not start|hangs?|freez|crash)).*/;

/** "If it fails I will buy a card". */
const IF_THEN =
  /\bif (?:it|this|that|all|everything) (?:fails|does not|doesn't|works|won't)\b[^.;]*?\b(?:i will|i'll|we will|will|would|could|i can|i have to)\b.*/;
/** "What about: module verification failed". */
const WHAT_ABOUT = /^\W*(?:but |and |only |so )?(?:what|how) about\b.*/;
const NEEDED =
  /\b(?:(?:i|we) (?:really |only |just )?need(?! to (?:re|power|hard|un|kill|stop|shut|cold))|ideally|looking for|searching for|in search of|waiting for|i would love)\b/;
const ASKS =
  "is|are|was|does|do|did|can|could|should|shall|will|would|may|might|has|have|must|am|what|which|who|where|how|why|when|any|anyone|anybody|isn't|doesn't|can't|or";
const QUESTION = new RegExp(
  String.raw`(^|[.!;,:(] ?| [-–—] |\b(?:but|and|so|question) )(?:${ASKS})\b[^?.!;]{0,200}(?:\.(?=\S)[^?.!;]{0,120}){0,4}\?`,
  'g',
);
/** The trouble is there; its cause or cure is asked for. */
const PRESUPPOSES =
  /^\W*(?:(?:but|and|so|question) )?(?:why|what (?:causes|can i do|to do|could cause|am i)|how (?:do|can|to|could)\b.{0,30}\b(?:fix|solve|get rid|avoid|prevent|repair|stop)|any (?:idea|ideas|clue|hint|fix|solution|help|one else)|anyone else|is (?:anyone|anybody) else|does anyone (?:else )?(?:have|see|get|know why)|has anyone else|do you know why|is there a (?:fix|solution|way to fix|cure|workaround))\b/;
