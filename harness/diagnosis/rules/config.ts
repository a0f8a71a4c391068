import type { Rule } from '../rule.ts';
import { AUDIO_NOT_PASSED } from './audio-not-passed.ts';
import { CONFIG_ADDRESS } from './config-address.ts';
import { CONFIG_ARGS } from './config-args.ts';
import { CONFIG_BALLOONING } from './config-ballooning.ts';
import { CONFIG_DISPLAY } from './config-display.ts';
import { CONFIG_GMS } from './config-gms.ts';
import { CONFIG_LEGACY } from './config-legacy.ts';
import { CONFIG_MACHINE } from './config-machine.ts';
import { CONFIG_PASSED_DEVICES } from './config-passed-devices.ts';
import { CONFIG_PROPERTIES } from './config-properties.ts';
import { CONFIG_Q35 } from './config-q35.ts';
import { CONFIG_TOLD } from './config-told.ts';
import { CONFIG_ROMFILE } from './config-romfile.ts';
import { GUEST_CPU } from './guest-cpu.ts';
import { LEGACY_GENERATION } from './legacy-generation.ts';
import { OPREGION_NOT_PASSED } from './opregion-not-passed.ts';

/** Every rule that a VM's description alone can break. */
export const CONFIG_RULES: readonly Rule[] = [
  CONFIG_LEGACY,
  CONFIG_Q35,
  CONFIG_ADDRESS,
  CONFIG_DISPLAY,
  CONFIG_GMS,
  CONFIG_ARGS,
  CONFIG_PROPERTIES,
  CONFIG_MACHINE,
  CONFIG_PASSED_DEVICES,
  CONFIG_BALLOONING,
  CONFIG_ROMFILE,
  CONFIG_TOLD,
  GUEST_CPU,
  OPREGION_NOT_PASSED,
  LEGACY_GENERATION,
  AUDIO_NOT_PASSED,
];
