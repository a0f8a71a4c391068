import type { Observation } from '../trace/event.ts';
import { FALLBACK_CAP } from '../trace/caps.ts';
import type { Probe } from '../trace/words.ts';
import { AgentRefused, type GuestExit, StillRunning } from '../wire/guest-agent.ts';
import { readFallback } from './answers/fallback/read-fallback.ts';
import type { Sighting } from './answers/fallback/sighting.ts';
import { isUnstarted, readProbe, wantsFallback } from './answers/read-answer.ts';
import { probeCommand } from './probe.ts';
import { FALLBACK_LADDER, type Fallback } from './windows/fallback-ladder.ts';

/**
 * Runs one program in the guest to its end, without a shell.
 *
 * @param keep bytes of each stream that are kept; left out: all that the agent gives
 * @throws AgentRefused where it could not be started, and whatever else the agent's channel throws
 */
export type Exec = (
  what: 'probe' | 'fallback',
  path: string,
  args: readonly string[],
  keep?: number,
) => Promise<GuestExit>;

/**
 * Asks the guest how its display devices do, a sample at a time: by the probe, and where PowerShell is what fails, by
 * the programs of the fall-back ladder. All that comes back is recorded; the judge reads it.
 */
export class Sampler {
  readonly #probe: Probe;
  /** `vendor:device` of the device under test. */
  readonly #id: string;
  readonly #record: (seen: Observation) => void;
  readonly #asked = new Set<Fallback>();

  constructor(probe: Probe, id: string, record: (seen: Observation) => void) {
    this.#probe = probe;
    this.#id = id;
    this.#record = record;
  }

  /**
   * @param goesOn whether there is time to ask one more program
   * @throws what `exec` throws, but for a program that could not be started: that is recorded
   */
  async sample(nonce: string, exec: Exec, goesOn: () => boolean): Promise<void> {
    if (await this.#probeAnswers(nonce, exec)) return;
    const seen = new Map<Fallback['step'], Sighting>();
    for (const fallback of FALLBACK_LADDER) {
      if (!goesOn()) return;
      if (!this.#isDue(fallback, seen)) continue;
      seen.set(fallback.step, await this.#ask(fallback, exec));
    }
  }

  /** False where another program should be asked. */
  async #probeAnswers(nonce: string, exec: Exec): Promise<boolean> {
    const { path, args } = probeCommand(this.#probe, nonce);
    const asked = performance.now();
    try {
      const exit = await exec('probe', path, args);
      const took = Math.round(performance.now() - asked) / 1000;
      this.#record({ ch: 'agent', kind: 'probe', nonce, took, ...exit });
      return !wantsFallback(this.#probe, readProbe(this.#probe, exit, nonce));
    } catch (error) {
      // Only a program that could not be started leaves the agent free for another.
      if (!(error instanceof AgentRefused) || error.as !== 'error') throw error;
      if (this.#probe !== 'windows' || !isUnstarted(error.command, error.desc)) throw error;
      this.#record({ ch: 'agent', kind: 'refused', command: error.command, error: error.desc });
      return false;
    }
  }

  #isDue(fallback: Fallback, seen: ReadonlyMap<Fallback['step'], Sighting>): boolean {
    if (fallback.step === 'connected-all') return seen.get('connected')?.says === 'nothing';
    if (fallback.once !== true) return true;
    const first = !this.#asked.has(fallback);
    this.#asked.add(fallback);
    return first;
  }

  async #ask({ step, path, args }: Fallback, exec: Exec): Promise<Sighting> {
    const exit = await exec('fallback', path, args, FALLBACK_CAP).catch((error: unknown) => {
      const unstarted = error instanceof AgentRefused && isUnstarted(error.command, error.desc);
      if (!unstarted && !(error instanceof StillRunning)) throw error;
      return { exitcode: null, signal: null, out: '', err: error.message, truncated: false };
    });
    this.#record({ ch: 'agent', kind: 'fallback', step, path, args: [...args], ...exit });
    return readFallback(step, exit, this.#id);
  }
}
