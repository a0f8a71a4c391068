import { type HolderEvent, type HolderState, newHolder, stepHolder } from './holder-state.ts';
import type { LeaseAnswer } from './lease-answer.ts';
import type { LeaseLimits } from './lease-limits.ts';
import { askingOwner, holdsLease, type OwnerEvent, type OwnerState, stepOwner } from './owner-state.ts';

/** What happened in a simulation, counted, and the first thing that must not. */
export interface Simulated {
  readonly grants: number;
  readonly lost: number;
  readonly deaths: number;
  readonly refused: number;
  /** The longest that the lock was kept for an owner that was dead, in seconds of true time. */
  readonly longestAfterDeath: number;
  /** Two owners at one instant, or one whose holder has not the lock. */
  readonly wrong: string | null;
}

export interface SimulationOptions {
  readonly seed: number;
  readonly steps: number;
  readonly limits: LeaseLimits;
  /** How far any clock may be off: 0.05 is 5 %. */
  readonly drift: number;
  /** How often something goes wrong, or an owner lets go, a step. Default 0.02. */
  readonly trouble?: number;
  /** The longest that the network takes for a line, in seconds. Default 20. */
  readonly slowest?: number;
}

const END = 'end of the connection';

/** One way of a connection: in order, but as late as the network likes. */
interface Way<T> {
  readonly items: { readonly at: number; readonly item: T | typeof END }[];
  /** When the last of them arrives. */
  last: number;
}

/** An owner's process, its holder on the node, and the connection between them. */
interface Attempt {
  state: OwnerState;
  readonly rate: number;
  readonly offset: number;
  /** SIGSTOP: what arrives meanwhile is read when it goes on. */
  stopped: boolean;
  died: number | null;
  holder: HolderState | null;
  readonly startsAt: number;
  readonly wait: number;
  readonly toNode: Way<string>;
  readonly toOwner: Way<LeaseAnswer>;
  /** The network is silent until then, either way. */
  silentUntil: number;
  nextTick: number;
}

const OWNERS = 4;
/** Seconds between two tries for the lock. */
const TRY = 0.5;

/** Owners that race, die, stop and go on, over a network that is slow, silent or cut, by clocks that are wrong. */
export function simulateLeases(options: SimulationOptions): Simulated {
  const simulation = new Simulation(options);
  for (let step = 0; step < options.steps && simulation.wrong === null; step += 1) simulation.step();
  return { ...simulation.count, wrong: simulation.wrong };
}

class Simulation {
  readonly count = { grants: 0, lost: 0, deaths: 0, refused: 0, longestAfterDeath: 0 };
  wrong: string | null = null;
  readonly #random: () => number;
  readonly #limits: LeaseLimits;
  readonly #drift: number;
  readonly #nodeRate: number;
  readonly #trouble: number;
  readonly #slowest: number;
  #attempts: Attempt[] = [];
  #lock: Attempt | null = null;
  /** True time, in seconds. */
  #now = 0;
  #nextTry = 0;

  constructor({ seed, limits, drift, trouble = 0.02, slowest = 20 }: SimulationOptions) {
    this.#random = generator(seed);
    this.#limits = limits;
    this.#drift = drift;
    this.#nodeRate = this.#rate();
    this.#trouble = trouble;
    this.#slowest = slowest;
  }

