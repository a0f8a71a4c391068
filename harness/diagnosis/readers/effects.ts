import type { Fact } from '../fact.ts';
import type { NumberedLine, Part } from '../part.ts';
import { plainLine } from './facts/plain-line.ts';
import { placed, quoteOf, said } from './reading.ts';

const TIME = String.raw`(?:\d{1,3}|a few|several|some|many|two|three|four|five|six) ?(?:days?|weeks?|months?|years?|h(?:ours?)?)\b`;
const EARLY = String.raw`(?:bios|uefi|post|(?:the )?(?:\w+ )?(?:logo|splash)|boot|firmware|(?:the )?first second|(?:the )?start|power[- ]on|grub|tianocore)`;

/** Told by its effect: it is in use, it shows, it lists, it was tried. By language. */
const EFFECTS: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:vm|guest|it|this|system|everything|windows|setup|box)\b[^,;.]{0,24}\b(?:runs?|running|up|stable|in use)\b[^,;.]{0,12}\b(?:for|since) (?:over |about |more than |now )?${TIME}|\b(?:stable|solid|uptime|running|up)(?: now)?(?: for| since| of|:)? (?:over |about )?${TIME}|\b(?:daily (?:use|driver)|in (?:daily|production|everyday) use)\b`,
    'i',
  ),
  new RegExp(
    String.raw`(?<!\b(?:no|without|kein) )\bpicture\b[^,;.]{0,16}\b(?:right |already |straight )?from ${EARLY}(?: screen)? (?:on|onwards?)\b|\b(?:bios|uefi|boot) (?:logo|screen|picture) (?:and|,|&) (?:the )?(?:desktop|windows|login)\b[^,;.]{0,20}\b(?:show|appear|visible|there|on)`,
    'i',
  ),
  /\b(?:everything|all|all of it|whole thing) (?:is |are |was )?(?:usable|accelerated|there|running|in order|up)\b|\bboots (?:each|every|any) time\b|\b(?:every|each) (?:start|boot|restart) (?:is |was )?(?:ok|fine|good|clean)\b|\bsurvives? (?:every |all )?(?:reboots?|restarts?|shutdowns?)\b/i,
  /\b(?:i915|xe)\b(?: driver| module)? (?:claims?|claimed|drives?|took|takes|owns?|binds?(?: to)?) (?:the )?(?:i?gpu|device|card|vf|graphics)\b/i,
  /\b(?:quick ?sync|qsv|vaapi|va-api|h\.?264|hevc|av1|encod\w+|decod\w+|transcod\w+|acceleration|hw)\b[^;.]{0,30}\b(?:verified|confirmed|proven|checked|zweryfikowan\w*|potwierdzon\w*|bestätigt|geprüft|überprüft|vérifié\w*|confirmé\w*|verificad\w*|ověřen\w*|geverifieerd)|\bvainfo (?:confirms|verifies|proves)\b/i,
  /\brenderD1\d\d\b[^;.]{0,20}\b(?:handed|passed|given|mapped|mounted|forwarded|shared)\b[^;.]{0,12}\b(?:to|into|in|with)\b/i,
  /\bplays? (?:back )?(?:4k|8k|1080p|uhd|hdr|hevc|av1|movies|videos?|films|games)\b|\b\d{1,2} (?:parallel|simultaneous|concurrent) (?:transcodes|streams)\b|\btranscodes? (?:4k|8k|1080p|hevc|av1|several|many|\d)/i,
  /(?:测试|实测)[^，。；;不未没]{0,6}(?:通过|成功|正常|均可|可以|可行|没问题)|均可(?:实现|使用|正常|直通)|直通成功|(?:成功|完美|顺利)(?:直通|驱动|点亮|识别|运行|安装)|(?:运行|工作|使用|输出|显示|一切|全部|都)正常|稳定运行|已(?:成功|正常)/,
  /正常に(?:動作|認識|表示|起動)|(?:動作|表示|認識|再生)(?:確認(?:済|でき|しま)|しました|しています|している|できた|できました|されました)|使えています|使えるようにな|問題なく|成功しました|成功した|映りました/,
  /\b(?:wszystko|vm|karta|gpu|obraz|transkodowanie|to|już|sprzętow\w+)\b[^,;.]{0,24}\bdziała(?:ją)?\b|\bdziała (?:dobrze|świetnie|bez|poprawnie|stabilnie|od)\b|\bbez (?:żadnych )?problemów\b|\budało się\b/i,
  /\b(?:läuft|funktioniert|klappt|geht)\b[^,;.]{0,12}\b(?:seit \w+|stabil|einwandfrei|problemlos|tadellos|wunderbar|super|bestens|gut|ohne probleme)\b/i,
  /(?:вс[её]|вм|драйвер|проброс|картинка|видео)[^,;.]{0,20}работает|работает (?:отлично|нормально|стабильно|хорошо|без)|завелось|заработал[оаи]?(?![а-я])/i,
  /\b(?:tout|ça|cela|vm|gpu|image)\b[^,;.]{0,12}\b(?:marche|fonctionne)\b|\bfonctionne (?:parfaitement|bien|très bien|sans)\b|\b(?:todo|vm|ya|gpu)\b[^,;.]{0,12}\bfunciona\b|\bfunciona (?:perfect\w*|bien|bem|sin|sem|todo|tudo)\b|\bfunziona (?:tutto|bene|perfettamente|senza)\b|\bwerkt (?:prima|goed|perfect|zonder)\b|\bfunguje (?:dobře|bez|skvěle)\b|\bfungerar (?:bra|utan|perfekt)\b/i,
];
const DENIED =
  /\?\s*$|\b(?:not|n['’]t|never|no longer|until|till|used to|before|previously|only|should|would|could|if|want|goal|wish|hope|without success|nicht|kein\w{0,2}|nie|nigdy|przed|ne|pas|plus|tampoco|não|нет|не|раньше|niet|inte|fails?|failed|but|except|host|lxc|bare ?metal)\b|(?<!\p{L})(?:не|нет|раньше)(?!\p{L})|[不没未無]|無法|ません|ない(?!か)|できな|失败|失敗|but|nic nie/iu;

/**
 * Success that is told by its effect, and stands where nobody complains of anything: "render node handed to the
 * container", "runs for three weeks", "picture from the logo on". In: a part of plain facts. Pure; never throws.
 */
export function effectsIn(part: Part): readonly Fact[] {
  return part.lines.slice(0, 400).flatMap((line) => effectIn(part, line));
}

function effectIn(part: Part, line: NumberedLine): readonly Fact[] {
  const sentences = plainLine(line.text).split(/(?<=[?!;。；])\s*|(?<=\.)\s/);
  const tells = sentences.some((one) => !DENIED.test(one) && EFFECTS.some((effect) => effect.test(one)));
  return tells ? placed([said('outcome', 'works')], 'person', quoteOf(part, line)) : [];
}
