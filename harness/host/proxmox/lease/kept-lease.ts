import { within } from '../../../wire/deadline.ts';
import type { Following, Machine } from '../../../wire/machine/machine.ts';
import type { Exit } from '../../../wire/process.ts';
import { CommandFailed } from '../../../wire/command-failed.ts';
import { awakeClock } from './awake-clock.ts';
import { readLeaseAnswer } from './lease-answer.ts';
import { LeaseFailed, LeaseHeld, LeaseLost } from './lease-errors.ts';
import { type LeaseHolder, readLeaseHolder } from './lease-holder.ts';
import { FENCE_PROGRAM } from './lease-programs.ts';
import type { Lease, LeaseRequest, LeaseSetting } from './lease.ts';
import { askingOwner, holdsLease, type OwnerDeed, type OwnerEvent, stepOwner } from './owner-state.ts';

/** Seconds that a holder may take to end when it is told to. */
const END = 10;

/** A lease as its owner keeps it: `stepOwner` decides, this carries its deeds to the node and to the owner. */
export class KeptLease implements Lease {
  readonly address: string;
  readonly #where: string;
  readonly #request: LeaseRequest;
  readonly #setting: LeaseSetting;
  readonly #token: string;
  readonly #node: Machine;
  readonly #clock = awakeClock();
  readonly #lost = new AbortController();
  readonly #granted = settled<undefined>();
  readonly #stderr: string[] = [];
  #owner;
  #why: LeaseLost | null = null;
  /** What the machine said where the holder's end is not known. */
  #cause: unknown;
  #holder: Following | null = null;
  #timer: NodeJS.Timeout | null = null;
  left: LeaseHolder | null = null;

  constructor(node: Machine, request: LeaseRequest, setting: LeaseSetting, token: string) {
    this.address = request.address;
    this.#where = `the lease of ${request.address} on ${node.name}`;
    this.#node = node;
    this.#request = request;
    this.#setting = setting;
    this.#token = token;
    // Before anything is started: what the holder reckons from comes later.
    this.#owner = askingOwner(this.#clock(), setting.limits);
  }

  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  check(): void {
    this.#step({ kind: 'time', now: this.#clock() });
    if (!holdsLease(this.#owner, this.#clock()))
      throw this.#why ?? new LeaseLost(this.#where, 'it was let go of');
  }

  fenced(argv: readonly string[]): readonly string[] {
    return ['perl', '-e', FENCE_PROGRAM, '--', this.#setting.directory, this.address, this.#token, ...argv];
  }

  async start(argv: readonly string[]): Promise<void> {
    const { signal } = this.#request;
    const onAbort = (): void => {
      this.#granted.reject(signal?.reason);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      await this.#follow(argv);
      signal?.throwIfAborted();
      await this.#granted.promise;
    } catch (error) {
      await this[Symbol.asyncDispose]();
      throw error;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#step({ kind: 'release', now: this.#clock() });
    if (this.#timer) clearInterval(this.#timer);
    const holder = this.#holder;
    if (holder === null) return;
    this.#holder = null;
    const late = new LeaseFailed(this.#where, `its holder does not end within ${END} s`);
    // Where nobody can reach the holder any more, its own clock ends it.
    await within(holder.ended, { seconds: END }, () => late).catch(() => undefined);
    await holder.stop().catch(() => undefined);
  }

  async #follow(argv: readonly string[]): Promise<void> {
    const holder = await this.#node
      .follow(argv, {
        onLine: (line) => {
          this.#step({ kind: 'answer', now: this.#clock(), answer: readLeaseAnswer(line) });
        },
        onStderr: (line) => {
          if (this.#stderr.length < 5) this.#stderr.push(line.slice(0, 300));
        },
      })
      .catch((error: unknown) => {
        // What it says is mostly the program's own text.
        if (!(error instanceof CommandFailed)) throw error;
        throw new LeaseFailed(this.#where, 'its holder does not start: is Perl there?', { cause: error });
      });
    this.#holder = holder;
    holder.ended.then(
      (exit) => {
        this.#closed(this.#endText(exit));
      },
      (error: unknown) => {
        this.#cause = error;
        this.#closed('its holder can no longer be heard');
      },
    );
    const often = (this.#setting.limits.beat * 1000) / 5;
    this.#timer = setInterval(() => {
      this.#step({ kind: 'time', now: this.#clock() });
    }, often);
    // A lease keeps nobody from ending.
    this.#timer.unref();
  }

  #closed(how: string): void {
    this.#step({ kind: 'closed', now: this.#clock(), how });
  }

  #endText({ code, signal }: Exit): string {
    const how = signal === null ? `exit code ${code ?? 'unknown'}` : signal;
    return [`its holder ended (${how})`, ...this.#stderr].join('; ');
  }

  #step(event: OwnerEvent): void {
    const { state, deeds } = stepOwner(this.#owner, event, this.#setting.limits);
    this.#owner = state;
    for (const deed of deeds) this.#do(deed);
  }

  #do(deed: OwnerDeed): void {
    switch (deed.kind) {
      case 'send':
        this.#holder?.write(deed.line);
        return;
      case 'granted':
        this.left = deed.left === '' ? null : readLeaseHolder(deed.left, deed.now);
        this.#granted.resolve(undefined);
        return;
      case 'busy':
        this.#request.onWait?.(readLeaseHolder(deed.said, deed.now));
        return;
      case 'refused':
        this.#granted.reject(
          new LeaseHeld(this.#where, readLeaseHolder(deed.said, deed.now), this.#request.wait),
        );
        return;
      case 'failed':
        this.#granted.reject(new LeaseFailed(this.#where, deed.why, { cause: this.#cause }));
        return;
      case 'lost':
        this.#why = new LeaseLost(this.#where, deed.why, { cause: this.#cause });
        this.#lost.abort(this.#why);
        return;
    }
  }
}

interface Settled<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
}

function settled<T>(): Settled<T> {
  let resolve: (value: T) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    [resolve, reject] = [yes, no];
  });
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