  step(): void {
    this.#now += this.#between(0, 0.4);
    const owners = this.#attempts.filter(({ died }) => died === null);
    const one = owners[Math.floor(this.#random() * OWNERS)];
    if (owners.length < OWNERS && this.#chance(0.2)) this.#attempts.push(this.#newAttempt());
    else if (one?.state.phase === 'over') this.#die(one);
    else if (one !== undefined && this.#chance(this.#trouble)) this.#befall(one);
    for (const attempt of this.#attempts) this.#goOn(attempt);
    this.#tryForLock();
    this.#attempts = this.#attempts.filter(
      ({ died, holder }) => died === null || (holder !== null && holder.phase !== 'over'),
    );
    this.#look();
  }

  #newAttempt(): Attempt {
    const [rate, offset] = [this.#rate(), this.#between(0, 1e6)];
    return {
      rate,
      offset,
      state: askingOwner(this.#now * rate + offset, this.#limits),
      stopped: false,
      died: null,
      holder: null,
      startsAt: this.#now + this.#between(0, 3),
      wait: this.#chance(0.3) ? 0 : this.#between(0, 200),
      toNode: { items: [], last: this.#now },
      toOwner: { items: [], last: this.#now },
      silentUntil: 0,
      nextTick: this.#now,
    };
  }

  /** What goes wrong, or well, with one owner. */
  #befall(attempt: Attempt): void {
    const what = this.#random();
    if (what < 0.2) this.#die(attempt);
    else if (what < 0.4) attempt.stopped = true;
    else if (what < 0.6) attempt.stopped = false;
    else if (what < 0.8) attempt.silentUntil = this.#now + this.#between(0, this.#chance(0.5) ? 15 : 120);
    else if (what < 0.9) {
      // Each side learns by itself that the connection is gone, and not at once.
      this.#send(attempt, attempt.toNode, END);
      attempt.silentUntil = this.#now + this.#between(0, 60);
      this.#send(attempt, attempt.toOwner, END);
    } else if (!attempt.stopped) this.#tellOwner(attempt, { kind: 'release', now: this.#ownerNow(attempt) });
  }

  #die(attempt: Attempt): void {
    this.count.deaths += 1;
    attempt.died = this.#now;
    // A process that dies closes its connection, behind all that it sent; a machine that dies says nothing more.
    if (this.#chance(0.5)) this.#send(attempt, attempt.toNode, END);
    else if (this.#chance(0.5)) attempt.toNode.items.splice(Math.floor(this.#random() * 3));
  }

  #goOn(attempt: Attempt): void {
    const lives = attempt.died === null;
    if (attempt.holder === null && lives && this.#now >= attempt.startsAt)
      attempt.holder = newHolder(this.#nodeNow(), attempt.wait, this.#limits);
    if (attempt.holder !== null)
      for (const line of this.#arrived(attempt.toNode))
        this.#tellHolder(attempt, {
          ...(line === END ? { kind: 'closed' } : { kind: 'line', line, said: '' }),
          now: this.#nodeNow(),
        });
    this.#tellHolder(attempt, { kind: 'time', now: this.#nodeNow() });
    if (!lives || attempt.stopped) return;
    const now = this.#ownerNow(attempt);
    for (const answer of this.#arrived(attempt.toOwner))
      this.#tellOwner(attempt, {
        ...(answer === END ? { kind: 'closed', how: END } : { kind: 'answer', answer }),
        now,
      });
    if (this.#now < attempt.nextTick) return;
    attempt.nextTick = this.#now + this.#limits.beat / 5;
    this.#tellOwner(attempt, { kind: 'time', now });
  }

  #tryForLock(): void {
    if (this.#now < this.#nextTry) return;
    this.#nextTry = this.#now + TRY;
    for (const attempt of shuffled(this.#attempts, this.#random)) {
      if (attempt.holder?.phase !== 'waiting') continue;
      const has = this.#lock === null;
      if (has) this.#lock = attempt;
      this.#tellHolder(attempt, { kind: 'tried', now: this.#nodeNow(), has, said: '' });
    }
  }

  #tellOwner(attempt: Attempt, event: OwnerEvent): void {
    const { state, deeds } = stepOwner(attempt.state, event, this.#limits);
    attempt.state = state;
    for (const deed of deeds) {
      if (deed.kind === 'send') this.#send(attempt, attempt.toNode, deed.line);
      if (deed.kind === 'granted') this.count.grants += 1;
      if (deed.kind === 'lost') this.count.lost += 1;
      if (deed.kind === 'refused') this.count.refused += 1;
    }
  }

  #tellHolder(attempt: Attempt, event: HolderEvent): void {
    if (attempt.holder === null) return;
    const { state, answers } = stepHolder(attempt.holder, event, this.#limits);
    attempt.holder = state;
    for (const answer of answers) this.#send(attempt, attempt.toOwner, answer);
    if (state.phase === 'over' && this.#lock === attempt) this.#lock = null;
  }

  #send<T>({ silentUntil }: Attempt, way: Way<T>, item: T | typeof END): void {
    const delay = this.#between(0, this.#chance(0.9) ? 0.5 : this.#slowest);
    way.last = Math.max(way.last, Math.max(this.#now, silentUntil) + delay);
    way.items.push({ at: way.last, item });
  }

  #arrived<T>({ items }: Way<T>): readonly (T | typeof END)[] {
    const late = items.findIndex(({ at }) => at > this.#now);
    return items.splice(0, late === -1 ? items.length : late).map(({ item }) => item);
  }

  #look(): void {
    const owners = this.#attempts.filter(
      (attempt) => attempt.died === null && holdsLease(attempt.state, this.#ownerNow(attempt)),
    );
    if (owners.length > 1) this.wrong ??= `${owners.length} owners at ${this.#now} s`;
    if (owners.some((owner) => owner !== this.#lock))
      this.wrong ??= `an owner without lock at ${this.#now} s`;
    const kept = this.#now - (this.#lock?.died ?? this.#now);
    this.count.longestAfterDeath = Math.max(this.count.longestAfterDeath, kept);
  }

  #nodeNow(): number {
    return this.#now * this.#nodeRate + 1000;
  }

  #ownerNow({ rate, offset }: Attempt): number {
    return this.#now * rate + offset;
  }

  #rate(): number {
    return this.#between(1 - this.#drift, 1 + this.#drift);
  }

  #between(low: number, high: number): number {
    return low + this.#random() * (high - low);
  }

  #chance(of: number): boolean {
    return this.#random() < of;
  }
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, by: random() }))
    .sort((a, b) => a.by - b.by)
    .map(({ item }) => item);
}

/** mulberry32: small, and the same everywhere. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
