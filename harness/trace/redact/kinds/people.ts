import { words, type Kind } from '../kind.ts';
import { word } from '../shapes.ts';

const USER = word('user');
const HOST = word('host');
const VM = word('vm');
const OWNERS = word('words');
/** Where nothing but a name can stand, the name is one wherever it is said. */
const user = (pattern: RegExp, spreads: Kind['spreads'] = 'any'): Kind =>
  words('user names', USER, pattern, { spreads });
/** Numbers are none: `node 0` is of a processor. */
const host = (pattern: RegExp, spreads: Kind['spreads'] = 'any'): Kind =>
  words('host names', HOST, pattern, {
    spreads,
    accept: (found) => /[a-z]/i.test(found) && !/^0x/i.test(found),
  });
const owners = (pattern: RegExp): Kind => words('words of the owner', OWNERS, pattern, { spreads: 'none' });

/** What people call themselves, their machines and their VMs. */
export const PEOPLE: readonly Kind[] = [
  // Windows allows spaces in a name, and a path goes on behind it.
  user(/(?<=(?<!\w)(?:Users|Benutzer|Documents and Settings)\\{1,4})[^\\/"':;,<>|*?\r\n]{1,64}(?=\\)/gi),
  user(/(?<=[\\/](?:Users|Benutzer|home)[\\/]{1,4})[^\\/\s"':;,<>|*?)\]}]{1,64}/gi),
  user(/(?<=\/(?:var\/(?:spool\/)?mail|run\/media)\/)[^\\/\s"':;,<>|*?)\]}]{1,64}/g),
  user(/(?<![\w.+-])[\w.+-]{1,64}(?=@(?:pam|pve|pbs|pmg)(?![\w-])|@[\w.-]{1,32}![\w.-]{1,64}(?![\w.-]))/g),
  user(
    /(?<=(?<![A-Za-z])(?:user|user[ _-]?name|logname|sudo_user|ciuser|login)["'\\]{0,2}[ \t]{0,20}[=:][ \t]{0,2}["'\\]{0,2})[^\s"'\\,;:()&=<>]{2,64}/gi,
    'odd',
  ),
  user(
    /(?<=\b(?:(?:for|from|of|invalid) user|Accepted [\w/-]{1,40} for|Failed [\w/-]{1,40} for|New session \S{1,16} of user) )(?!user )[\w.+-]{2,64}/g,
    'odd',
  ),
  user(/(?<=(?<![\w-])(?:DESKTOP|LAPTOP|WIN)-[A-Z0-9]{4,15}\\{1,4})[^\\\s"',;:]{2,64}/gi),
  // A prompt of a shell, and what scp calls a place.
  user(/(?<=(?:^|[\s([\]]))[\w.+-]{1,64}(?=@[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}:[~/])/gm, 'odd'),
  host(/(?<=(?:^|[\s([\]])[\w.+-]{1,64}@)[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}(?=:[~/])/gm, 'odd'),
  user(/(?<=\bssh (?:-\w+ ){0,4})[\w.+-]{1,64}(?=@)/g, 'odd'),
  host(/(?<=\bssh (?:-\w+ ){0,4}[\w.+-]{1,64}@)[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}/g, 'odd'),
  // Names that Windows makes up for a computer.
  host(/(?<![\w-])(?:DESKTOP|LAPTOP|WIN|MININT)-[A-Z0-9]{5,15}(?![\w-])/gi),
  host(
    /(?<=(?<![A-Za-z])(?:host[ _-]?name|computer[ _-]?name|nodename|userdomain|logonserver|dns[ _-]?host[ _-]?name|searchdomain)["'\\]{0,2}[ \t]{0,40}[=:][ \t]{0,40}["'\\]{0,2})(?!["'\\])[\w.-]{2,253}/gi,
    'odd',
  ),
  host(
    /(?<=["'](?:host|node|computer)["'\\]{0,2}[ \t]{0,2}:[ \t]{0,2}["']|\b(?:node|computer)=)[\w-][\w.-]{1,252}/gi,
    'odd',
  ),
  host(/(?<=\b[Hh]ostname (?:set )?to <)[\w.-]{2,253}/g, 'odd'),
  host(/(?<=^)[\w-][\w.-]{1,62}(?= login:(?: |\r|$))/gm, 'odd'),
  // journalctl, syslog: the time, the host, who speaks. dmesg has a comma in its seconds, and no host.
  host(
    /(?<=^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,9})? )[\w.-]{2,253}(?= [\w()./@:-]{1,64}(?:\[\d{1,10}\])?:)/gm,
  ),
  host(
    /(?<=^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d) )[\w.-]{2,253}(?= [\w()./@:-]{1,64}(?:\[\d{1,10}\])?:)/gm,
  ),
  host(/(?<=\bUPID:)[\w.-]{2,63}(?=:[0-9A-F]{8,9}:)/g),
  host(/(?<=\/nodes\/)[\w-][\w.-]{1,62}/g),
  // Names of networks that only their owner has (RFC 6762, RFC 8375, and what routers make up).
  host(
    /(?<![\w.-])(?!rc\.local)(?:[\w-]{1,63}\.){1,4}(?:lan|local|home|internal|intranet|localdomain|home\.arpa|fritz\.box|corp|ts\.net)(?![\w-]|\.\w)/gi,
  ),
  words('VM names', VM, /(?<=(?:^|\s)--?name[ \t=]{1,2}['"]?(?:guest=)?)(?!guest=)[^\s,'"]{1,100}/gm),
  owners(
    /(?<=(?:^|\s)--(?:description|tags|ciuser|cicustom|sshkeys|searchdomain|nameserver|ipconfig\d{1,2}|hookscript)[ =])[^\r\n]{1,8192}/g,
  ),
  owners(
    /(?<=^(?:description|cipassword|ciuser|sshkeys|searchdomain|cicustom|hookscript): )[^\r\n]{1,16384}/gm,
  ),
];

/** In the text of a VM's config: what its owner wrote into it for people. */
export const IN_CONFIG: readonly Kind[] = [
  owners(/(?<=^(?:name|tags|nameserver|ipconfig\d{1,2}): )[^\r\n]{1,1024}/gm),
  owners(/(?<=^#)[^\r\n]{1,16384}/gm),
];
