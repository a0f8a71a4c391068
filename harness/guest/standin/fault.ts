/** One way in which the stand-in guest misbehaves on purpose, chosen by the scenario key `fault`. */
export interface Fault {
  /** What happens, in one line. */
  readonly summary: string;
  /** What its argument may be, whole; without it the fault takes none. */
  readonly argument?: RegExp;
  /**
   * POSIX sh that redefines one or more of the functions in `hooks.ts`. No backquote and no dollar-brace may stand in
   * it: it is a template string here.
   */
  readonly script: string;
  /** No operating system is given to the VM at all. */
  readonly withoutSystem?: true;
}

/** A fault as a scenario asks for it: `code`, `code=10`. */
export interface AskedFault {
  readonly name: string;
  /** Null where none is given. */
  readonly argument: string | null;
}

/** Takes `<name>` or `<name>=<argument>` apart; what it is worth only the table of faults knows. */
export function parseFault(asked: string): AskedFault {
  const at = asked.indexOf('=');
  return at < 0
    ? { name: asked, argument: null }
    : { name: asked.slice(0, at), argument: asked.slice(at + 1) };
}
