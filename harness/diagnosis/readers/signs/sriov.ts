import { NO_OUTPUT_OF_VF } from '../statement/no-output.ts';
import { said, type Said } from '../reading.ts';
import type { SignRow } from './row.ts';

const MISSING: readonly Said[] = [said('symptom', 'vfs-missing')];
const OTHER_MODULE = /\b(?:nvidia|zfs|r81\d\d|virtualbox|vboxdrv|vendor-reset|broadcom|rtl\d+)\b/;
const WHOLE = /\b(?:whole|entire|full|gvt-[dg]|pass(?:ed|ing)?[- ]?through)\b|直通/i;
const CANNOT = String.raw`(?:does(?:n't| not)|won't|will not|can(?:'t|not)|could(?:n't| not)|fail(?:s|ed)? to|not able to|unable to)`;

/** What is told of virtual functions and of the module that makes them. */
export const SRIOV_SIGNS: readonly SignRow[] = [
  // A plugin's page, lspci, or a maker's answer.
  {
    when: [
      /\bsr-?iov\b[^.;]{0,40}(?:\bnot supported\b|\bunsupported\b|\bnot available\b|\bunavailable\b|不支持|不可用|\bnicht unterstützt|\bnicht verfügbar|\bnon supporté|\bno soportad|\bне поддерж)|(?:\bno|\bwithout|\blacks?|\bdoes(?:n't| not) (?:have|show|list|support)(?: any| an| the)?) (?:sr-?iov|single root i\/o virtuali[sz]ation)(?: extended)? ?(?:capabilit\w+|support|cap\b|$)|不支持 ?sr-?iov/,
    ],
    unless: /\bsr-?iov configuration\b|\?$|\bnot sure\b|\bother (?:box|machine|server)\b/,
    // Who then passes the whole device misses no virtual functions.
    says: (_line, all) => [said('sign', 'sriov-refused'), ...(WHOLE.test(all) ? [] : MISSING)],
  },
  {
    when: [
      /\bno (?:(?:additional|extra|further|new|more|other|such) )?(?:sub[- ]?|child |virtual )(?:devices?|functions?|gpus?|igpus?)\b|\bno (?:additional|extra|further) (?:vfs?|functions?|gpus?|devices?)\b/,
    ],
    says: MISSING,
  },
  {
    vfs: true,
    when: [
      /\bonly (?:one|1|a single|the one) (?:graphics|video|vga|display|i?gpu|vga device|entry|option)\b[^.;]{0,40}\b(?:iommu|lspci|lists?|listed|pci devices|shown|shows?|option|appears?)\b|\b(?:iommu|lspci|pci devices?|list)\b[^.;]{0,60}\bonly (?:one|1|a single) (?:graphics|video|vga|display|i?gpu|device)\b|只(?:显示|有|能看到)?一[个張张块](?:显卡|核显|设备|gpu)|只显示一个/,
    ],
    says: MISSING,
  },
  {
    when: [
      /\bsriov_(?:num|total)vfs\b.{0,80}(?:no such file|does(?:n't| not) exist|\bmissing\b|\bnot (?:there|found|present|existing)\b|\babsent\b|existiert nicht|fehlt|不存在|\b(?:stays|remains|is|reads|shows) (?:at )?0\b)|\bno (?:file )?sriov_(?:num|total)vfs\b/,
    ],
    unless: /echo|write error/,
    says: MISSING,
  },
  {
    when: [
      /\b(?:sriov_numvfs|vfs)\b.{0,60}(?:numerical result out of range|function not implemented|input\/output error)|(?:numerical result out of range|function not implemented).{0,60}\bsriov_numvfs\b/,
    ],
    says: MISSING,
  },
  // The module is there as a source only, or could not be built.
  {
    when: [
      new RegExp(
        String.raw`\bi915[-_]sriov\S{0,60}(?:, ?[\w.+-]{1,40}){0,2}:? added\b|\bdkms status\b.{0,60}\badded\b|\bkernel headers for kernel \S{1,60} (?:cannot|could not) be found|\bheaders\b.{0,60}(?:unable to locate|not found|cannot be found|\bmissing\b|no longer available|not installed|fehlen)|unable to locate package (?:pve|proxmox|linux)-headers|build_exclusive directive which does not match|\b(?:module|dkms|i915-sriov\S{0,20})\b.{0,30}\b${CANNOT} (?:be )?(?:build|built|compile)|\b(?:not able|unable|impossible) to (?:build|compile) (?:the |this |i915-sriov)|\b(?:dkms|module) (?:build|compilation) (?:fails|failed|error)|无法编译|编译(?:失败|报错|不过)|lässt sich nicht (?:bauen|kompilieren|übersetzen)|не собирается|не компилируется`,
      ),
    ],
    unless: OTHER_MODULE,
    vfs: true,
    says: (line, all) => [said('sign', isOfGuest(line, all) ? 'guest-module-unbuilt' : 'module-unbuilt')],
  },
  // A module of another kernel, or one that nobody signed.
  {
    when: [
      /\bcould not insert '?(?:i915|xe|intel_sriov\w*)(?:_compat)?'? ?: (?:exec format error|invalid (?:argument|module format)|unknown symbol)|\b(?:i915|xe)(?:_compat)?: (?:version magic|disagrees about version of symbol)/,
    ],
    unless: OTHER_MODULE,
    says: (line, all) => [said('sign', isOfGuest(line, all) ? 'guest-module-unbuilt' : 'module-unbuilt')],
  },
  {
    when: [
      /\bcould not insert '?(?:i915|xe)(?:_compat)?'? ?: (?:key was rejected|required key not available)/,
    ],
    unless: /\b(?:guest|vm)\b/,
    says: [said('sign', 'driver-kept-out')],
  },
  {
    vfs: true,
    when: [
      /\b(?:pick(?:ed|s)?|pass(?:ed|es|ing)?(?: through)?|g[ai]ve[sn]?|giving|assign(?:ed|s|ing)?|add(?:ed|s|ing)?|attach(?:ed|es|ing)?|select(?:ed|s|ing)?|chose|choose|put|map(?:ped)?|took|use[ds]?)\b[^.;]{0,30}(?:\b(?:0000:)?00:02\.0\b|\b(?:the )?(?:pf|physical function)\b)[^.;]{0,30}\b(?:vms?|guests?|windows|ubuntu|debian|machine)\b|\b(?:vms?|guests?)\b[^.;]{0,30}\b(?:has|have|gets?|got|was given|uses?|with)\b[^.;]{0,20}(?:\b(?:0000:)?00:02\.0\b|\b(?:the )?(?:pf|physical function)\b)|\b(?:0000:)?00:02\.0 (?:itself )?(?:was |is |got |has been )?(?:given|passed|assigned|added|attached|handed)(?: through| over)? to\b|把 ?(?:0000:)?00:02\.0 ?(?:直通|给)/,
    ],
    unless: /\b(?:not|never|n't|instead of|must not|should|shouldn't|00:02\.[1-7])\b|\?$/,
    says: [said('sign', 'pf-given')],
  },
  {
    vfs: true,
    when: [
      /\b(?:others?|rest|other (?:ones|functions|devices|gpus|vfs)|vfs?|virtual functions|(?:six|seven|all|the) (?:of them|vfs|functions)|they)\b[^.;]{0,24}\b(?:are|is|were|have|has|all|just|suddenly|then|now)\b[^.;]{0,16}\b(?:missing|gone|vanished|disappeared|lost|no longer there|not there any ?more)\b|\b(?:vfs|virtual functions|the others) (?:vanish|disappear|go away|get lost)\b/,
    ],
    unless:
      /\b(?:errors?|code|artefacts|artifacts|problems?|trouble|fixed|solved|once|earlier|previously|used to)\b/,
    says: MISSING,
  },
  {
    when: [
      /\binstall (?:i915|xe) \/bin\/(?:false|true)|running install command '?\/bin\/(?:false|true)'? for module (?:i915|xe)\b/,
    ],
    unless: /\b(?:removed|no longer|without)\b/,
    says: [said('sign', 'driver-kept-out')],
  },
  {
    vfs: true,
    when: [
      /\bno (?:kernel )?driver (?:is )?(?:bound|attached|loaded) (?:to|for|on) (?:the )?(?:device|i?gpu|pf|physical function|(?:0000:)?00:02\.0)|\bdevice-?1?: intel\b.{0,80}\bdriver: n\/a\b|\b(?:00:02\.0|pf|igpu) has no (?:kernel )?driver\b/,
    ],
    unless: /\b(?:guest|in the vm)\b/,
    says: [said('sign', 'no-pf-driver')],
  },
  {
    vfs: true,
    when: [
      /\b(?:want|wants|wanted|wish|goal|hope|hoping|would like|looking for|is it possible|how (?:can|do) i)\b[^.;]{0,80}\b(?:display ?ports?|hdmi|monitor|physical (?:display|output|screen)|video out(?:put)?)\b/,
    ],
    unless:
      /\b(?:whole|entire|(?:not|n't|never|no|nobody|no one|none) (?:\w{1,8} )?(?:need|want|wish)\w*|without)\b/,
    says: [said('symptom', 'display-wanted')],
  },
  // The port shows the host, as it must.
  {
    vfs: true,
    when: [
      /\b(?:tv|monitors?|screens?|displays?|projector|beamer|hdmi|display ?port|dp|usb-c|port|output)\b[^.;]{0,80}\b(?:shows?|displays?|gives?|outputs?|has|zeigt)\b[^.;]{0,24}\b(?:proxmox|host(?:'s)?|pve|unraid|hypervisor|host-konsole)\b[^.;]{0,24}(?:\b(?:console|login|prompt|screen|desktop|shell|terminal|text|picture|konsole)\b|,|$)/,
    ],
    unless: /\b(?:expected|of course|as it should|on purpose|not needed|no need)\b|\?$/,
    says: [said('symptom', 'display-wanted')],
  },
  {
    vfs: true,
    when: [new RegExp(NO_OUTPUT_OF_VF.source)],
    unless: /\b(?:host|expected|of course|not needed|no need)\b|\?$/,
    says: [said('symptom', 'display-wanted')],
  },
];

/** Whose module it is: the line says it, or the text tells of an installation in the guest. */
function isOfGuest(line: string, all: string): boolean {
  if (/\b(?:guests?|vm|lxc guest)\b|@\w{0,20}-?vm\b/.test(line)) return true;
  if (/\b(?:host|node|pve|proxmox)\b/.test(line)) return false;
  return /\b(?:install|build|compil|mak)\w*\b[^\n]{0,80}\b(?:in|inside|on) (?:the|my|a) (?:\w+ )?(?:vm|guest)\b/i.test(
    all,
  );
}
