const SCREEN = String.raw`(?:tvs?|televisions?|monitors?|screens?|displays?|hdmi|dp|displayport|projector|panel)`;
const ON_SCREEN = String.raw`(?:on|to|over|via|at) (?:the |my |a |an |both |all |connected |external |physical |attached |\d )*(?:\w{1,10} )?${SCREEN}\b`;
const DESKTOP = String.raw`(?:os|windows(?: \d+)?|ubuntu|debian|guest|vm|desktop|ui|gui|login(?: screen)?|gnome|kde|picture|image|video)`;

/** Success that is told by what the monitor shows. */
export const SHOWN: readonly (readonly [pattern: RegExp, words: string])[] = [
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
