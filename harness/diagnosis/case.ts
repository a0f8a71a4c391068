import type { Facts } from './fact.ts';
import type { RomContents } from '../rom/contents.ts';
import type { RomFacts } from '../rom/facts.ts';
import type { Signals } from './signature.ts';
import type { Quote } from './quote.ts';
import type { VmSetup } from './vm-setup.ts';

/** Everything that the inputs say, put together. Rules look at nothing else. */
export interface Case {
  readonly facts: Facts;
  readonly signals: Signals;
  readonly vms: readonly VmSetup[];
  readonly roms: readonly RomSeen[];
}

/** A ROM file that was given. */
export interface RomSeen {
  readonly name: string;
  readonly facts: RomFacts;
  readonly contents: RomContents;
  readonly sha256: string;
  readonly quote: Quote;
}
