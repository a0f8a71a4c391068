import { withoutAsked } from './asked.ts';
import { withEffects } from './effects.ts';
import { withFailures } from './failures.ts';
import { withoutNoFailures } from './no-failure.ts';
import { withoutNoSuccesses } from './no-success.ts';
import { withWhose } from './whose.ts';

/** A sentence in lower case with what is more than words put as one word each, for the vocabulary to know. Pure. */
export function rewritten(sentence: string): string {
  const stated = withoutNoSuccesses(withoutNoFailures(withoutAsked(sentence)));
  return withFunctions(withCodes(withEffects(withFailures(withWhose(stated)))));
}

/** "Only 00:02.0 is listed" where virtual functions are spoken of: there are none. */
function withFunctions(sentence: string): string {
  if (!/\b(?:vfs?|vgpus?|sr-?iov|virtual functions?)\b/.test(sentence)) return sentence;
  return sentence.replace(
    /\b(?:(?:shows?|lists?|sees?|seeing|listed|there is|get|getting|have|has|finds?) (?:only|just)|only (?:shows?|lists?|sees?|get|have|finds?)) (?:the |an? |one )?(?:(?:0000:)?(?:00:)?02\.0|pf|igpu itself)(?![\w.])/g,
    ' pf_only ',
  );
}

/** Problem codes as one word each, however they are written: `Code 43`, `error code: 43`, `error 43`, `code43`. */
function withCodes(sentence: string): string {
  return (
    sentence
      .replace(/\bcm_prob_failed_post_start\b/g, ' code_43 ')
      .replace(/\b(?:problem )?code(?: is)?[ :=]{1,3}0\b(?![.x\d])/g, ' no code_43 ')
      .replace(/\b(?:exit|return|stop|status) codes? ?:?/g, ' ')
      .replace(
        /\b(?:error |problem |err |device )?codes?(?: is| was| of| number)?[ :=#(-]{0,4}(\d{1,2})\b(?!\.?\d)/g,
        ' code_$1 ',
      )
      .replace(/\b(?:error|err|c)[ :=#(-]{0,4}43\b/g, ' code_43 ')
      .replace(/\(43\)/g, ' code_43 ')
      .replace(/\b(code_\d+) *: *(?:no|none|gone|nein|nope)\b/g, ' no $1 ')
      // "Used to show code 43, not any more".
      .replace(
        /(?<=\b(?:code_\d+|black|crash\w*|hang|hung|fr[eo]ez\w*|errors?|fail\w*|broken)\b[^.;]{0,40}),? (?:but )?(?:not any ?more|not any longer|no more|no longer|not now)(?= *(?:$|[,.;)]))/g,
        ' , fixed ',
      )
      // "Windows works, Linux does not".
      .replace(/\b(?:does|do|is|are|will)(?: not|n'?t)(?=\s*(?:[,;:)]|\.(?:\s|$)|$))/g, ' not_either ')
      .replace(/(?<!\bonly )\b\d{2,4} ?fps\b/g, ' smoothly ')
  );
}
