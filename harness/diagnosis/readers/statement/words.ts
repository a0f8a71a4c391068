import { Phrases, type Vocabulary } from '../phrases.ts';

/** What a word or phrase does in a statement. Lower case; other languages are put into English before (`translate`). */
export type Word =
  // Grammar.
  | 'none' // the same, and of a thing before it: "HDMI: none"
  | 'not' // turns the next word that says something
  | 'mended' // what was said before is over
  | 'over' // the same of something bad; of a thing, that it is no longer there; of what works, that it does no longer
  | 'past' // over, whatever it was
  | 'until' // what stands before it is over
  | 'now' // from here on it is the present
  | 'but' // a new clause, in contrast
  | 'except' // what follows is an exception
  | 'after' // what follows is a circumstance
  | 'unreal' // wished, expected, asked
  | 'filler' // says nothing although it holds a word that would
  // What is spoken of.
  | 'picture'
  | 'sound'
  | 'node'
  | 'accel'
  | 'vm'
  | 'host'
  | 'driver'
  | 'device'
  | 'vf'
  | 'remote'
  | 'tool' // only looks at the device
  | 'beside' // what runs in the guest, or on the host next to it
  | 'other-card'
  | 'early'
  | 'early-picture'
  | 'elsewhere'
  | 'way' // a mode, which is none of the things that can be absent
  | 'away' // another machine
  | 'thing'
  | 'side' // what surrounds the graphics: that it is fine says nothing of them
  // What is said of it.
  | 'good'
  | 'fair' // a sign of success that gives way to any failure
  | 'good-past'
  | 'bad'
  | 'trouble'
  | 'help'
  | 'active' // success of what a program uses, of nothing else
  | 'error' // its absence is no success of the whole
  | 'again' // a second start: a symptom only where it fails
  | 'show'
  | 'place' // as `show`, where it is denied
  | 'listed' // the same; that it is there says little
  | 'late' // a picture that comes only then
  | 'app'
  | 'start'
  | 'install'
  | 'freeze'
  | 'restart'
  | 'black'
  | 'garbled'
  | 'coarse'
  | 'update'
  // Whole symptoms.
  | 'bsod'
  | 'loop'
  | 'repeat' // of a restart: a loop
  | 'basic'
  | 'once'
  | 'firstly' // only of a first start
  | 'no-reboot'
  | 'faults'
  | 'pf-only'
  | 'ellipsis' // "Linux does not", of what was said before
  | 'software'
  | 'sometimes';

