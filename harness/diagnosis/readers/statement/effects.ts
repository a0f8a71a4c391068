import { SHOWN } from './shown.ts';
import { SIGNS } from './signs.ts';
import { USED } from './used.ts';

/**
 * Success that is told by what it does: "the desktop appears on the TV", "h264_vaapi 4.7x realtime", "vainfo lists all
 * profiles". In: a sentence in lower case. Out: the same with such effects put as words that the grammar knows. What
 * would turn them ("never", "should") stays where it stands. Pure.
 */
export function withEffects(sentence: string): string {
  return [...USED, ...SHOWN, ...SIGNS].reduce(
    (text, [pattern, words]) => text.replace(pattern, ` ${words} `),
    sentence,
  );
}
