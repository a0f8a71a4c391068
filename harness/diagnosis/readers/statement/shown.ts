const SCREEN = String.raw`(?:tvs?|televisions?|monitors?|screens?|displays?|hdmi|dp|displayport|projector|panel)`;
const ON_SCREEN = String.raw`(?:on|to|over|via|at) (?:the |my |a |an |both |all |connected |external |physical |attached |\d )*(?:\w{1,10} )?${SCREEN}\b`;
const DESKTOP = String.raw`(?:os|windows(?: \d+)?|ubuntu|debian|guest|vm|desktop|ui|gui|login(?: screen)?|gnome|kde|picture|image|video)`;

/** Success that is told by what the monitor shows. */
export const SHOWN: readonly (readonly [pattern: RegExp, words: string])[] = [
  // "Drives the TV", "feeds both monitors".
  [
    new RegExp(
      String.raw`\b(?:vm|guest|vf|igpu|gpu|passthrough|it|windows(?: \d+)?|ubuntu|debian|and|uhd(?: \d+)?|kodi|libreelec|htpc) (?:now |also |happily |still |really |directly |easily )*(?:drives?|driving|feeds?|feeding|powers?|lights up|runs) (?:the |my |our |an? |both |two |three |all |\d )*(?:(?!host|console|other)[\w-]{1,12} ){0,3}${SCREEN}\b`,
      'g',
    ),
    'picture works',
  ],
  // "Picture from POST on", "image since the first second".
  [
    new RegExp(
      String.raw`(?<!\b(?:no|without|any|never|missing|lost|lose|want|need) (?:an? |the )?)\b(?:picture|image|video|output|signal)(?: (?:is |comes |there |already |on (?:the )?${SCREEN} |over ${SCREEN} |via ${SCREEN} |right |directly ))* ?(?:from|since|already (?:at|in|during)|starting (?:at|with|in)) (?:the )?(?:very )?(?:(?:post|power[- ]?on|bios|uefi|firmware|ovmf|tianocore|grub|logo|boot(?: logo)?|start|beginning|first second|first moment|boot menu)\b)(?: on(?:wards?)?| to (?:the )?(?:desktop|login|shutdown))?`,
      'g',
    ),
    'picture works',
  ],
  // "Everything usable", "the desktop is fluid".
  [
    /\b(?:everything|all of it|all|the whole thing|it all) (?:just |now |simply |really )*(?:runs|is running|is up and running)\b(?! (?:in|on) (?:software|the cpu)| slow| until| but)|(?<!\b(?:not|never|hardly|barely|n't) (?:everything |all )?)\b(?:everything|all of it|whole thing|desktop|system|vm|guest|windows|playback|video) (?:(?:is|was|stays|remains|feels|very|fully|perfectly|quite|well|totally|now|and) )*(?:usable|useable|playable|fluid|fluent|snappy|responsive)\b/g,
    'everything works',
  ],
  // A picture.
  [
    new RegExp(
      String.raw`\b${DESKTOP} (?:now |then |just |also |is |was )*(?:shows(?: up)?|appears?|shown|displayed|visible|comes (?:up|out)|pops up|is there|lands) (?:now |then |fine |correctly )*${ON_SCREEN}`,
      'g',
    ),
    'picture works',
  ],
  [
    new RegExp(
      String.raw`\b(?:windows(?: \d+)?|ubuntu|debian|guest|vm|desktop|login) (?:ui|gui|desktop|screen) (?:now |then )?(?:shows up|appears|comes up|is shown|is displayed)\b`,
      'g',
    ),
    'picture works',
  ],
  [
    new RegExp(
      String.raw`\b${SCREEN} (?:now |then |correctly |happily )*(?:shows|displays|gets|has|receives|comes up with) (?:(?:the|a|its|my|vm'?s|guest'?s) )*(?:windows|ubuntu|debian|fedora|guest|vm|desktop|login|os|picture|image|signal|gnome|kde|full picture)\b(?! basic| boot manager| logo| logs?\b)`,
      'g',
    ),
    'picture works',
  ],
  [
    new RegExp(
      String.raw`\bi (?:now |can |do |finally )*(?:see|get|have|got) (?:the |a |my |its )*(?:windows |ubuntu |guest |vm |guest's |vm's |full |clean )*(?:desktop|picture|image|login screen|output) ${ON_SCREEN}`,
      'g',
    ),
    'picture works',
  ],
  [
    /\b(?:4k|uhd|1080p|1440p|3840 ?x ?2160|2560 ?x ?1440|1920 ?x ?1080)(?: ?@ ?|\/| at )?(?:\d{2,3} ?(?:hz|fps|p)?)? (?:over|via|on|out of|through) (?:hdmi|dp|displayport|the (?:tv|monitor))\b/g,
    'picture works',
  ],
  [
    new RegExp(
      String.raw`\bboots? (?:up )?(?:straight |directly |right |fine )*(?:to|on|onto) (?:the |my )(?:\w{1,10} )?${SCREEN}\b|\b(?:picture|image|video)(?: (?:and|&|\+) (?:sound|audio))?(?: now)? (?:comes?|coming|is|are|goes) (?:out )?(?:now )?(?:of|over|through|via|on|from|to) (?:the |my )?${SCREEN}\b|\b(?:hdmi|dp|displayport|monitor|tv)(?: output)? is (?:now )?(?:live|alive|active|up)\b`,
      'g',
    ),
    'picture works',
  ],
  [
    /(?<!\b(?:no|without|any|never|until|the first|boot|bios) )\b(?:the )?(?:picture|image) (?:now )?(?:comes|appears|is back|is there|arrives|shows up)(?! (?:only|for|then|once|when|after|until|but|and|in|on (?:no)?vnc))\b|\bshows? (?:the|a|me a) picture\b(?! of)/g,
    'picture works',
  ],
];
