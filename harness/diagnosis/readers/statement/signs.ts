import { GAP } from './effect-words.ts';

/** Signs of success that are not the whole yet, and what is called normal. */
export const SIGNS: readonly (readonly [pattern: RegExp, words: string])[] = [
  // "My i3-8100 node: works like a charm": the machine is called what it is built of.
  [
    /\b(?:my|this|our|mine|own) (?:own )?(?:core )?(?:i[3579]-?)?\d?[a-z]{0,3}\d[\w-]* (?:node|box|server|machine|host|nas|nuc|system|board|build|set-?up)\b ?[:-]? (?:(?:just|simply|all|also|now|itself) )*(?:works?|runs?)(?= (?:like a charm|fine|well|great|perfectly|flawlessly|ok|okay|nicely|since|for)\b|\s*(?:[,;.!)]|$))/g,
    'it works',
  ],
  // Virtual functions that are there for use.
  [
    /\b(?:vfs|(?:all|both|two|three|four|five|six|seven|[1-7]) (?:of them|vfs?|virtual functions)|virtual functions) (?:do |all |now |then |also |just |get |got |are |were |have )*(?:come up|came up|coming up|(?:created|generated|listed|visible|there|present|up) and (?:\w{1,10} )?(?:usable|used|running|in use|assignable|working|work|ready)|usable|ready for use)\b(?! (?:only|after|but|broken|dead|with errors?|too late))/g,
    'fair_sign',
  ],
  // Signs that are not the whole yet.
  [
    /\bnow (?:(?:it|there|device manager|windows|the (?:device|card|vm)) )?(?:(?:is|says?|shows?|reads?|lists?|sees|named) )?(?:an? |the |as |up |only )*intel(?:\(r\))? (?:\(r\) )?(?:u?hd|iris|arc|graphics)\b(?! with (?:a |an )?(?:yellow|code|error|exclam)\w*)|\bno exclamation(?: marks?)?\b/g,
    'fair_sign',
  ],
  [
    /\b(?:device manager|geräte-?manager)\b(?: (?:reports?|shows?|has|says?|lists?|is|with|there (?:is|are)|in windows)|:|,)* (?:no|without(?: any)?|zero|clean of) (?:errors?|problems?|warnings?|issues?|error codes?|problem codes?|yellow \w+(?: marks?)?|exclamation marks?|complaints?)(?! 43| code 43|\w)/g,
    'fair_sign',
  ],
  [
    /\b(?:no|without(?: any)?|zero) (?:errors?|problems?|warnings?|issues?|yellow (?:exclamation )?(?:marks?|triangles?|bangs?|signs?)|exclamation marks?) (?:in|by|from|at) (?:the |windows )?device manager\b/g,
    'fair_sign',
  ],
  [
    new RegExp(
      String.raw`\b(?:gpu-z|task manager|dxdiag|hwinfo(?:64)?)\b${GAP}\b(?:shows?|lists?|sees?|reports?|displays?|:)${GAP}\b(?:igpu|gpu|uhd|iris|intel)\b`,
      'g',
    ),
    'fair_sign',
  ],
  [
    /\bno yellow (?:exclamation )?(?:marks?|triangles?|bangs?|signs?)\b|\bdevice manager is (?:clean|happy|fine|ok)\b/g,
    'fair_sign',
  ],
  [
    /(?<!\b(?:host|no|not|when|if|until|want|proxmox)\b[^,;.]{0,30})\b(?:\/dev\/dri(?:\/\w+)?|(?:\/dev\/dri\/)?renderd12\d|render node)(?: (?:and \S+ )?(?:is|are|now|also|both|all|there|in the vm|in the guest))* (?:there|present|exists?|created|visible|shows up|appears|appeared)\b(?! (?:but|on the host|only))(?! in (?:the )?(?:container|lxc|docker))/g,
    'fair_sign',
  ],
  [
    /\b(?:vm|guest|windows(?: \d+)?|ubuntu|debian) (?:has |now |finally |successfully )*(?:obtained|obtains|got hold of|acquired|picked up) (?:the |its |my |an? )*(?:intel )?(?:igpu|gpu|vf|vgpu|graphics)\b/g,
    'fair_sign',
  ],
  [
    /\b((?:everything|all|both|picture|image|display|screen|monitor|hdmi|outputs?|sound|audio|i?gpu|vf|vgpu|graphics|vm|guest|windows|drivers?|\w+coding|passthrough|it|now|result)\b[^,;.]{0,30}?) normal(?=\s*(?:[,;.)!]|$|\band\b|\bbut\b|\bnow\b|\bagain\b))/g,
    '$1 works',
  ],
  [
    /\b(?:i?gpu|picture|image|display|video)(?: output)? (?:and|&|\+|as well as|plus) (?:the )?(?:hdmi |dp )?(?:sound|audio)(?: output)?(?: (?:are|is|both|also|all|now|just))* (?:works?|working|fine|ok|okay|good|perfect)\b/g,
    'picture works',
  ],
];
