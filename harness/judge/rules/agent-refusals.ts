import type { RefusalKind } from '../../trace/words.ts';
import type { AgentRefusal, Boot } from '../boot.ts';
import { withControl } from '../control.ts';
import { endingOf } from '../ending.ts';
import { conclude, quote, rule, type Conclusion } from '../rule.ts';
import { settled } from '../settle.ts';

interface Said {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
}

/** What the agent's own words mean (QEMU qga/main.c and qapi/qmp-dispatch.c). */
const ERRORS: readonly (Said & { readonly pattern: RegExp })[] = [
  {
    // Seen: "Command guest-exec has been disabled"; newer agents add "by configuration" and the like.
    pattern: /has been disabled|is disabled|not allowed/i,
    id: 'agent.disabled',
    title: 'The guest agent is told not to run programs',
    detail:
      'guest-exec is blocked in its configuration (block-rpcs, allow-rpcs): allow guest-exec and guest-exec-status.',
  },
  {
    // Seen: "The command guest-exec has not been found".
    pattern: /has not been found/i,
    id: 'agent.lacks-exec',
    title: 'The guest agent cannot run programs',
    detail: 'This agent does not know guest-exec: install qemu-ga 2.5 or later.',
  },
];

const OTHERS: Readonly<Record<RefusalKind, Said>> = {
  error: {
    id: 'agent.refuses',
    title: 'The guest agent refuses',
    detail: 'Its own words are below. A probe that cannot be started tells nothing of the device.',
  },
  unreadable: {
    id: 'agent.unreadable',
    title: "The guest agent's answers cannot be read",
    detail: 'What came is not what the agent answers to that question. It says nothing of the device.',
  },
  'too-long': {
    id: 'agent.too-long',
    title: "The guest agent's answer is longer than any answer may be",
    detail: 'It was dropped. A probe prints a few kilobytes.',
  },
  flood: {
    id: 'agent.floods',
    title: 'The guest agent sends without end what nobody asked for',
    detail: 'Its channel was shut off until the next question, so that the harness keeps its memory.',
  },
};

/** An agent that is there and does not do what it is asked. */
export const agentRefusals = rule({
  id: 'agent-refusals',
  start: null,
  conclude: (view) =>
    view.timeline.boots.flatMap((boot) => {
      if (boot.ended === null || boot.stopped || settled(boot, view.context.cell.settle) !== null) return [];
      if (endingOf(boot, boot.ended) !== null || boot.silences.length > 0) return [];
      const said = describe(boot);
      return said === null ? [] : [withControl(said, boot, view)];
    }),
});

function describe(boot: Boot): Conclusion | null {
  const last = boot.refused.at(-1);
  if (last === undefined) return null;
  const { id, title, detail } = meaning(last);
  return conclude('inconclusive', [boot.boot], {
    id,
    severity: 'warning',
    title,
    detail,
    evidence: boot.refused
      .slice(-3)
      .map(({ n, command, error }) => quote(n, 'guest agent', `${command}: ${error}`)),
    collect: ["the guest agent's version and its configuration"],
  });
}

function meaning({ as, error }: AgentRefusal): Said {
  const known = as === 'error' ? ERRORS.find(({ pattern }) => pattern.test(error)) : undefined;
  return known ?? OTHERS[as];
}
