/**
 * Takes out of a sentence what only sounds like a failure: a monitor that nobody needs, a restart that goes well, log
 * lines that look bad, a complaint of slowness. In: a sentence in lower case. Out: the same, such things dropped or put
 * as words that the grammar knows. Pure.
 */
export function withoutNoFailures(sentence: string): string {
  const ofFriend = FRIEND.test(sentence) ? sentence.replace(HIS, ' another machine ') : sentence;
  return NONE_OF_IT.reduce((text, [pattern, words]) => text.replace(pattern, ` ${words} `), ofFriend);
}

const HARDWARE = String.raw`(?:monitors?|screens?|tvs?|television|beamer|projector|panel|keyboard)`;
const OUTPUT = String.raw`(?:${HARDWARE}|displays?|picture|image|outputs?|hdmi|desktop|video)`;
const NEEDED = String.raw`(?:needed|required|wanted|necessary|planned|desired|intended|wished(?: for)?|of interest|expected)`;
const FRIEND =
  /\b(?:friend|colleague|brother|neighbou?r|buddy|mate|co-?worker|cousin|another user|someone else|other user)(?:'?s)?\b/;
const HIS =
  /\b(?:his|hers|theirs|her (?:one|box|machine)|his (?:one|box|machine|system|vm)|their (?:one|box|machine))(?= (?:does|do|did|is|was|has|shows?|gives?|fails?|hangs?|won't|doesn't|didn't|still|always)\b)/g;
const WELL = String.raw`(?:fine|ok|okay|cleanly|clean|well|normally|properly|correctly|perfectly|reliably|without (?:any )?(?:problems?|issues?|trouble|hangs?|errors?|a hitch)|as (?:it should|expected)|as often as i (?:like|want)|every time|(\d{1,3}) ?(?:of|\/|out of) ?\1(?: times)?)`;

const NONE_OF_IT: readonly (readonly [RegExp, string])[] = [
  // "First I saw only …, now …".
  [/^\W*(?:at )?first(?:ly)?,? (?=.*\b(?:now|finally|solved|fixed|at last|in the end)\b)/g, 'previously '],
  // "No monitor attached, none needed", "I don't need a screen", "never wanted a picture on it".
  [
    new RegExp(
      String.raw`\b(?:no|without(?: an?y?)?) (?:physical |real |local )?(?:${HARDWARE}(?: (?:is|are|was|at all|ever|even))?(?: (?:attached|connected|plugged(?: in)?|hooked up|on it|on that|on this|on the (?:box|server|nas|host|machine)|around|nearby|here|to it|in the (?:room|house|rack)|at all))|(?:display|${HARDWARE}) (?:is |was )?(?:${NEEDED})|display (?:attached|hooked up|plugged in))(?:,? (?:and |or |but )?(?:none|not|never|no need)(?: (?:is|was|ever|even))?(?: ${NEEDED}| for (?:it|one|that))?)?`,
      'g',
    ),
    '',
  ],
  [
    new RegExp(
      String.raw`\b(?:do not|don't|dont|did not|didn't|does not|doesn't|never|nobody|no one|no need to|not) (?:really |actually |even |ever )*(?:needs?|needed|wants?|wanted|uses?|used|cares? (?:about|for)|cared (?:about|for)|plan(?:ned)?|miss(?:es|ed)?|see|look at)\b (?:for |to (?:see|have|use|attach|connect) )?(?:an?y? |the |its |my |a local |a physical )*${OUTPUT}\b(?: (?:on|at|to|for|from|with) (?:it|that|this|this vm|the (?:vm|box|host|server)))?`,
      'g',
    ),
    '',
  ],
  [new RegExp(String.raw`\bnone (?:is |was |are |ever )?${NEEDED}\b`, 'g'), ''],
  // "The guest reboots fine, too", "reboots 20 of 20".
  [
    new RegExp(
      String.raw`\b(?:(?:vm|guest|windows|it|host|and|also) )?(?:(?:can be |is |also |always |now )*(?:reboot(?:s|ed|ing)?|restart(?:s|ed|ing)?|resets?)(?: (?:and|or|\/) (?:reboots?|restarts?|shut(?:s|down| down)?|starts?|powers? off))?|(?:vm |guest )(?:reboots?|restarts?|resets?)(?: is| are| work| works)?) (?:also |all |both |always |just |now )*${WELL}`,
      'g',
    ),
    ' fair_sign ',
  ],
  // "The task ends with WARNINGS: 1".
  [
    /\b(?:the )?(?:task |it |start )?(?:ends?|ended|finishe[sd]|ok|is ok|exits?|done|completes?) with(?: some| a few| \d)? warnings?(?: ?[:=]? ?\d+)?|\b(?:task )?warnings ?: ?\d+\b/g,
    ' ',
  ],
  // "Lines that look bad:", "messages which sound scary".
  [
    /\b(?:the |some |these |those |a few |many |other |only |log )*(?:lines?|messages?|entries|warnings?|output|things?|stuff) (?:in (?:the )?(?:log|dmesg|journal|syslog) )?(?:that|which|,)? ?(?:look(?:s|ed|ing)?|sounds?|seems?|appears?|reads?) (?:to me )?(?:(?:a bit|quite|really|very|rather|somewhat|like|so) )*(?:bad|wrong|scary|ugly|frightening|dangerous|suspicious|strange|odd|weird|alarming|fatal|like (?:an? )?(?:errors?|failures?|problems?))\b[^;.]*/g,
    ' ',
  ],
  // "Warning in the console at boot: i915 …".
  [
    /\b(?:a |one |the |some |only |single )*(?:warnings?|messages?|errors?|notes?|lines?|oddit(?:y|ies)) (?:(?:is|are|shown|seen|printed|that (?:is|are)|appears?) )?(?:in|on|from|by) (?:the |its |my |ha |vm |guest )*(?:\w{1,14} )?(?:console|log|dmesg|journal|syslog|kernel log|boot log)(?: (?:at|on|during|after|every) \w{1,10})*:.*/g,
    ' ',
  ],
  // Slowness is no failure.
  [
    /\b(?:takes?|took|needs?|taking) (?:about |up to |some |almost |over |around |~ ?|like |me )?(?:(?:\d{1,3}(?:-\d{1,3})?|a few|several|two|three|four|five|ten|a couple of) ?(?:minutes?|mins?|seconds?|secs?|s)|(?:very |quite |really |too |a bit |so |rather )*(?:long(?:er)?|ages|forever|a while|(?:some|its|a lot of|much) time))\b(?: (?:to|until|till|before|for) (?:it |the |windows |vm |guest |i |is |are |has |have )*(?:boots?(?: up)?|booted|starts?(?: up)?|started|comes? up|loads?|loaded|shows?(?: up)?|see \w+|log ?in|first boot|boots? windows|picture|login|desktop))?/g,
    ' slowly ',
  ],
  // "Complaint only: …", "one oddity: …", "my only gripe".
  [
    /\b(?:(?:the |my |with )*(?:only|sole|single|one|minor|small|little|last|remaining|tiny) (?:complaint|oddity|gripe|nitpick|quirk|flaw|drawback|annoyance|downside|nuisance|remark|thing|blemish|wart)|(?:complaint|oddity|gripe|nitpick|quirk|drawback|annoyance) only|only (?:a )?(?:small|minor|little|tiny) (?:problem|issue|thing))\b(?: (?:is|was|left|remains|that|i have))*/g,
    ' except ',
  ],
];
