import type { Sighting } from '../guest/answers/fallback/sighting.ts';
import type { Assessment } from './assess.ts';
import { problemCode } from '../guest/answers/problem-codes.ts';

type Of<S extends Sighting['says']> = Extract<Sighting, { readonly says: S }>;

/**
 * What the fall-backs of one refused probe say together; null where none says anything of the device. They name no
 * driver and no address, so at their best they are `unknown`: a problem code or an absent device is all they can
 * settle, and that only while they agree and Windows' set-up is complete.
 */
export function assessFallback(sightings: readonly Sighting[]): Assessment | null {
  const codes = of(sightings, 'code');
  const denied = of(sightings, 'not-code');
  const absent = of(sightings, 'absent');
  const told = [...codes, ...denied, ...absent];
  if (told.length === 0) return null;
  const by = [...new Set(told.map((sighting) => sighting.by))].join(' and ');
  const [code] = codes.map((sighting) => sighting.code);
  if (contradicts(codes, denied, absent)) return say('unknown', code ?? null, `${by} contradict each other`);
  const what =
    code === undefined ? (absent.length > 0 ? 'the device is not in the guest' : null) : words(code);
  if (what === null || code === 0)
    return say('unknown', code ?? null, `no problem told by ${by}, which is too weak to count`);
  const unready = whyNotReady(sightings);
  if (unready !== null) return { ...say(unready.state, code ?? null, `${what}, by ${by}; ${unready.words}`) };
  if (code === undefined) return say('absent', null, `${what}, by ${by}`);
  return say(stateOf(code), code, `${what}, by ${by}`);
}

function contradicts(
  codes: readonly Of<'code'>[],
  denied: readonly Of<'not-code'>[],
  absent: readonly Of<'absent'>[],
): boolean {
  const said = new Set(codes.map(({ code }) => code));
  if (said.size > 1 || (said.size > 0 && absent.length > 0)) return true;
  return denied.some(({ code }) => said.has(code));
}

function whyNotReady(
  sightings: readonly Sighting[],
): { readonly state: 'not-ready' | 'unknown'; readonly words: string } | null {
  const [image] = of(sightings, 'image-state');
  const [setup] = of(sightings, 'set-up');
  if (image?.complete === false)
    return { state: 'not-ready', words: `set-up is not complete: ${image.value}` };
  if (setup?.running === true) return { state: 'not-ready', words: 'Windows set-up is still in progress' };
  if (image === undefined || setup === undefined)
    return { state: 'unknown', words: 'whether set-up is complete could not be read' };
  return null;
}

function stateOf(code: number): Assessment['state'] {
  const known = problemCode(code);
  if (known?.passing === true) return 'not-ready';
  return known?.noDriver === true ? 'no-driver' : 'problem';
}

function words(code: number): string {
  return `code ${code}`;
}

function of<S extends Sighting['says']>(sightings: readonly Sighting[], says: S): readonly Of<S>[] {
  return sightings.filter((sighting): sighting is Of<S> => sighting.says === says);
}

function say(state: Assessment['state'], code: number | null, said: string): Assessment {
  return { state, code, device: null, words: said };
}