const WORDS: Vocabulary<Word> = {
  none: 'no|nothing|none|missing|absent|lost|neither|nor|nope|not there|not present|gone missing|not any',
  not: "not|never|without|cannot|can't|cant|don't|dont|doesn't|doesnt|does'nt|didn't|didnt|won't|wont|isn't|isnt|wasn't|wasnt|aren't|arent|wouldn't|couldn't|can not|fails to|fail to|failed to|failing to|unable to|refuses to|refused to|not able to|loses|lacks|lacking|stays without",
  over: 'gone|went away|goes away|disappeared|disappears|vanished|no longer|no more|any more|anymore|any longer|is lost|get disabled|gets disabled|got disabled|are disabled again|are removed|get removed|got removed|drop off|drop out|dropped',
  mended:
    'fixed|solved|resolved|cured|is over|cleared|sorted out|got rid of|problem solved|issue solved|issue resolved|problem fixed|issue fixed',
  past: 'before|previously|earlier|used to|used to be|initially|at first|formerly|originally|back then|in the past|at the beginning|in the beginning|first i had|had been|once had|past|last year|last month|last week|yesterday|on the old|with the old',
  until: 'until|till|up until|up to|as long as',
  now: 'now|currently|at the moment|today|finally|since then|meanwhile|this time|at last|eventually|from then on|afterwards|then',
  but: 'but|however|though|although|yet|whereas|instead',
  except:
    'except|except for|apart from|besides|aside from|other than|with the exception of|only problem|only issue|only problem is|only issue is|the only problem|the only issue',
  after: 'after|when|once|while|during|if|as soon as|whenever|upon|since|following',
  unreal:
    'should|supposed to|would like|want|wants|wanted|want to|hope|hoping|expect|expected|how to|how do i|how can i|is it possible|wondering|trying to|tried to|try to|goal|would|could|might|in order to|anyone|please|maybe|any fix|plan|planning',
  filler:
    'console_black|without monitor|without a monitor|without any monitor|without a screen|without display attached|not only|no idea|no matter|not sure|no clue|no difference|no change|no effect|no reset|no romfile|no rom file|no vbios|without rom|without romfile|without a rom|without a romfile|not set|not used|not needed|not required|not tested|untested|not tried|no other|no dgpu|no discrete|no such|no overclock|at no time|problem code|problem description|issue description|not applicable|as well|on the host|of the host|from the host|on host|host os|host cpu|guest os|guest kernel|vm os|vm config|the host side|known good|known working|good rom|working rom|working config|device manager|task manager|not in task manager|so far|for now|since weeks|since days|since months|since years|for weeks|for months|for days|since yesterday|start menu|good morning|fine grained|device id|device path|driver version|start up|pci device|no csm|csm off|vfio-pci driver|host driver|no other gpu|not blacklisted|no monitor connected|no monitor attached|no monitor plugged|windows update|missing feature|is not the|is not an|not the|not just|gpu hang|still there|boot gpu|not yet|when used|no gop|no rom|no need|no longer needed|known issue|issue #|for error|no vbios rom|no gop file|legacy boot|vga none|vga=none|display none|vga: none|-vga none|-nographic|no picture of|none yet|no change in|in use|vga set to none|display set to none',
  picture:
    'picture|pictures|image|screen|screens|monitor|monitors|display|displays|output|outputs|hdmi|dp|displayport|display port|dvi|edp|usb-c|signal|video output|video signal|video|hdmi output|display output|video out|desktop|physical output|physical display|external monitor|hdmi port|tv|hdmi signal|image on monitor|television|projector|panel|hdmi/dp|monitor output',
  sound: 'sound|audio|hdmi audio|hdmi sound|audio over hdmi|sound over hdmi|dp audio|audio output|speakers',
  node: '/dev/dri|/dev/dri/renderd128|/dev/dri/card0|/dev/dri/card1|dev/dri|renderd128|/dev/dri/renderd129|renderd129|render node|render nodes|render device|render devices|dri|dri device|card0|drm device|drm devices|/dev/dri/*|/dev/dri folder|/dev/dri directory',
  accel:
    'vainfo|vaapi|va-api|qsv|quicksync|quick sync|intel quick sync|intel quicksync|transcoding|transcode|transcodes|hardware transcoding|hw transcoding|hardware acceleration|hw acceleration|hwaccel|hw accel|acceleration|hardware decoding|hardware encoding|hardware decode|hardware encode|hw decode|hw encode|opencl|openvino|ffmpeg|jellyfin|plex|emby|frigate|tdarr|decoding|encoding|encoder|decoder|3d|3d acceleration|gpu acceleration|graphics acceleration|clinfo|vulkan|opengl|directx|video decode|immich|obs|va-api decode|va api|openvino gpu|vaapi decode|va_opendriver|vainitialize',
  vm: 'vm|guest|windows|virtual machine|win11|win10|windows vm|windows guest|windows 11|windows 10|linux vm|guest vm|qemu|kvm|the vm|vms|domain|xpenology|hassos|home assistant',
  host: 'host|proxmox|server|node|hypervisor|pve|proxmox host|host system|whole system|entire system|whole machine|whole host|entire host|host machine|host server|whole server|unraid|physical machine|pve host|proxmox server|bare metal host|nas|whole pc|mini pc|host kernel|the host kernel|host linux',
  driver:
    'driver|drivers|intel driver|gpu driver|graphics driver|igpu driver|driver installation|driver install|driver setup|installer|driver installer|intel installer|intel graphics driver|i915|i915 driver|xe driver|driver package|the driver|guc|huc|graphics stack',
  device:
    'device|gpu|igpu|igd|graphics card|card|adapter|passthrough|gpu passthrough|igpu passthrough|pass-through|intel gpu|intel igpu|graphics|uhd|uhd graphics|intel uhd|display adapter|graphics adapter|intel graphics|iris|iris xe|intel uhd graphics|hostpci0|vga adapter|pci passthrough|hw|vgpu',
  vf: 'sub devices|subdevices|sub-devices|virtual devices|vf devices|vf|vfs|virtual function|virtual functions|sriov vfs|sr-iov vfs|virtual gpus|vgpus',
  remote:
    'rdp|remote desktop|parsec|moonlight|sunshine|vnc|novnc|console|ssh|spice|teamviewer|anydesk|web console|rustdesk|network|ping|anydesk',
  tool: 'intel_gpu_top|intel-gpu-top|intel_gputop|gputop|nvtop|pmu|i915 pmu|perf|gpu stats|gpu usage|gpu monitoring|usage graph',
  beside:
    'lxc|lxcs|container|containers|lxc container|in lxc|docker|docker container|in docker|docker image|pod|pods|plugin|gpu plugin|device plugin|intel gpu plugin|operator|add-on|addon|kubernetes|k8s|flatpak|snap',
  'other-card':
    'nvidia|geforce|radeon|rtx|gtx|quadro|a310|a380|a580|a750|a770|b50|b570|b580|arc a310|arc a380|arc a770|arc b580|dgpu|nvidia card|nvidia gpu|amd card|discrete card|discrete gpu|nic|hba|nvme',
  early:
    'post|grub|bios|uefi|tianocore|bootloader|boot loader|during boot|while booting|proxmox logo|before windows|until windows loads|before driver loads|until the driver loads|uefi shell|early boot|before login|boot phase|pre-boot|preboot|during post|vm firmware|in firmware|in the vm firmware|in the vm bios|in the guest firmware|guest firmware|firmware stage',
  'early-picture':
    'bios screen|boot logo|boot screen|boot menu|boot splash|uefi screen|splash|splash screen|boot output|firmware screen|bios logo|boot picture|boot image|post screen|tianocore logo|uefi logo|bios picture|firmware picture|boot display|picture at boot|picture during boot|early picture|bios output|uefi output|bios/boot screen|boot video|grub menu',
  elsewhere:
    'linux|ubuntu|debian|linux guest|linux guests|ubuntu vm|ubuntu guest|debian vm|fedora|bare metal|baremetal|on bare metal|live cd|live usb|other vm|another vm|windows bare metal|natively|native|usb stick|live iso|arch|macos|hackintosh',
  way: 'gvt-d|sr-iov|sriov|gvt-g|mdev|gvt',
  away: 'another server|other server|other box|another box|another pc|other pc|second server|another node|other node|another computer|a friend|my other machine|other mini pc|different machine|different host|different pc|of that one|of that|the other card|the other gpu|the other one|dgpu passthrough|the dgpu|another host|another machine|other machine|other host',
  side: 'permission|permissions|dkms|dkms status|dkms build|dkms module|lsmod|dmesg|log|logs|syslog|journal|journalctl|iommu|iommu group|iommu groups|iommu grouping|vt-d|backup|internet|bios settings|usb|disk|keyboard|mouse|ram|groups|lspci|vfio|kernel log|kernel log of the host|the log|building|build|compiling|compilation|compile|make|module build',
  app: 'game|games|app|apps|application|applications|browser|edge|chrome|firefox|program|programs|handbrake|premiere|blender|3dmark|furmark|benchmark|youtube',
  late: 'only after windows|only after login|only after the driver|only once windows|only when windows|only after the login|only in windows|only after driver|not until windows|only after the guest|only after the os|only after logging in|only at login|only from login|first at login|only when the driver|only once the driver',
  thing: 'everything|all|it|this|that|setup|whole setup|rest|the rest|everything else|passing through',
  good: 'succeed|succeeds|succeeded|do their job|does its job|do the job|does the job|works|work|working|ok|okay|fine|good|success|successful|successfully|perfect|perfectly|great|smooth|smoothly|flawless|flawlessly|functional|functioning|properly|correctly|excellent|happy|rock solid|rock stable|up and running|a success|as expected|runs fine|all good|all well|well|nicely|yes|normally|operational|light up|lights up|lit|luck|joy|no problem|no problems|no issue|no issues|no trouble|problem free|trouble free|without problems|without issues|without any problems|without any issues|without problem|without issue|without trouble|without a hitch|without any problem|without any issue|problem-free|no complaints|no complaint|a charm|lgtm|initialize|initializes|initialise|initialises|initialized successfully|rock stable|is stable|stable now|full acceleration|get the login screen|gets the login screen|see the login screen|get the desktop|see the desktop|get a desktop|gets the desktop|shows the desktop|shows the login screen|fully accelerated|accelerated|runs well|runs great|runs stable|running fine|running well|stable',
  fair: 'fair_sign|no crash|no crashes|without crashes|without a crash|no freezes|no hangs|without freezes',
  'good-past':
    'worked|ran|was working|was fine|was ok|worked fine|ran fine|have worked|had worked|had been working|was stable',
  bad: 'instability|instabilities|greyed out|grayed out|fails|fail|failed|failing|failure|broken|broke|breaks|bad|dead|unusable|not-working|nonfunctional|non-functional|stopped working|stops working|stop working|no luck|no success|no joy|no go|useless|kaputt|defekt|inoperable|unstable|ng|wrong|crashed driver|terrible|sadly|disabled by windows|denied|malfunction|malfunctioning|regressed|regression|yellow triangle|yellow bang|yellow exclamation mark|exclamation mark|yellow exclamation|warning triangle|yellow warning|same error|same problem|same issue|no dice|gave up|given up|rolls back|aborts|aborted|unknown symbol|unknown symbols|problem mark|gives up|stuck in d3|error mark|warning mark',
  trouble: 'issue|issues|problem|problems|trouble|troubles|complaint|complaints',
  error: 'error|errors|warning|warnings|bug|bugs|error message|error messages',
  help: 'help|helps|helped|ready|running|runs|started|alive|be used|normal|live',
  active:
    'verified|confirmed|proven|tested ok|active|available|accessible|usable|in use by ffmpeg|enabled and working|detected and used',
  show: 'show|shows|showing|shown|showed up|appear|appears|appearing|appeared|seen|see|sees|visible|detected|detect|found|find|finds|recognized|recognised|recognize|recognise|recognizes|listed|lists|exist|exists|existing|exposed|created|create|shows up|show up|showing up|showed|enumerate|enumerated|generated|made|displays|displayed|displaying|receives|received|receive|comes|arrives|comes out|found in guest|recognises|detects|offered|selectable|offers',
  place: 'in the vm|there|present',
  listed:
    'in device manager|in the device manager|in windows device manager|in lspci|device is working properly|this device is working properly',
  start:
    'start|starts|starting|boot|boots|booting|launch|launches|power on|powers on|powering on|booted|start up|starts up|boot up|boots up|booting up|come up|comes up|turn on|turns on|qm start',
  install:
    'install|installs|installing|installed|installation|setup completes|init|inits|be initialized|be initialised|load|loads|loading|loaded|bind|binds|probe|probes',
  freeze:
    'freeze|freezes|freezing|frozen|froze|hang|hangs|hanging|hung|locks up|lock up|locked up|lockup|lockups|stuck|gets stuck|unresponsive|crash|crashes|crashing|crashed|panic|panics|kernel panic|becomes unresponsive|became unresponsive|goes down|went down|went offline|dies|hard lock|hard locks|hard freeze|hard lockup|complete freeze|full freeze|stalls|stall|becomes unreachable|unreachable|not responding|goes offline|powers off|shuts down|spontaneously reboots|stops responding|completely freezes',
  restart:
    'reboots|restarts|resets|resets itself|reboots itself|restarts itself|reboot|restart|reset|rebooting|restarting|rebooted|restarted|hard reset|hard resets|power cycle|power cycles|reboots immediately|reboots instantly',
  black:
    'black|dark|blank|goes black|black screen|blackscreen|blank screen|dark screen|turns black|no signal|stays black|stays dark|remains black|remains dark|remains blank|stays blank|went black|goes dark|nothing on screen|nothing on the screen|nothing on monitor|nothing on the monitor|nothing on hdmi|nothing displayed|nothing is displayed|display blank|black display|black monitor|backlight only|cursor only|black picture|gives nothing|gives no image|nothing comes out|empty screen|power saving',
  garbled:
    'garbled|corrupt|corrupted|corruption|artifacts|artefacts|artifact|flicker|flickers|flickering|flashing|distorted|distortion|garbage|glitch|glitches|glitching|glitchy|green screen|pink screen|scrambled|striped|stripes|tearing|horizontal lines|vertical lines|wrong colors|wrong colours|snow|mosaic|pixelated|torn|messed up',
  coarse:
    'low resolution|low res|800x600|1024x768|1280x800|640x480|wrong resolution|resolution stuck|only 800x600|only 1024x768|resolution locked|fixed resolution|resolution is low|lower resolution',
  update:
    'update|updates|updated|updating|upgrade|upgraded|upgrading|upgrades|new kernel|kernel update|kernel upgrade|dist-upgrade|apt upgrade|full-upgrade|switching to',
  bsod: 'bsod|bsods|blue screen|bluescreen|blue screens|bluescreens|blue screened|video_tdr_failure|video tdr failure|system_thread_exception_not_handled|page_fault_in_nonpaged_area|blue screen of death|video_scheduler_internal_error|system_service_exception|video_dxgkrnl_fatal_error|irql_not_less_or_equal|critical_process_died|driver_irql_not_less_or_equal|whea_uncorrectable_error|clock_watchdog_timeout|thread_stuck_in_device_driver|bugcheck',
  repeat: 'again and again|over and over|repeatedly|time and again|all the time',
  loop: 'boot loop|bootloop|bootloops|boot loops|boot looping|bootlooping|reset loop|reboot loop|restart loop|loops|keeps rebooting|keeps restarting|keeps resetting|constantly reboots|constantly restarts|automatic repair|automatic repair loop|reboots constantly|restarts constantly|reboots in a loop|in a loop|endless loop|infinite loop|repair loop|reboots every few seconds|endlessly reboots|reboots endlessly|reboots repeatedly|repeatedly reboots|recovery mode|windows recovery|repair mode|vm restarts|vm reboots|the vm restarts|vm keeps restarting|windows restarts|guest restarts|vm resets|guest resets|guest reboots',
  basic:
    'microsoft basic display|microsoft basic display adapter|basic display adapter|basic display driver|microsoft basic display driver|basic display|microsoft basic adapter|basic adapter|microsoft basic driver|basic microsoft driver|microsoft basic render driver|standard vga adapter|standard vga graphics adapter|basic video adapter|ms basic display adapter|generic display driver',
  once: 'only works after|works only after|only working after|only first boot|first boot only|only on first boot|only the first boot|only at first boot|works once|worked once|only once|just once|only the first time|first time only|only first time|only works once|the first time only|only after host reboot|only after a host reboot|only after rebooting the host|only after host restart|only after rebooting host|until host reboot|until reboot|until next reboot|until the next reboot|needs a host reboot|need to reboot the host|have to reboot the host|requires host reboot|needs host reboot|must reboot the host|must reboot host|need to reboot host|requires a host reboot|reboot the host every time',
  again:
    'on first boot only|until vm reboot|until vm restart|until guest reboot|until i reboot the vm|until i restart the vm|until the vm reboots|until vm is rebooted|until vm shutdown|until the vm is restarted|until the vm is rebooted|until i reboot|second start|second boot|second time|after vm reboot|after vm restart|after rebooting the vm|after restarting the vm|after guest reboot|after guest restart|on vm reboot|on vm restart|on second start|on second boot|after vm shutdown|after reboot of vm|after the first reboot|when vm is rebooted|when the vm is rebooted|when i restart the vm|when i reboot the vm|restart of the vm|reboot of the vm|after a guest reboot|after a vm reboot|after the vm reboots|after reboot of the guest|after a vm restart|after a guest restart|after vm reset|after restart of the vm|after a restart of the vm',
  firstly:
    'first start|first boot|first vm start|first vm boot|very first start|very first boot|on first start|at first start|first run|the first time|first time|first launch|after host boot|after the host boots|after host reboot|after a host reboot|after host restart|after rebooting the host|after fresh host boot|after a fresh host boot|after a cold boot|after cold boot|fresh host boot|after a host restart|after the host restarts|directly after host boot|right after host boot|after booting the host|after restarting the host',
  'no-reboot':
    "can't reboot|cannot reboot|can not reboot|won't reboot|unable to reboot|can't be rebooted|cannot be rebooted|can't restart|cannot restart|won't restart|fails to reboot|does not reboot|doesn't reboot|fails to restart|not survive a reboot|not survive reboot|not survive reboots|not survive a restart|survive a reboot only once|can't be restarted|cannot be restarted",
  faults:
    'fault storm|iommu fault storm|dmar fault storm|dma fault storm|iommu faults|dmar faults|dma faults|iommu page faults|iommu fault|dmar fault|dma fault|dma read fault|dma write fault|dmar errors|iommu errors|fault flood',
  ellipsis: 'not_either',
  'pf-only': 'pf_only|only the pf|only the physical function|only the pf is there|just the pf',
  software: 'llvmpipe|software rendering|software renderer|softpipe|software rasterizer|swrast|cpu rendering',
  sometimes:
    'sometimes|now and then|randomly|random|occasionally|intermittent|intermittently|from time to time|sporadic|sporadically|not always|every few hours|every few days|once in a while|after some time|after a while|after a few hours|after a few minutes|after a few days|after several hours|half the time|now and again|irregularly|every other boot',
};

export const STATEMENT_WORDS = new Phrases<Word>(WORDS);
