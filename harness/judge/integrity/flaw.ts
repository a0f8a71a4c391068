/** `incomplete`: lines are missing. `disordered`: lines are not where they were written, or not as often. */
export interface Flaw {
  readonly kind: 'incomplete' | 'disordered';
  /** Event at which it shows; null where it shows only at the end. */
  readonly n: number | null;
  readonly why: string;
}

export function disordered({ n }: { readonly n: number }, why: string): Flaw {
  return { kind: 'disordered', n, why };
}

export function incomplete(n: number | null, why: string): Flaw {
  return { kind: 'incomplete', n, why };
}
