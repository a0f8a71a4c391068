/** A program of Proxmox VE says no: its own words, and the exit code that goes with them outside a task. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly exit: number;
  /** It warns of it on the way, too, so a task prints it twice. */
  readonly twice: boolean;

  constructor(words: string, exit: number, twice = false) {
    super(words);
    this.exit = exit;
    this.twice = twice;
  }
}

/** Something that the stand-in has no answer for: better none than a made-up one. */
export class NotInStandIn extends Error {
  override readonly name = 'NotInStandIn';

  constructor(what: string) {
    super(`not in the stand-in: ${what}`);
  }
}
