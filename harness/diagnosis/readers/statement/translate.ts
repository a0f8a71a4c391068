/**
 * Words of other languages for what the grammar knows in English: enough for success, failure, Code 43 and a dark
 * screen. German is in the vocabulary itself where a word has no English twin of the same spelling.
 */
const WORDS: Readonly<Record<string, string>> = {
  freezes: '卡死|死机|卡住|假死',
  now: '现在|目前',
  update: '更新|升级|升級',
  'before windows': '进系统前|进入系统前|系统启动前|开机自检|自检画面',
  'then ': '进系统后|进入系统后',
  container: '容器',
  'want to': '希望|想要|想实现|想用|能否|是否可以|能不能',
  sometimes: '偶尔|有时|时不时|偶发',
  flickers: '闪屏|闪烁',
  garbled: '花屏',
  'host crashes': '宿主机重启|主机重启|母机重启|宿主机崩溃|主机崩溃|pve重启|pve 重启|pve死机|pve卡死',
  'picture works':
    '有画面|有输出|有显示|出画面|画面正常|显示正常|输出正常|可以点亮|成功点亮|点亮|能亮|显示输出正常|可以亮|有图像',
  'exclamation mark': '黄色感叹号|黄色叹号|感叹号|黄叹号|叹号',
  'device detected': '已经识别到|已识别|识别到|识别成功|能识别|可以识别|认到了|认出',
  'device not detected':
    '识别不到|识别不出|识别不了|无法识别|没有识别|检测不到|找不到核显|找不到显卡|看不到显卡|看不到核显|不识别|未识别|没识别|认不到|没有显卡|找不到设备',
  'transcoding does not work':
    '不能硬解|无法硬解|无法转码|不能转码|硬解失败|转码失败|无法硬件转码|不能硬件转码|无法硬件加速|硬解不了|转码不了',
  'transcoding works':
    '可以硬件转码|可以硬解|能硬解|能转码|可以转码|硬解成功|转码成功|能硬件转码|硬解正常|转码正常|硬件解码正常|解码正常',
  // Scripts without spaces: whole phrases, the longer ones first.
  'code 43':
    '显示43|显示 43|出现43|出现 43|提示43|提示 43|43错误|43 错误|43代码|43号错误|43报错|43 报错|43停用|43 停用|代码43|也是 43|也是43|还是43|还是 43|仍是43|仍然43|报43|报 43|代码 43|错误43|错误 43|代碼43|代碼 43|コード43|コード 43|エラー43|코드 43|코드43|错误代码43|错误代码 43',
  fixed: '已解决|解决了|已修复|修好了|已解決|解決了|解決しました|해결',
  'does not work':
    '没驱动起来|没有驱动起来|没能驱动|没驱动上|没有驱动上|没有驱动成功|没驱动成功|驱动没起来|驱动没有起来|驱动没加载|驱动没有加载|没跑起来|跑不起来|没起来|起不来|没有起来|无法驱动|驱动不了|驱动不起来|驱动失败|驱动不上|无法调用|调用不了|调用失败|不可用|用不上|没反应|没有反应|不成功|没成功|未成功|使用不了|直通失败|无法正常工作|不能工作|不正常|异常|就不行了|不工作|不能用|不能正常|没法用|用不了|不行|无法使用|失败|無法使用|動作しない|動きません|動かない|안됨|작동하지',
  'disabled by windows': '停用|被禁用',
  'does not install': '装不上|安装失败|无法安装|安装不了',
  'low resolution ': '分辨率只有|分辨率低|低分辨率|分辨率不能',
  'does not start':
    '开不了机|无法开机|启动失败|不启动|启动报错|开机失败|无法启动|不能启动|启动不了|起動しない|起動できない',
  'black screen': '黑屏|黑螢幕|画面が真っ暗|검은 화면',
  'no picture':
    '没有显示|无显示|点不亮|无法点亮|不亮|没画面|没输出|无图像|没有图像|不出画面|显示器无信号|没有画面|无画面|没有输出|无输出|无信号|没有信号|没信号|不显示|無輸出|映らない',
  'no sound': '没有声音|没声音|无声音|無聲音|音が出ない',
  'blue screen': '蓝屏|藍屏|ブルースクリーン',
  'vm freezes': '虚拟机卡死|虚拟机死机',
  'host freezes': '宿主机死机|主机死机|宿主机卡死|母机死机',
  works:
    '完美运行|完美|没毛病|搞定|能正常使用|正常使用|用上了|可以了|好使|稳定运行|运行稳定|很稳定|可以正常工作|可以正常使用|正常工作|完全正常|可用|正常|可以用|成功|能用|工作了|没问题|沒問題|動作した|動作しました|動いた|정상|작동',
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
  transcodes: 'transkodiert|transcodiert|transkodieren|transcode bien|транскодирует|transcodifica',
  nothing: 'rien|nichts|ничего|nada',
  'does not come on': 'не включается|geht nicht an|ne s allume pas|no se enciende',
  screen: "l'écran|экран",
  restart: 'neustart|redémarrage|перезагрузки|reinicio',
  why: 'warum|pourquoi|почему|por qué',
  over: 'über|por|через',
  on: 'auf|sur|на|en el|en la',
  'device manager':
    'geräte-manager|gerätemanager|диспетчере устройств|диспетчер устройств|administrador de dispositivos|gestionnaire de périphériques',
  want: 'möchte|sollte|soll|hätte gerne|хочу|хотелось бы|quiero|quisiera|je voudrais|je veux|vorrei|quero',
  sometimes: 'manchmal|ab und zu|gelegentlich|иногда|a veces|parfois|a volte|às vezes|czasami',
  flickers: 'flackert|мерцает|parpadea|scintille|clignote',
  installs: 'встал|встали|установился|installiert sich',
  'sound works': 'звук есть|ton ist da|ton geht|hay sonido',
  'picture works':
    'изображение есть|картинка есть|есть изображение|есть картинка|bild ist da|bild da|hay imagen|ya hay imagen|bild kommt|изображение появилось|картинка появилась',
  tv: 'fernseher|телевизор|телевизоре|télé|televisor',
  appears: "s'affiche|erscheint|sale|появляется|появилась|появилось|aparece|appare",
  shows: 'zeigt|показывает|affiche|affiche bien|muestra|mostra',
  detected: 'erkannt|определяется|определилась|détectée|détecté|reconnue|reconnu|detectado|detectada',
  'is not detected':
    'wird nicht erkannt|nicht erkannt|nicht gefunden|не определяется|не видит|не видна|не видно|не обнаружен|no detecta|no reconoce|no se detecta|non détecté|pas détecté|pas détectée|pas reconnue|pas reconnu',
  'does not install':
    'lässt sich nicht installieren|nicht installieren lässt|не устанавливается|не ставится|не встаёт|не встает|ne s installe pas|no se instala|installiert sich nicht',
  'no longer works':
    'ne marche plus|ne fonctionne plus|ya no funciona|non funziona più|não funciona mais|перестало работать|перестал работать|перестала работать|больше не работает|geht nicht mehr|funktioniert nicht mehr|läuft nicht mehr|geht es nicht mehr|läuft es nicht mehr|funktioniert es nicht mehr|przestało działać',
  perfectly: 'parfaitement|perfectamente|perfettamente|perfeitamente|отлично|прекрасно|perfekt|sehr gut',
  'code 43':
    'fehlercode 43|fehler 43|código 43|codigo 43|codice 43|код 43|ошибка 43|ошибкой 43|kod 43|błąd 43|hata 43|foutcode 43|erreur 43|erro 43|errore 43',
  'does not work':
    'funktioniert nicht|geht nicht|läuft nicht|klappt nicht|tut nicht|ne fonctionne pas|ne marche pas|no funciona|non funziona|não funciona|nao funciona|nie działa|werkt niet|fungerar inte|не работает|çalışmıyor|nefunguje',
  works:
    'funktionieren|laufen|einwandfrei|wunderbar|tadellos|problemlos|reibungslos|bestens|alles gut|alles prima|alles super|alles in ordnung|marchent|marche|fonctionnent|funcionan|va perfecta|va perfectamente|van perfectas|van perfectos|va genial|va de lujo|va de maravilla|va estupendamente|se ve perfecto|se ve perfecta|se ve perfectamente|se ve bien|todo perfecto|tutto perfetto|va tutto bene|va benissimo|tudo perfeito|está perfeito|está perfeita|est parfait|est parfaite|tout va bien|tout est bon|va perfecto|va bien|todo bien|todo perfecto|anda bien|tudo certo|tutto ok|завелось|завелся|завёлся|завелась|работают|всё отлично|все отлично|всё ок|все ок|nickel|impeccable|va benissimo|funktioniert|läuft|geht|klappt|fonctionne|funciona|funziona|działa|werkt|fungerar|работает|çalışıyor|funguje|заработало',
  worked: 'funktionierte|lief|ging|klappte|работало|funcionaba|fonctionnait',
  fixed:
    'behoben|gelöst|repariert|erledigt|résolu|resuelto|solucionado|arreglado|risolto|resolvido|rozwiązane|opgelost|решено|исправлено',
  'black screen':
    'pantalla en negro|se queda en negro|чёрный монитор|чёрным экраном|черным экраном|экран чёрный|экран черный|монитор чёрный|écran reste noir|écran est noir|monitor schwarz|bild bleibt schwarz|bild schwarz|schwarzer bildschirm|bildschirm schwarz|bleibt schwarz|bleibt dunkel|bleibt der bildschirm schwarz|schwarz|dunkel|reste noir|se queda negra|остаётся чёрным|остается черным|pozostaje czarny|écran noir|pantalla negra|schermo nero|tela preta|черный экран|чёрный экран|czarny ekran|zwart scherm|schwarzes bild',
  'no picture':
    'no hay imagen|no hay señal|изображения нет|картинки нет|нет картинки|keine ausgabe|kein video|pas d affichage|aucune image|aucun signal|pas d image|keine bildausgabe|не выводит изображение|нет вывода|kein bild|kein signal|pas d image|pas de signal|sin señal|sin imagen|nessun segnale|sem sinal|нет изображения|нет сигнала|brak obrazu|geen beeld',
  'no sound':
    'звука нет|no hay sonido|ohne ton|aucun son|kein sound|keinen ton|kein ton|pas de son|sin sonido|sem som|нет звука|brak dźwięku|geen geluid',
  'blue screen': 'bluescreen|blauer bildschirm|écran bleu|pantalla azul|синий экран|niebieski ekran',
  'does not start':
    'startet nicht|bootet nicht|ne démarre pas|no arranca|non si avvia|не запускается|nie startuje|start niet',
  freezes:
    'friert|hängt sich|hängen geblieben|se congela|se cuelga|виснет|зависла|завис|зависла|fige|gèle|plante|si blocca|trava|zawiesza|friert ein|hängt|hängt sich auf|abgestürzt|stürzt ab|зависает',
  'driver installation':
    'treiberinstallation|installation du pilote|instalación del driver|установка драйвера',
  fails:
    'bricht ab|schlägt fehl|schlug fehl|fehlgeschlagen|abgebrochen|échoue|falla|fallisce|ошибка|не удалось',
  installed: 'installiert|installé|instalado|установлен',
  'hardware transcoding':
    'hardwarebeschleunigung|accélération matérielle|аппаратное ускорение|aceleración por hardware|硬件加速|硬解',
  'no longer': 'nicht mehr|kein mehr|plus de|ya no|больше не|keine mehr',
  no: 'kein|keine|keinen|keiner|ohne|sans|sin|senza|sem|без|нет|brak|geen',
  not: 'nie|nicht|niemals|nunca|не',
  but: 'aber|jedoch|allerdings|mais|pero|però|но|maar',
  except: 'außer|ausser|bis auf|sauf|excepto|tranne|кроме',
  now: 'jetzt|nun|inzwischen|maintenant|ahora|adesso|agora|теперь|teraz',
  still: 'immer noch|toujours|todavía|ancora|ainda|всё ещё',
  before: 'vorher|früher|zuvor|anfangs|avant|antes|раньше',
  had: 'hatte|avait|tenía',
  after: 'desde|depuis|seitdem|nach|nachdem|seit|après|después|dopo|depois|после',
  until: 'bis|jusqu|hasta|até',
  when: 'wenn|sobald|beim|quand|cuando|quando|когда',
  and: 'und',
  everything: 'alles|todo|tutto|tudo|всё|все|wszystko',
  driver: 'treiber|pilote|controlador|драйвер|sterownik',
  sound: 'ton|klang|sonido|звук',
  picture:
    "l'image|d'image|imagen|картинка|монитор|мониторе|экране|bild|bildschirm|ausgabe|écran|pantalla|schermo|изображение",
  starts: 'startet|bootet|démarre|arranca|запускается',
  host: 'wirt',
  guest: 'gast|invité|гость',
  update: 'mise à jour|обновление|aktualisiert|aktualisierung|обновления|actualización',
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
  const lower = sentence
    .toLowerCase()
    // "Kein Fehler 43 mehr" stands around what is over.
    .replace(/\b(?:kein(?:e[nmrs]?)?|nicht) ((?:[\p{L}\d]+ ){1,3})mehr(?![\p{L}\d])/gu, 'no longer $1');
  return /[^\x20-\x7e]/.test(lower) || /[a-z]/.test(lower)
    ? fromUnspaced(fromSpaced(lower)).replace(/ {2,}/g, ' ')
    : lower;
}
