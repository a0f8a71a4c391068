import type { Confidence, Severity } from '../trace/words.ts';
import type { FindingId } from './finding-id.ts';
import type { Symptom } from './fact.ts';
import type { Quote } from './quote.ts';

export type { Confidence, Severity };

/** What a person may change, for the way they run VMs. */
export interface Fix {
  /** One sentence: what the change does and why it helps. */
  readonly why: string;
  /** Edits of the VM, to be shown as a diff of their own config or as text to paste. */
  readonly vm: readonly VmEdit[];
  /** Commands or settings on the host or in the guest, one a line, ready to paste where they are commands. */
  readonly steps: readonly FixStep[];
  /** Where the change is known to help from. */
  readonly source: string;
}

export interface FixStep {
  readonly where: 'host' | 'guest' | 'bios' | 'vm';
  readonly text: string;
}

/** One edit, in terms that each hypervisor has its own words for. */
export type VmEdit = VmChange & {
  /** The passed device that is meant, by its name; where it is not said: the iGPU. */
  readonly device?: string;
};

type VmChange =
  | { readonly edit: 'romfile'; readonly file: string }
  | { readonly edit: 'no-romfile' }
  /** A property of the passed device: `x-igd-opregion` `on`; null: take it away. */
  | { readonly edit: 'device-property'; readonly name: string; readonly value: string | null }
  | { readonly edit: 'guest-address'; readonly bus: string; readonly slot: number }
  | { readonly edit: 'machine'; readonly type: 'i440fx' | 'q35' }
  | { readonly edit: 'display'; readonly value: 'none' | 'std' | 'virtio' }
  | { readonly edit: 'cpu-hidden'; readonly hidden: boolean }
  | { readonly edit: 'phys-bits-limit'; readonly bits: number }
  | { readonly edit: 'ballooning'; readonly on: boolean }
  | { readonly edit: 'host-device'; readonly from: string; readonly to: string }
  /** A property of Proxmox' hostpci (`legacy-igd`, `x-vga`, `pcie`); null: take it away. */
  | { readonly edit: 'hostpci'; readonly name: string; readonly value: string | null }
  | { readonly edit: 'args'; readonly from: string; readonly to: string };

/** What a rule concludes. */
export interface Claim {
  readonly id: FindingId;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** One line that the owner of a homelab understands. */
  readonly title: string;
  /** What it means, what it rests on, what it does not prove. */
  readonly detail: string;
  readonly evidence: readonly Quote[];
  readonly fix: Fix | null;
  readonly collect: readonly string[];
  /** Complaints that it accounts for by itself, though the graphics work otherwise: no sound, no monitor on a VF. */
  readonly answers: readonly Symptom[];
  /** A machine refused or gave up in its own words: it decides between a person’s "works" and "fails". */
  readonly decides: boolean;
  /** Findings that are only consequences of this one where it is a cause. */
  readonly explains: readonly FindingId[];
}

/** What a diagnosis says: a claim that held, its fix in the words of the person's own hypervisor. */
export interface Finding extends Omit<Claim, 'fix' | 'collect' | 'explains' | 'answers' | 'decides'> {
  readonly fix: (Pick<Fix, 'why' | 'source'> & AppliedFix) | null;
}

/** A fix in the words of the hypervisor that the person uses. */
export interface AppliedFix {
  /** What changes in their own Proxmox config, as `diff -u` shows it; null where there is none or nothing changes. */
  readonly diff: string | null;
  /** What cannot be shown as a diff: a line, a piece of XML, an option, and where it goes. */
  readonly paste: readonly { readonly where: string; readonly text: string }[];
  readonly steps: readonly FixStep[];
}
