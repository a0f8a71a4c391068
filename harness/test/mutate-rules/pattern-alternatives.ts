/**
 * A pattern with one of its parts away: an anchor, a flag, or one branch of a choice.
 * `text` is the literal with its slashes.
 */
export function patternAlternatives(text: string): readonly string[] {
  const end = text.lastIndexOf('/');
  const body = text.slice(1, end);
  const flags = text.slice(end + 1);
  const bodies = [...withoutAnchors(body), ...withoutBranches(body)].filter((one) => one !== '');
  return [
    ...bodies.map((one) => `/${one}/${flags}`),
    ...(flags.includes('i') ? [`/${body}/${flags.replace('i', '')}`] : []),
  ];
}

function withoutAnchors(body: string): readonly string[] {
  const found = [...tokens(body)].filter(({ token, inClass }) => !inClass && /^(?:[$^]|\\b)$/.test(token));
  return found.map(({ token, at }) => body.slice(0, at) + body.slice(at + token.length));
}

function withoutBranches(body: string): readonly string[] {
  const open: { start: number; bars: number[] }[] = [{ start: 0, bars: [] }];
  const found: string[] = [];
  const close = (end: number): void => {
    const group = open.pop();
    if (group === undefined || group.bars.length === 0) return;
    const edges = [group.start - 1, ...group.bars, end];
    for (const [index, from] of edges.slice(0, -1).entries()) {
      const to = edges[index + 1] ?? end;
      // With the first branch the bar behind it goes, with every other the bar before it.
      found.push(
        index === 0 ? body.slice(0, from + 1) + body.slice(to + 1) : body.slice(0, from) + body.slice(to),
      );
    }
  };
  for (const { token, at, inClass } of tokens(body)) {
    if (inClass) continue;
    if (token === '(') {
      const intro = /^\((?:\?(?:[:=!]|<[=!]|<\w+>))?/.exec(body.slice(at))?.[0] ?? '(';
      open.push({ start: at + intro.length, bars: [] });
    } else if (token === '|') open.at(-1)?.bars.push(at);
    else if (token === ')') close(at);
  }
  close(body.length);
  return found;
}

function* tokens(body: string): Generator<{ token: string; at: number; inClass: boolean }> {
  let inClass = false;
  for (let at = 0; at < body.length;) {
    const token = body[at] === '\\' ? body.slice(at, at + 2) : (body[at] ?? '');
    if (token === '[') inClass = true;
    yield { token, at, inClass };
    if (token === ']') inClass = false;
    at += token.length;
  }
}
