import type { GuestSight, Symptom } from '../../fact.ts';

/** One way in which something is seen inside of a Linux guest. */
export interface Pattern {
  readonly sights: readonly GuestSight[];
  readonly symptoms: readonly Symptom[];
  readonly text: RegExp;
  /** Words of people, which may be of the host as well: they count only where the line says that it is the guest. */
  readonly guestOnly: boolean;
  /** What is denied counts for nothing. */
  readonly positive: boolean;
  /** The clause tells a lack and nothing else. What is there is told on by the statement: success has its home there. */
  readonly whole: boolean;
}

type Options = Partial<Omit<Pattern, 'sights' | 'text'>>;

function sees(sight: GuestSight | readonly GuestSight[], text: RegExp, options: Options = {}): Pattern {
  const sights = typeof sight === 'string' ? [sight] : sight;
  return { sights, text, symptoms: [], guestOnly: false, positive: false, whole: true, ...options };
}

const NO_NODE = { symptoms: ['no-render-node'] } as const;
const NO_ACCELERATION = { symptoms: ['no-acceleration'] } as const;
const HAS = { positive: true, whole: false } as const;
/** A command’s output that is not there. */
const NOTHING = String.raw`(?:nothing|empty|blank|no (?:output|match\w*|results?|lines?|hits?|entr\w+)|none|not (?:there|listed|found|shown)|leer|nichts|rien|nada|пусто|无输出|没有)`;

/**
 * Wording: pciutils (`Kernel driver in use`), inxi (`driver: N/A`), lshw (`UNCLAIMED`, `driver=`), kmod, dkms, libva,
 * igt-gpu-tools; what people write instead.
 */
