/** What one fall-back instrument says of the device under test. None of them can say that it works. */
export type Sighting = { readonly by: string } & (
  | { readonly says: 'code'; readonly code: number }
  /** The device is listed, or others are and it is not, without this problem code. */
  | { readonly says: 'not-code'; readonly code: number }
  /** Other PCI devices are listed, and it is not. */
  | { readonly says: 'absent' }
  /** Whether Windows' set-up is complete. */
  | { readonly says: 'image-state'; readonly complete: boolean; readonly value: string }
  | { readonly says: 'set-up'; readonly running: boolean }
  /** Nothing to go by, and why. */
  | { readonly says: 'nothing'; readonly why: string }
);

/** How a program in the guest ended and what it printed, one character a byte. */
export interface Printed {
  readonly exitcode: number | null;
  readonly signal: number | null;
  readonly out: string;
  readonly err: string;
  readonly truncated: boolean;
}
