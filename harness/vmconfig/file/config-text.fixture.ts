import fc from 'fast-check';
import { anyText } from '../any-text.fixture.ts';

const HEADERS = [
  ...[
    '[PENDING]',
    '[pending]',
    '[Pending] ',
    '[special:cloudinit]',
    '[Special:CloudInit]',
    '[SPECIAL:fleecing]',
  ],
  ...[
    '[clean]',
    '[Clean]',
    '[second_1] \t',
    '[a]',
    '[]',
    '[ x]',
    '[x y]',
    '[snap]x',
    ' [clean]',
    '[special:x]',
  ],
];
const KEYS = [
  ...[
    'cores',
    'memory',
    'numa',
    'onboot',
    'bios',
    'name',
    'cpu',
    'hostpci0',
    'hostpci1',
    'hostpci16',
    'scsi0',
  ],
  ...[
    'ide2',
    'ide20',
    'cdrom',
    'args',
    'description',
    'delete',
    'snapstate',
    'parent',
    'snaptime',
    'vmstate',
  ],
  ...[
    'fleecing-images',
    'vmgenid',
    'cpulimit',
    'net0',
    'tags',
    'nosuchkey',
    'digest',
    'Cores',
    'a_b-c3',
    'lock',
  ],
];
const VALUES = [
  ...[
    '1',
    '0',
    'on',
    'YES',
    'off',
    '007',
    '1.5',
    '-1',
    'q35',
    '"ovmf"',
    '""',
    '" "',
    '"a"b"',
    '00:02.0,pcie=1',
  ],
  ...[
    'a=1,a=2',
    '=x',
    ',',
    'none',
    'vga,!net0;cores x',
    'clean',
    'second_1',
    '1795353253',
    'prepare',
    'delete',
  ],
  ...[
    'x snapstate: delete',
    '"x snapstate: prepare"',
    "-append 'a b'",
    '-set device.hostpci0.addr=0x02.0',
    '%C3%A4',
  ],
  ...[
    '%41%zz%4',
    '%FF%0A%0Dz',
    'ä – 日本',
    'a\rb',
    'x\u00a0',
    '\v',
    '#x',
    '[x]',
    '',
    ' ',
    '%20%E2%80%83',
    '0',
  ],
];

const space = fc.constantFrom('', '', ' ', ' ', '  ', '\t', '\f');
const setting = fc
  .tuple(fc.constantFrom(...KEYS), space, fc.constantFrom(...VALUES), space)
  .map(([key, before, value, after]) => `${key}:${before}${value}${after}`);
const comment = fc.tuple(fc.constantFrom(...VALUES), space).map((parts) => `#${parts.join('')}`);
const line = fc.oneof(
  { weight: 8, arbitrary: setting },
  { weight: 3, arbitrary: comment },
  { weight: 3, arbitrary: fc.constantFrom(...HEADERS) },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '\t\r') },
  { weight: 1, arbitrary: anyText },
);

/** Whole config texts: mostly of the grammar's own words in any order, some of them damaged. */
export const configText: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(line, { maxLength: 16 }),
    fc.constantFrom('\n', '\n', '\r\n'),
    fc.boolean(),
    fc.option(fc.tuple(fc.nat(), anyText), { freq: 8 }),
  )
  .map(([lines, end, ends, damage]) => {
    const text = lines.join(end) + (ends ? end : '');
    if (damage === null) return text;
    const at = damage[0] % (text.length + 1);
    return text.slice(0, at) + damage[1] + text.slice(at + 2);
  });
