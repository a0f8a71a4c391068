/**
 * Words of other languages for what the grammar knows in English: enough for success, failure, Code 43 and a dark
 * screen. German is in the vocabulary itself where a word has no English twin of the same spelling.
 */
const WORDS: Readonly<Record<string, string>> = {
  // Scripts without spaces: whole phrases, the longer ones first.
  'code 43':
    '代码43|也是 43|也是43|还是43|还是 43|仍是43|仍然43|报43|报 43|代码 43|错误43|错误 43|代碼43|代碼 43|コード43|コード 43|エラー43|코드 43|코드43|错误代码43|错误代码 43',
  fixed: '已解决|解决了|已修复|修好了|已解決|解決了|解決しました|해결',
  'does not work':
    '不工作|不能用|不能正常|没法用|用不了|不行|无法使用|失败|無法使用|動作しない|動きません|動かない|안됨|작동하지',
  'does not install': '装不上|安装失败|无法安装|安装不了',
  'low resolution ': '分辨率只有|分辨率低|低分辨率|分辨率不能',
  'does not start': '无法启动|不能启动|启动不了|起動しない|起動できない',
  'black screen': '黑屏|黑螢幕|画面が真っ暗|검은 화면',
  'no picture': '没有画面|无画面|没有输出|无输出|无信号|没有信号|没信号|不显示|無輸出|映らない',
  'no sound': '没有声音|没声音|无声音|無聲音|音が出ない',
  'blue screen': '蓝屏|藍屏|ブルースクリーン',
  'vm freezes': '虚拟机卡死|虚拟机死机',
  'host freezes': '宿主机死机|主机死机|宿主机卡死|母机死机',
  works: '正常|可以用|成功|能用|工作了|没问题|沒問題|動作した|動作しました|動いた|정상|작동',
  no: '没有|沒有|没|无|不再|なし|없음',
  but: '但是|但|不过',
  not: '不|未',
  error: '报错|报错误|報錯|エラー',
  boot: '开机|启动',
  driver: '驱动|驅動|ドライバ',
  guest: '虚拟机|虛擬機',
  host: '宿主机|母机|主机',
};
/** Of languages with spaces: single words or phrases, at word borders. */
const SPACED: Readonly<Record<string, string>> = {
  'code 43':
    'fehlercode 43|fehler 43|código 43|codigo 43|codice 43|код 43|ошибка 43|kod 43|błąd 43|hata 43|foutcode 43|erreur 43|erro 43|errore 43',
  'does not work':
    'funktioniert nicht|geht nicht|läuft nicht|klappt nicht|tut nicht|ne fonctionne pas|ne marche pas|no funciona|non funziona|não funciona|nao funciona|nie działa|werkt niet|fungerar inte|не работает|çalışmıyor|nefunguje',
  works:
    'funktioniert|läuft|geht|klappt|fonctionne|funciona|funziona|działa|werkt|fungerar|работает|çalışıyor|funguje|заработало',
  worked: 'funktionierte|lief|ging|klappte|работало|funcionaba|fonctionnait',
  fixed:
    'behoben|gelöst|repariert|erledigt|résolu|resuelto|solucionado|arreglado|risolto|resolvido|rozwiązane|opgelost|решено|исправлено',
  'black screen':
    'schwarzer bildschirm|bildschirm schwarz|bleibt schwarz|bleibt dunkel|bleibt der bildschirm schwarz|schwarz|dunkel|reste noir|se queda negra|остаётся чёрным|остается черным|pozostaje czarny|écran noir|pantalla negra|schermo nero|tela preta|черный экран|чёрный экран|czarny ekran|zwart scherm|schwarzes bild',
  'no picture':
    'kein bild|kein signal|pas d image|pas de signal|sin señal|sin imagen|nessun segnale|sem sinal|нет изображения|нет сигнала|brak obrazu|geen beeld',
  'no sound': 'kein ton|pas de son|sin sonido|sem som|нет звука|brak dźwięku|geen geluid',
  'blue screen': 'bluescreen|blauer bildschirm|écran bleu|pantalla azul|синий экран|niebieski ekran',
  'does not start':
    'startet nicht|bootet nicht|ne démarre pas|no arranca|non si avvia|не запускается|nie startuje|start niet',
  freezes: 'friert ein|hängt|hängt sich auf|abgestürzt|stürzt ab|зависает',
  'driver installation':
    'treiberinstallation|installation du pilote|instalación del driver|установка драйвера',
  fails:
    'bricht ab|schlägt fehl|schlug fehl|fehlgeschlagen|abgebrochen|échoue|falla|fallisce|ошибка|не удалось',
  installed: 'installiert|installé|instalado|установлен',
  'hardware transcoding':
    'hardwarebeschleunigung|accélération matérielle|аппаратное ускорение|aceleración por hardware|硬件加速|硬解',
  'no longer': 'nicht mehr|kein mehr|plus de|ya no|больше не|keine mehr',
  no: 'kein|keine|keinen|keiner|ohne|sans|sin|senza|sem|без|нет|brak|geen',
  not: 'nicht|niemals|nunca|не',
  but: 'aber|jedoch|allerdings|mais|pero|però|но|maar',
  except: 'außer|ausser|bis auf|sauf|excepto|tranne|кроме',
  now: 'jetzt|nun|inzwischen|maintenant|ahora|adesso|agora|теперь|teraz',
  still: 'immer noch|toujours|todavía|ancora|ainda|всё ещё',
  before: 'vorher|früher|zuvor|anfangs|avant|antes|раньше',
  had: 'hatte|avait|tenía',
  after: 'nach|nachdem|seit|après|después|dopo|depois|после',
  until: 'bis|jusqu|hasta|até',
  when: 'wenn|sobald|beim|quand|cuando|quando|когда',
  and: 'und',
  everything: 'alles|todo|tutto|tudo|всё|все|wszystko',
  driver: 'treiber|pilote|controlador|драйвер|sterownik',
  sound: 'ton|klang|sonido|звук',
  picture: 'bild|bildschirm|ausgabe|écran|pantalla|schermo|экран|изображение',
  starts: 'startet|bootet|démarre|arranca|запускается',
  host: 'wirt',
  guest: 'gast|invité|гость',
  update: 'aktualisierung|обновления|actualización',
};

function replacer(table: Readonly<Record<string, string>>, edges: boolean): (text: string) => string {
  const english = new Map(
    Object.entries(table).flatMap(([to, from]) => from.split('|').map((word) => [word, to] as const)),
  );
  const longestFirst = [...english.keys()].toSorted((a, b) => b.length - a.length).join('|');
  const pattern = new RegExp(
    edges ? `(?<![\\p{L}\\p{N}])(?:${longestFirst})(?![\\p{L}\\p{N}])` : longestFirst,
    'gu',
  );
  return (text) => text.replace(pattern, (word) => ` ${english.get(word) ?? word} `);
}

const fromSpaced = replacer(SPACED, true);
const fromUnspaced = replacer(WORDS, false);

/** A sentence in lower case with the words of other languages put into English, one by one. */
export function translate(sentence: string): string {
  const lower = sentence.toLowerCase();
  return /[^\x20-\x7e]/.test(lower) || /[a-z]/.test(lower) ? fromUnspaced(fromSpaced(lower)) : lower;
}