export const PATTERNS: readonly Pattern[] = [
  sees('bound', /\bkernel driver in use:? {1,4}(?:i915|xe)\b/i, HAS),
  sees('bound', /\bdriver[:=] ?(?:i915|xe)\b(?!-)/i, HAS),
  sees('bound', /\bIntel .{2,60}@ \/dev\/dri\/card\d/i, HAS),
  sees(
    'bound',
    /\b(?:using|uses|bound to|bound by|driven by|claimed by|held by|attached to|handled by|managed by)(?: the)? (?:i915|xe)\b(?!-| module)/i,
    { ...HAS, guestOnly: true },
  ),
  sees(
    'bound',
    /\b(?:i915|xe)(?: driver)? (?:is |gets |got |was )?(?:bound|binds|attached|claims|in use)\b/i,
    {
      ...HAS,
      guestOnly: true,
    },
  ),
  sees(
    'unbound',
    /\bkernel driver in use["'`]?(?: line)?:? {0,4}(?:is |was )?(?:none\b|n\/a\b|-+$|<none>|\(none\)|nothing|empty|missing|absent|not (?:there|shown|present|listed))/i,
    NO_NODE,
  ),
  sees(
    'unbound',
    /\b(?:no|without(?: an?y?)?|lacks|lacking|missing|keine?n?)(?: the| a)? ["'`]?kernel ?(?:driver|treiber)(?: in use|\b)/i,
    { ...NO_NODE, guestOnly: true },
  ),
  sees('unbound', /\bno ["'`]?kernel driver in use/i, NO_NODE),
  // "Kernel modules: i915 (no "in use")".
  sees(
    'unbound',
    /\bkernel modules?: ?(?:i915|xe)\b[^;]{0,12}\b(?:no|not|without|but no|nothing) ["'`]?(?:driver )?["'`]?in use|\bno ["'`]?(?:driver )?in use["'`]? line/i,
    NO_NODE,
  ),
  sees(
    'unbound',
    /\bno (?:kernel )?driver (?:is |was |gets |got )?(?:in use|bound|loaded|attached|claimed|assigned|binds)/i,
    { ...NO_NODE, guestOnly: true },
  ),
  sees(
    'unbound',
    /\bdriver: N\/A\b|\*-(?:display|video)\S{0,6} UNCLAIMED|\bdisplay[^,;]{0,12} UNCLAIMED/,
    NO_NODE,
  ),
  sees(
    'no-module',
    new RegExp(
      String.raw`\blsmod\b[^;]{0,24}\b(?:i915|xe)\b[^;]{0,24}?(?:${NOTHING}|\bmissing|\bnot\b)|\blsmod\b[^;]{0,20}\b(?:no|without) (?:i915|xe)\b|\b(?:no|without) (?:i915|xe) in lsmod\b`,
      'i',
    ),
    NO_NODE,
  ),
  sees(
    'no-module',
    /\bmod(?:probe|info): .{0,20}\b(?:module )?['"`]?(?:i915|xe)['"`]? not found|\bCONFIG_DRM_(?:I915|XE)(?: is not set|=n)\b/i,
    NO_NODE,
  ),
  sees(
    'no-module',
    /\b(?:i915|xe)(?:\.ko)?(?: kernel)?(?: module| driver)? (?:(?:is|was|are)(?: not|n't)|not) (?:loaded|built|included|compiled|available|present|shipped|there|part of|in the kernel|enabled in)|\b(?:i915|xe)(?:\.ko)?(?: module| driver)? (?:is )?(?:missing|does not exist|doesn't exist)|\b(?:no|without(?: an?y?| the)?|lacks(?: the)?|lacking|has no|kein) (?:i915|xe)(?:\.ko)?\b(?! error| line| message| output| problem| option| param)/i,
    { ...NO_NODE, guestOnly: true },
  ),
  sees('id-unknown', new RegExp(String.raw`\bmodinfo (?:i915|xe)\b[^;]{0,60}?${NOTHING}`, 'i'), NO_NODE),
  sees(
    'id-unknown',
    /\b[0-9a-f]{4} (?:is )?(?:not|nowhere|missing)(?: in| from| known to| listed in| part of| supported by| among)? .{0,24}\b(?:modinfo|i915|id table|pci ids?|aliases|kernel)\b/i,
    { ...NO_NODE, guestOnly: true },
  ),
  sees(
    'bare-kernel',
    /\bcloud[- ]?(?:kernel|image|img|flavou?r|variant)\b|\bgeneric ?cloud\b|\blinux-(?:image-)?(?:virtual|virt|kvm|aws|azure|gcp)\b/i,
    HAS,
  ),
  sees(
    'render-node',
    /(?:^|: ?|\$ ?|-> ?|=> ?)[c-][rwx-]{9}\S? .{0,60}\brenderD1\d\d$|\bcard\d (?:.{0,30} )?renderD1\d\d\b|\brenderD1\d\d (?:.{0,30} )?card\d\b/,
    HAS,
  ),
  sees(
    'render-node',
    /\brenderD1\d\d\b[^,;]{0,24}\b(?:is there|are there|exists?|is present|visible|available|shows up|appears|there|vorhanden)\b|\b(?:has|have|see|shows|with|contains|got|there is|there's)(?: a| the)? (?:\/dev\/dri\/)?renderD1\d\d\b/i,
    HAS,
  ),
  sees('render-node', /\b(?:in|under|below|has|shows) \/sys\/class\/drm\b/, { ...HAS, guestOnly: true }),
  sees(
    'bound',
    /\b(?:i?gpu|device|card)\b[^,;]{0,20}\b(?:accessible|visible|available|usable)\b[^,;]{0,12}\b(?:from|in|inside|to)\b[^,;]{0,24}\bcontainers?\b/i,
    HAS,
  ),
  sees(
    [],
    /\/dev\/dri\b[^,;]{0,40}?\b(?:empty|missing|absent|not (?:there|present|created|found|exist\w*|available)|doesn't (?:exist|appear|show)|does not (?:exist|appear|show)|isn't there|no such file|nothing|leer|fehlt|gone|vide|vacío)\b/i,
    NO_NODE,
  ),
  sees(
    [],
    /\bno such (?:thing|device|node|file)\b[^,;]{0,16}\/dev\/dri|\b(?:no|nothing(?: in| under| at| below)?|without(?: an?y?)?|missing|kein\w{0,2}|empty|cannot access|can't find|kann nicht)(?: the)? (?:['"`]?\/dev\/dri|renderD1\d\d|render (?:node|device))/i,
    NO_NODE,
  ),
  sees(
    'gave-up',
    /\b(?:wedged|ring reset (?:times?|timed) out|(?:GT|gpu|engine) reset (?:failed|times? out|timed out))\b/i,
    {
      symptoms: ['no-acceleration'],
      whole: false,
    },
  ),
  sees(
    'driver-installed',
    /\b(?:module|driver|dkms|i915-sriov\S*|version \S+|\d{4}\.\d\d\.\d\d\S*)\b[^;]{0,60}\b(?:installed|built|loaded|same|also|host and)\b[^;]{0,20}\bin(?:side)?(?: both| the| each| my| all)? (?:guests?|vms?)\b|\bi915-sriov-dkms\/\S{4,40}: installed|\b\d{4}\.\d\d\.\d\d[^;]{0,20} on (?:the )?host and in (?:the )?(?:vms?|guests?)\b/i,
    HAS,
  ),
  sees(
    'other-node',
    /\b(?:virtio_gpu|virtio|bochs[\w-]{0,5}|qxl|vmwgfx|cirrus|simpledrm)_(?:drv_video|dri)\.so|\bvideo adapter not using i915/i,
    NO_ACCELERATION,
  ),
  sees('other-node', /\bcard0\b[^,;]{0,24}\b(?:bochs|virtio|qxl|std ?vga|emulated|vmware|cirrus)/i, HAS),
  sees(
    'no-right',
    /\/dev\/dri\S{0,20}[^;]{0,30}\bpermission denied|\bpermission denied[^;]{0,40}\/dev\/dri/i,
    NO_ACCELERATION,
  ),
  // One node does what the other cannot: the second is that of the iGPU.
  sees(
    ['other-node', 'accelerates'],
    /\bvainfo\b.{0,60}renderD1(?:29|3\d)\b.{0,24}\b(?:lists?|shows?|works?|ok|fine|succeeds|good|all profiles)\b|\brenderD129\b[^,;]{0,16}\b(?:works?|is (?:the )?(?:intel|igpu|i915|right))\b|\b(?:intel|igpu|i915)\b[^,;]{0,24}\bis (?:on |at )?(?:\/dev\/dri\/)?renderD129\b/i,
    { positive: true, whole: false },
  ),
  sees(
    'no-right',
    /\bas (?:the )?(?:user|service|non-root|normal user|www-data|jellyfin|plex|emby|frigate|immich|render)\b.{0,60}\b(?:fail\w*|cannot|can't|denied|failed to open)|\bfailed to open the given device\b|\b(?:works|ok|fine|lists \w+|all profiles\b.{0,12}) (?:only )?(?:as|with|under|for) (?:root|sudo)\b|\bgroups=(?!\S*\brender\b)\d{1,6}\(\w{1,32}\)(?:,\d{1,6}\(\w{1,32}\)){0,20}\s*$|\bnot (?:a member of|in)(?: the)? (?:render|video) group\b|\bsudo vainfo\b.{0,40}\b(?:works?|lists?|listed|ok|fine|profiles)\b/i,
    { ...NO_ACCELERATION, whole: false },
  ),
  sees(
    'container',
    /\b(?:not (?:shown as )?allocatable|Quick Sync Video not supported|no supported devices found|gpu\.intel\.com\/\S{2,10}: 0)\b/i,
    NO_ACCELERATION,
  ),
  sees('software', /\b(?:llvmpipe|softpipe|swrast|software (?:render\w+|rasteri[sz]\w+))\b/i, {
    positive: true,
    ...NO_ACCELERATION,
  }),
  sees(
    'accelerates',
    /\bVAProfile\w+ {0,20}: {0,4}VAEntrypoint|\bDriver version: Intel (?:iHD|i965)|\bMesa (?:DRI )?Intel\b|\bOpenCL \d\.\d NEO\b|\b(?:clinfo|vulkaninfo)\b[^;]{0,20} Intel\(R\)|\bdeviceName ?= ?Intel\b|\bVAAPI available with iHD|(?:\b|_)(?:qsv|vaapi)\b[^;,]{0,12} \d{1,3}(?:\.\d{1,3})?x\b/i,
    HAS,
  ),
  sees(
    'accelerates',
    /\bverified\b[^,;]{0,24}\b(?:transcod\w+|decod\w+|encod\w+|vaapi|qsv)\b|\b(?:hw|hardware) (?:transcod|decod|encod)\w+[^,;]{0,20}\b(?:verified|confirmed)\b/i,
    HAS,
  ),
  sees(
    'accelerates',
    /\b(?:directly|natively|installed) (?:in|inside|on) the (?:\w{1,12} )?(?:vm|guest)\b[^,;]{0,12}\b(?:fine|works|ok)\b/i,
    HAS,
  ),
  sees(
    'accelerates',
    /\bvainfo\b[^,;]{0,24}\b(?:ok|fine|works|lists|shows (?:all|the|every|many|h264|hevc|profiles|entrypoints))\b/i,
    HAS,
  ),
  sees(
    'media-failed',
    /\bvainfo\b[^,;]{0,60}(?:\bfail\w*|\berrors?\b|returns? -1|init failed|\bdoes not\b|\bdoesn't\b|resource allocation)|\bvaInitialize failed|_drv_video\.so init failed|\bva_openDriver\(\) returns (?!0\b)/i,
    { positive: true },
  ),
];

/** An out-of-tree driver that does not get into a kernel. Whose kernel has to be told. */
export const BUILD_FAILED =
  /\bBad return status for module build|\bbinary package for \S+?:? .{0,12}\bnot found|\bBUILD_EXCLUSIVE directive|\bModule build for kernel \S+ was skipped|\bi915-sriov-dkms\/\S{4,40}: added\b|\b(?:unable to locate|couldn't find|can't find|cannot find|could not find|no)\b[^,;]{0,20} linux-(?:modules-extra|headers)|\blinux-(?:modules-extra|headers)\S{0,40} (?:is |was |are )?(?:not found|missing|unavailable|not available|not installed|not there|doesn't exist|does not exist)|\b(?:module|driver|dkms|i915-sriov\S*)\b[^,;]{0,40}\b(?:does not|doesn't|won't|will not|would not|wouldn't|fails? to|failed to|not able to|unable to|cannot|can't|could not|couldn't) (?:be )?(?:build|built|compile|compiled|install|installed)\b|\b(?:not able|unable|failed|fails|can't|cannot) to (?:build|compile|install) (?:the )?(?:\S+ ){0,2}(?:module|driver|dkms)\b|\b(?:module build|building|compil\w{2,6}|dkms(?: build| install)?)(?: of the module)? (?:fails?|failed|errors? out|breaks|aborts|stops)\b|\b(?:install\w*|building|compiling)\b[^,;]{0,30}\bmodule\b[^,;]{0,30}\bfails?\b/i;
