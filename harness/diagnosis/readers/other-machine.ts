import type { Part, PartKind } from '../part.ts';
import { plainLine } from './facts/plain-line.ts';

const LOG = String.raw`(?:dmesg|journal(?:ctl)?|syslog|kern(?:el)?[. -]?log|logs?|logfile|kernel messages|boot log)`;
const CONFIG = String.raw`(?:(?:vm )?conf(?:ig)?(?: file)?|qm config|vm\.conf|xml|domain xml|konfig(?:uration)?|configuración)`;
/** What a word for a paste covers. */
const KINDS: readonly (readonly [RegExp, readonly PartKind[]])[] = [
  [new RegExp(String.raw`\b${LOG}\b`, 'i'), ['kernel-log', 'guest-kernel-log', 'qemu-log']],
  [new RegExp(String.raw`\b${CONFIG}(?![\w.])`, 'i'), ['proxmox-config', 'libvirt-xml', 'qemu-command-line']],
  [/\blspci\b/i, ['lspci']],
];
const MACHINE = String.raw`(?:node|machine|host|box|server|pc|system|computer|nuc|board|laptop|setup|rig|proxmox|hardware|rechner|maschine|kiste|knoten|máquina|equipo|nodo|ordenador|ordinateur|serveur|noeud|nœud)`;
const OTHER = String.raw`(?:(?:my |the |an? |some |our |meinem |meiner |dem |der |einem |einer |mi |la |el |un |una |mon |ma |le |d'un )*(?:other|another|different|second|old|older|previous|test|sister|twin|wrong|friend['’]?s|colleague['’]?s|brother['’]?s|anderen|andern|zweiten|alten|otra|otro|autre)) (?:[\w-]{1,12} )?${MACHINE}`;
const OF_IT = String.raw`\b(?:from|of|off|on|taken (?:from|on)|made on|belongs to|by|vom?|aus|auf|de|del|sur|is)\b (?:it is |it's )?`;
/** "It's from my other node", "taken on another machine". */
const FROM_OTHER = new RegExp(`${OF_IT}${OTHER}\\b`, 'i');
/** "Not of this host", "not from the machine with the problem". */
const NOT_THIS = new RegExp(
  String.raw`\b(?:not|isn['’]?t|nicht|no es|pas) (?:from|of|taken on|vom?|von|de) (?:this|the same|that|the affected|the failing|diese[mr]|esta|este|cette|ce)(?: [\w-]{1,12})? ${MACHINE}\b|\bnot (?:from|of) ${MACHINE} (?:in question|with the (?:problem|trouble))\b`,
  'i',
);
const OTHERWISE =
  /\b(?:compare|compared|comparison|there it works|works there|tried|same (?:there|on|in)|fine there|for reference)\b|\?/i;

/** The lines of facts that say that a paste is of another machine than the one in question. */
export function ofOtherMachine(parts: readonly Part[]): {
  readonly kinds: ReadonlySet<PartKind>;
  readonly says: (input: string, line: number) => boolean;
} {
  const kinds = new Set<PartKind>();
  const lines = new Set<string>();
  for (const { kind, input, lines: all } of parts) {
    if (kind !== 'facts') continue;
    for (const { n, text } of all.slice(0, 400)) {
      const said = saidIn(plainLine(text).slice(0, 400));
      for (const one of said) kinds.add(one);
      if (said.length > 0) lines.add(`${input}\n${String(n)}`);
    }
  }
  return { kinds, says: (input, line) => lines.has(`${input}\n${String(line)}`) };
}

function saidIn(text: string): readonly PartKind[] {
  const other = FROM_OTHER.exec(text) ?? NOT_THIS.exec(text);
  if (other === null || OTHERWISE.test(text)) return [];
  // The paste is named before its place is: "dmesg attached (…, it's from my other node)".
  const named = text.slice(0, other.index);
  return KINDS.flatMap(([word, kinds]) => (word.test(named) ? kinds : []));
}
