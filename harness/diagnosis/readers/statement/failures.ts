/**
 * Failure that is told by what happens: "transcoding falls back to CPU", "the monitor goes to standby", "the node
 * reboots". In: a sentence in lower case. Out: the same with such happenings put as words that the grammar knows. Pure.
 */
export function withFailures(sentence: string): string {
  return FAILURES.reduce((text, [pattern, words]) => text.replace(pattern, ` ${words} `), sentence);
}

const NOT_WHEN = String.raw`(?<!\b(?:after|until|till|when|once|if|before|unless|a|every|each|time)\b(?: (?:the|my|a|whole|full|entire|proxmox|pve|physical|time))*? )`;

const FAILURES: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:monitors?|screens?|displays?|tvs?|television|panel|projector) (?:just |then |immediately |only |always )?(?:(?:goes|go|turns|switches|went|falls|stays|remains|is) (?:back )?(?:in|into|to|on)? ?(?:a |the )?(?:standby|stand-by|sleep|power[ -]?sav\w+|off|to sleep)|shuts off)(?: mode)?\b/g,
    'monitor black',
  ],
  [
    /\b(?:no (?:supported|compatible) (?:hardware|drivers?|device|graphics)|not compatible with (?:this|the) driver|(?:does not|doesn't) meet the minimum|not supported by (?:this|the) (?:driver|installer)|not validated for this)\b/g,
    'driver does not install',
  ],
  [
    new RegExp(
      String.raw`${NOT_WHEN}\b(?:host|node|server|hypervisor|proxmox|pve|physical machine|whole (?:machine|pc|box|system))(?: itself| suddenly| instantly| immediately| then| just| always| also| spontaneously)* (?:reboots|restarts|resets|powers off|turns off|shuts down|rebooted itself|restarted itself)\b(?! (?:fix|help|solve|work|are|is|do|don't|did|cure))`,
      'g',
    ),
    'host crashes',
  ],
  [
    /\b(?:kills?|killed|loses?|lost|losing|drops?|takes down|took down|breaks?|cuts?(?: off)?|i am cut off from) (?:the |my |all |from )*(?:host'?s? |node'?s? |proxmox )?(?:network|ssh|lan|nic|connection|connectivity|web ?ui|web interface|management)\b/g,
    'it breaks',
  ],
  [
    /(?:\bls |\bcannot access )?'?(?:\/dev\/dri\S{0,16}|renderd12\d)'?:? (?:is |does )?(?:[\w':]{1,12} ){0,3}?no such (?:file|directory|device)(?: or directory)?/g,
    '/dev/dri missing',
  ],
  [
    /\b(?:fall|falls|fell|falling)[ -]?back (?:to|on) (?:the )?(?:cpu|software)(?: \w+coding| only)?\b|\b(?:transcod\w+|decod\w+|encod\w+|plex|jellyfin|emby|frigate)\b(?: \w{1,12}){0,3} (?:in software|on (?:the )?cpu(?: only)?|(?:uses?|using) (?:only )?(?:the )?cpu(?: only)?|via cpu)\b(?! (?:at|usage|load))|\bonly (?:the )?cpu (?:is )?(?:used|transcod\w+|decod\w+|encod\w+)\b/g,
    'software rendering',
  ],
  [/\b(?:clinfo|opencl)\b[^,;.]{0,12}\b(?:0|no|zero) (?:platforms?|devices?)\b/g, 'opencl does not work'],
  [
    /\bstopped (?:again |suddenly |just )*(?:yesterday|today|last \w+|this \w+|a \w+ ago|after|since)\b|\b(?:then|just|suddenly|and|it) stopped$/g,
    'stopped working now',
  ],
  // "Since last week" is the present.
  [
    /\bsince (?:last (?:week|month|night|year)|yesterday|this (?:week|morning|month)|a (?:few |couple of )?(?:days|weeks|months)|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/g,
    'now',
  ],
];
