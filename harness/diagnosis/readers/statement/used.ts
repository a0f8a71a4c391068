import { GAP } from './effect-words.ts';

const GPU = String.raw`(?:vaapi|va-api|qsv|igpu|i?gpu|vf|vgpu|igd|intel gpu|virtual gpu|virtual function|intel graphics|graphics|quick ?sync|hardware)`;
const PROGRAM = String.raw`(?:jellyfin|plex|emby|frigate|immich|tdarr|ffmpeg|obs|handbrake|parsec|sunshine|openvino|kodi|blender|premiere|resolve|firefox|chrome|vlc|mpv)`;
const CODEC = String.raw`(?:h\.?26[45]|hevc|avc|av1|vp[89]|mpeg2|mjpeg)`;

/** Success that is told by what a program or a tool does with the device. */
export const USED: readonly (readonly [pattern: RegExp, words: string])[] = [
  // "Transcodes 4 streams".
  [
    /(?<!\b(?:no|not|never|n't|only|cpu|software) (?:\w+ )?)\btranscod(?:es|ing|ed) (?:(?:about|up to|at least|easily|happily) )?(?:\d{1,2}|two|three|four|five|six|several|many|multiple) (?:\S{1,10} ){0,2}(?:streams?|movies|films|videos)\b(?! (?:in|on|by|with|via) (?:the )?(?:cpu|software))/g,
    'vaapi works',
  ],
  // Measured: "4.7x realtime", "speed=5.2x", "at 5 % CPU".
  [
    new RegExp(
      String.raw`\b(?:(?:${CODEC}_)?(?:vaapi|qsv)|ffmpeg|encod\w+|decod\w+|transcod\w+|${CODEC})\b${GAP}(?<![\d.,])[1-9]\d{0,2}(?:[.,]\d{1,2})? ?x(?![\w-])(?! (?:slower|worse|longer))(?: (?:real[ -]?time|speed))?`,
      'g',
    ),
    'vaapi works',
  ],
  [
    /(?<!only |at |just )\b(?:speed ?[=:] ?|at )?(?:[1-9]|\d{2,3})(?:[.,]\d{1,2})? ?x (?:real[ -]?time|speed)\b/g,
    'vaapi works',
  ],
  [
    new RegExp(
      String.raw`\btranscod\w+\b${GAP}\b(?:at|with|about|around|only|~|uses?|using)? ?(?:about |around |only |~)?\d{1,2} ?% (?:of )?(?:the )?cpu\b`,
      'g',
    ),
    'vaapi works',
  ],
  // "Both use the GPU now".
  [
    new RegExp(
      String.raw`\b(?:both|all(?: of them| three)?|all containers|they)(?: now| really| happily| actually| do| can)* use (?:the |my |intel |its )*${GPU.replace('graphics|', 'gpu|')}\b(?! (?:of|on|in) the host)`,
      'g',
    ),
    'vaapi works',
  ],
  // What tools show where the device is in use.
  [
    new RegExp(
      String.raw`\bvainfo\b${GAP}\b(?:profiles?|entry ?points?|vaprofile\w*|all codecs|ihd driver|intel ihd)\b`,
      'g',
    ),
    'vaapi works',
  ],
  [
    new RegExp(
      String.raw`\b(?:clinfo|vulkaninfo|glxinfo|glmark2|webgl\w*|opengl renderer|renderer)\b(?: -b| says?| shows?| reports?| lists?| prints?| is|:|=| string)*${GAP}\b(?:mesa )?(?:intel(?:\(r\))?)(?! iommu)`,
      'g',
    ),
    'vaapi works',
  ],
  [
    new RegExp(
      String.raw`\b(?:intel_gpu_top|task manager|gpu-z|nvtop|resource monitor)\b${GAP}\b(?:load|usage|activity|utili[sz]ation|busy|working|moves|rises|goes up|jumps|climbs|reacts|ticks|[1-9]\d? ?%|100 ?%)(?! (?:is|stays|remains) (?:0|zero))`,
      'g',
    ),
    'vaapi works',
  ],
  [
    new RegExp(
      String.raw`\bis (?:actively |now |being |really )*used by ${PROGRAM}\b|\b${PROGRAM} (?:now |really |actually |happily |successfully )*(?:uses|is using|utili[sz]es|makes use of) (?:the |my |intel |its )*${GPU}\b`,
      'g',
    ),
    'vaapi works',
  ],
  [
    new RegExp(
      String.raw`\b(?:definitely|clearly|really|indeed|actually|happily|successfully|properly) (?:uses|using|utili[sz]ing|utili[sz]es) (?:the |my |its |a |that |this |intel |virtual )*${GPU}\b`,
      'g',
    ),
    'igpu works',
  ],
  [
    new RegExp(
      String.raw`\b${PROGRAM}\b(?:(?!\b(?:no|not|never|can't|cannot|won't|should|only)\b)[^,;.]){0,24}\b(?:hardware|hw|gpu)[ -](?:transcodes|decodes|encodes)\b|\b(?:transcodes?|decodes?|encodes?|transcoding is done) (?:in|by|on|with|via) (?:hardware|hw|the i?gpu|i?gpu|qsv|vaapi)\b|\b(?:qsv|vaapi|quick ?sync|(?:hw|hardware) \w+) (?:finally |now )?kicks in\b`,
      'g',
    ),
    'vaapi works',
  ],
  [
    /(?<!\b(?:no|without|missing|not|never)\b[^;.]{0,20})\(hw\)(?! (?:is )?(?:missing|absent|gone))/g,
    'vaapi works',
  ],
  [
    /\b\d{1,3}(?:[.,]\d)? ?ms inference\b|\binference(?: speed| time|s)?(?: is| of|:| at| around| about| ~)* ?\d{1,3}(?:[.,]\d)? ?ms\b/g,
    'vaapi works',
  ],
  [
    /(?<!\b(?:no|without|not|only) )\bfull (?:graphics |gpu |hardware |3d )?acceleration\b|\bmetal (?:is )?(?:now )?(?:supported|works|enabled)\b/g,
    'vaapi works',
  ],
  [
    /\b(?:typing|writing|posting) (?:this|these lines) (?:from|in|on|inside) (?:the|that|my|this) (?:vm|guest)\b/g,
    'picture works',
  ],
];
