import { NO_OUTPUT_OF_VF } from './no-output.ts';

/**
 * Puts as one word what is said of something else than the device in the guest: the emulated console, the set-up with
 * the device taken out. In: a sentence in lower case. Pure.
 */
export function withWhose(sentence: string): string {
  return (
    sentence
      .replace(NO_OUTPUT_OF_VF, ' ')
      .replace(CONSOLE_BLACK, ' console_black ')
      .replace(BLACK_CONSOLE, ' console_black ')
      .replace(OLD_TOOL, ' gputop ')
      .replace(WITHOUT_IT, ' another machine ')
      .replace(OTHER_MACHINE, ' another machine ')
      // What comes first is what the rest is about.
      .replace(/^( ?another machine ) *, */, '$1')
  );
}

const CONSOLE = String.raw`(?:novnc|vnc|spice|(?:proxmox |pve |web |vm |qemu |vnc |host )?console|virt-viewer)`;
const DARK = String.raw`(?:black|blank|dark|empty|no (?:picture|image|output|display|signal)|nothing|(?:a )?black screen)`;
const CONSOLE_BLACK = new RegExp(
  String.raw`\b(?:the |proxmox )?${CONSOLE}(?: (?:window|screen|display|picture|output|view|itself|tab))?(?: (?:is|stays|remains|goes|went|shows?|gives?|was|just|only|turns|then|a|of course|naturally|still)|:){0,3} ${DARK}\b`,
  'g',
);
const BLACK_CONSOLE = new RegExp(
  String.raw`\b(?:${DARK})(?: screen| picture)? (?:in|on|via|over|through|inside) (?:the |proxmox'?s? |pve )?${CONSOLE}\b`,
  'g',
);
/** A tool of the distribution's that is too old for the device. */
const OLD_TOOL =
  /\b(?:only|packaged|distro'?s?|distribution'?s?|old|older|outdated|ubuntu'?s?|debian'?s?|stock|shipped|bundled|apt'?s?|snap) (?:the |of |version of )?(?:packaged |shipped |old )?vainfo\b|\bvainfo (?=(?:from|of|in) (?:the )?(?:release|package|distro|distribution|repo|repositor|ubuntu|debian|apt|archive)\w*\b)/g;
/** "On my old board it worked". */
const OTHER_MACHINE =
  /\b(?:on|with|in) (?:my |the |an? |some |his |her |their )?(?:old|older|other|another|previous|former|different|second|friend's|brother's|work) (?:\w{1,12} )?(?:board|mainboard|motherboard|machine|server|pc|nuc|box|laptop|mini ?pc|system|hardware|computer|rig|thinkcentre|optiplex)\b/g;
const DEVICE = String.raw`(?:intel )?(?:igpus?|gpu|vfs?|igd|passthrough|passed(?: through)? (?:device|card|gpu)|pci(?:e)? device|hostpci\d?(?: line)?|vgpu|graphics card|assigned (?:card|device)|gpu passthrough|igpu passthrough)`;
/** "Without the iGPU it boots": success that is none of the device. */
const WITHOUT_IT = new RegExp(
  String.raw`\b(?:(?:without|with no) (?:the |my |any |an? )*${DEVICE}\b(?: attached| added| assigned| passed| passed through)?|(?:after|when|if|once|as soon as) (?:i |you |we )?(?:have |had )?(?:remov\w+|delet\w+|detach\w+|unassign\w+|take out) (?:the |my )*${DEVICE}\b|with (?:the |all |my )*${DEVICE} (?:turned off|switched off|disabled|removed|off|detached)\b)(?: again)?(?! (?:problem|issue|trouble|error|fault)s?\b)`,
  'g',
);
