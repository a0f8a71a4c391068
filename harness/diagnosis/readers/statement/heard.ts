/**
 * What a sentence names without complaining of it: a message that is only asked about, what is said not to matter, a
 * monitor that nobody wants. In: a sentence in lower case. Out: the same without them. Pure.
 */
export function withoutHeard(sentence: string): string {
  return withoutMessage(answered(sentence)).replace(UNMINDED, ' ').replace(HEADLESS, ' ');
}

/** "Code 43? no" is a question with its answer. */
function answered(sentence: string): string {
  return sentence.replace(
    /^([^?.;]{2,40})\? {0,2}(no|none|nope|nein|нет|没有|nie|non|yes|ja|да|oui|sí|si|有)(?=[\s.,;!]|$)/,
    (_, asked: string, answer: string) =>
      /^(?:yes|ja|да|oui|sí|si|有)$/.test(answer) ? asked : `no ${asked}`,
  );
}

const MESSAGE =
  /"[^"]{6,200}"|“[^”]{6,200}”|\b(?:messages?|warnings?|errors?(?! ?(?:code ?)?\d)|complain(?:s|t|ts|ed|ing)?|moans?|lines?|entr(?:y|ies)|logs?|dmesg|journal|traces?|notices?|noise|spam|meldung(?:en)?|fehlermeldung(?:en)?|warnung(?:en)?)\b/;
const CARE =
  /(?:^|[\s,;.:?!–—-])(?:should (?:i|we) (?:care|worry|mind|be (?:worried|concerned)|do (?:something|anything))|(?:can|may|could|shall) (?:i|it|this|that|they|these|those)(?: safely)?(?: be)? ignored?|(?:safe to )?ignore(?:d|able)?(?=\s*\?)|(?:harmless|normal|dangerous|serious|bad|critical|relevant|important|expected|a problem|a bug|cosmetic)(?=\s*\?)|(?:do|does|will|would|can|could|is|are|was) (?:that|this|it|they|these|those)\b[^?]{0,60}\?|what (?:do|does|is|are) (?:it|that|this|they|these|those)\b[^?]{0,40}\?|(?:what|how) about (?:it|that|this|them)|worth (?:worrying|caring|a look)|to worry about|(?:muss|soll|kann) (?:ich|man)\b[^?]{0,60}(?:sorgen|ignorieren|kümmern|beachten)|(?:ist|sind) (?:das|die)\b[^?]{0,30}\b(?:schlimm|normal|harmlos|egal))/;

/** From where the message is first spoken of, if what follows only asks whether it matters. */
function withoutMessage(sentence: string): string {
  const message = MESSAGE.exec(sentence);
  const rest = message === null ? '' : sentence.slice(message.index + message[0].length);
  if (message === null || !CARE.test(rest)) return sentence;
  const before = sentence.slice(0, message.index);
  const from = Math.max(
    -1,
    ...[...before.matchAll(/\bbut\b|\bonly\b|[;.!] |, (?=but|and|only|just|there)/g)].map(
      ({ index }) => index,
    ),
  );
  return from < 0 ? ' ' : sentence.slice(0, from);
}

/** Who says so complains of nothing. */
const UNMINDED =
  /(?:^|[;.] ?|\bbut )[^;.]{0,160}\b(?:(?:does not|doesn't|do not|don't|did not|didn't) (?:bother|matter|hurt|mind|care)|(?:i |we )?(?:can|could) live with (?:that|it|this)|no big deal|not a big deal|fine (?:with|for) me|stört (?:mich )?nicht|ist mir egal)\b[^;.]{0,60}/g;
// "no screen" by itself is a complaint; "no monitor" describes the machine.
const HEADLESS =
  /\b(?:no|without(?: an?y?)?) (?:physical |real |attached |connected )?(?:monitors?|(?:monitors?|screens?) (?:is |are )?(?:attached|connected|needed|wanted|required|plugged in|involved|used|at all))(?=\s*(?:[,;.)]|$))/g;
