import { words, type Kind } from '../kind.ts';
import { DIGITS, hex, word } from '../shapes.ts';

const SERIAL = word('serial');
const serial = (pattern: RegExp): Kind => words('serial numbers', SERIAL, pattern);
const LONG_HEX = hex('world wide names');

/** What tells one piece of hardware, or one installation, from another of its make. */
export const HARDWARE: readonly Kind[] = [
  // A serial port is called serial0, too; four characters keep "SerialNumber=3", which counts strings.
  serial(
    /(?<=[=: \t"'])(?<=(?<![A-Za-z])(?:[a-z]{2,12}[_-])?(?:serial|serial[ _-]?number|serial[ _-]?no|serialno|serial_short|s\/n|asset|asset[ _-]?tag|sku|sku[ _-]?number|identifyingnumber|product[ _-]?id)["'\\]{0,2}[ \t]{0,20}[=:][ \t]{0,20}["'\\]{0,2})(?!8250)[\w+/.-]{4,128}={0,2}/gi,
  ),
  {
    name: 'serial numbers',
    pattern:
      /(?<=\bSerial Number[ \t]{1,4})[0-9a-f]{2}(?:[:-][0-9a-f]{2}){3,15}(?![0-9a-f])|(?<![0-9a-f-])[0-9a-f]{2}(?:-[0-9a-f]{2}){6,7}(?![0-9a-f-])/gi,
    canonical: (found) => found.toLowerCase().replaceAll(':', '-'),
    shape: hex('pairs'),
    spreads: 'none',
  },
  serial(/(?<=\/by-(?:id|partlabel|label)\/)[^\s,'"\\]{1,200}/g),
  serial(/(?<=(?:\bUUID=["']?|\/by-uuid\/))[0-9A-F]{4}-[0-9A-F]{4}(?![\w-])/g),
  serial(/(?<=\bLABEL=["']?)[^\s,'"]{1,100}/g),
  serial(/(?<=\bUSB\\{1,4}VID_[0-9A-F]{4}&(?:amp;)?PID_[0-9A-F]{4}\\{1,4})[^\\\s"'&,]{6,64}/gi),
  serial(/(?<=\bUSBSTOR\\{1,4}[^\\\s]{1,100}\\{1,4})[^\\\s"'&,]{6,64}/gi),
  serial(/(?<!\d)\d{5}-(?:\d{5}|OEM)-\d{5,7}-[A-Z0-9]{5}(?![A-Z0-9-])/g),
  {
    name: 'serial numbers',
    pattern:
      /(?=[0-9a-f]{12})(?<=\b(?:wwn|wwid|naa|eui|nguid|sas_addr)["']?[.:=\s-]{1,3}["']?(?:0x)?)[0-9a-f]{12,32}(?![0-9a-f])/gi,
    canonical: (found) => found.toLowerCase(),
    shape: LONG_HEX,
    spreads: 'none',
  },
  words('serial numbers', SERIAL, /(?<=\biqn\.\d{4}-\d{2}\.)[\w.:-]{1,200}/gi),
  // The domain or machine that a Windows account belongs to; which account of it follows, and says little.
  {
    name: 'Windows SIDs',
    pattern: /(?<=\bS-1-5-21-)\d{1,10}(?:-\d{1,10}){2}(?!\d)/g,
    canonical: (found) => found,
    shape: DIGITS,
    spreads: 'none',
  },
];
