import type { Compared } from '../../fact.ts';
import type { Subject } from './subjects.ts';
import type { Trial } from './trials.ts';
import type { Value } from './version.ts';

/** One thing that a trial is about, with the trial. */
export interface Observed {
  readonly kind: Compared;
  readonly value: Value;
  /** Told as what was before. */
  readonly before: boolean;
  readonly trial: Trial;
  /** All that the trial is about. */
  readonly beside: readonly { readonly kind: Compared; readonly value: Value }[];
}

/** Every thing that the trials are about. `sriov`: virtual functions are given, which come from the host's kernel. */
export function observed(trials: readonly Trial[], sriov: boolean): readonly Observed[] {
  const known = trials.flatMap(({ subjects }) => subjects);
  return trials.flatMap((trial) => {
    const all = trial.subjects.map((subject) => ({ ...subject, kind: kindOf(subject, known, sriov) }));
    return all.map((subject) => ({ ...subject, trial, beside: all }));
  });
}

function kindOf({ kind, value }: Subject, known: readonly Subject[], sriov: boolean): Compared {
  if (kind === 'qemu' && value.name === 'pve' && sriov) return 'host-kernel';
  return kind === 'kernel' ? sideOf(value, known) : kind;
}

/** Whose a kernel is that is named without it: whose other kernels have the same flavour; else the host's. */
function sideOf(value: Value, known: readonly Subject[]): 'host-kernel' | 'guest-kernel' {
  const kernels = known.filter(({ kind }) => kind === 'host-kernel' || kind === 'guest-kernel');
  const alike = kernels.filter((other) => flavour(other.value) === flavour(value));
  const ofHost = ({ kind }: Subject) => kind === 'host-kernel';
  if (alike.some(ofHost)) return 'host-kernel';
  return alike.length > 0 || (kernels.some(ofHost) && flavour(value) !== '') ? 'guest-kernel' : 'host-kernel';
}

/** `+deb13-amd64` of `6.12.48+deb13-amd64`. */
function flavour({ version }: Value): string {
  return (version ?? '').replace(/^[\d.]+(?:[-+]\d+)?/, '');
}
