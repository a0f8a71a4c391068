import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor } from './redact.ts';
import { KINDS } from './redact/kinds.ts';
import { SECRETS } from './redact/kinds/secrets.ts';
import { NAMES, NO_IDENTITIES, PLANTED } from './redact/fixtures/planted.ts';

/** Where the folders of a machine's users are; nobody's stands here. */
const HOME = '/home';

const redact = (text: string): string => createRedactor(NAMES).text(text);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const percent = (text: string): string => encodeURIComponent(text);
const everyByte = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const powerShell = (text: string): string => Buffer.from(text, 'utf16le').toString('base64');
const units = (text: string): readonly string[] => Array.from(text);
const wide = (text: string): string => units(text).join('\0');
const json = (text: string): string =>
  units(text)
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

describe('what identifies somebody is replaced', () => {
  test.each(PLANTED)('$kind: $secret', ({ secret, line }) => {
    const clean = redact(`before\n${line}\nafter`);
    expect(clean.toLowerCase()).not.toContain(secret.toLowerCase());
    expect(clean).toHaveLength(`before\n${line}\nafter`.length);
    expect(clean).toMatch(/^before\n[^]*\nafter$/);
  });

  test.each(PLANTED)('also encoded: $kind: $secret', ({ secret, line }) => {
    const hidden = secret.toLowerCase();
    expect(
      Buffer.from(redact(base64(line)), 'base64')
        .toString()
        .toLowerCase(),
    ).not.toContain(hidden);
    expect(Buffer.from(redact(base64(base64(line))), 'base64').toString()).not.toBe(base64(line));
    expect(
      Buffer.from(redact(powerShell(line)), 'base64')
        .toString('utf16le')
        .toLowerCase(),
    ).not.toContain(hidden);
    for (const encode of [percent, everyByte])
      expect(decodeURIComponent(redact(encode(line))).toLowerCase()).not.toContain(hidden);
    expect(redact(wide(line)).replaceAll('\0', '').toLowerCase()).not.toContain(hidden);
    expect(String(JSON.parse(`"${redact(json(line))}"`)).toLowerCase()).not.toContain(hidden);
  });

  test('every kind is planted', () => {
    expect([...new Set(PLANTED.map(({ kind }) => kind))].sort()).toEqual(
      [...new Set([...SECRETS, ...KINDS].map(({ name }) => name))]
        .filter((name) => name !== 'words of the owner')
        .sort(),
    );
  });

  test('a name that a colour parts is one name', () => {
    expect(redact('\u001b[01;32mtower-\u001b[0mof-\u001b[1mlena $')).not.toMatch(/tower|lena/);
  });

  test('what the name of a property or an option tells of a text', () => {
    const { data } = createRedactor();
    const clean = JSON.stringify(
      data({
        disks: [{ serial: 'PF3XYZ99' }],
        'host-name': 'gamebox',
        argv: ['qm', 'set', '--name', 'gaming3', '--storage', 'bigpool7', '--cipassword', 'sw0rdfish'],
        'by MAC 3c:ec:ef:01:02:03': true,
      }),
    );
    for (const secret of ['PF3XYZ99', 'gamebox', 'gaming3', 'bigpool7', 'sw0rdfish', '3c:ec'])
      expect(clean).not.toContain(secret);
    expect(clean).toContain('"host-name"');
  });

  test('the config of a VM loses what its owner wrote into it for people', () => {
    const clean = createRedactor().config(
      '#Lena%3A swordfish\nname: pc7\ntags: family\nciuser: mx\nostype: win11\n',
    );
    expect(clean).not.toMatch(/swordfish|pc7|family|mx/);
    expect(clean).toMatch(/ostype: win11\n$/);
  });
});

test.each(NO_IDENTITIES)('stays as it is: %s', (line) => {
  expect(redact(line)).toBe(line);
});

test('common names stay', () => {
  const text = `root pve node win11 ${HOME}/runner on localhost`;
  expect(createRedactor(['root', 'pve', 'node', 'win11', 'localhost', '/root']).text(text)).toBe(text);
});

test('a redacted text is as long as it was', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.uuid(),
    fc.ipV4(),
    fc.ipV6(),
    fc.emailAddress(),
    fc.constantFrom(...PLANTED.map(({ line }) => line), '\u001b[1m', '%41', '\\u0041'),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join(' ');
      expect(redact(text)).toHaveLength(text.length);
    }),
  );
});

test('the same identity gets the same pseudonym however it is spelled, another one another', () => {
  const { text } = createRedactor(['gamebox']);
  const spelled = ['3c:ec:ef:01:02:03', '3C:EC:EF:01:02:03', '3c-ec-ef-01-02-03', '3cec.ef01.0203'].map(text);
  expect(new Set(spelled.map((mac) => mac.toLowerCase().replace(/[^0-9a-f]/g, ''))).size).toBe(1);
  expect(text('mac 3cecef010203')).toBe(`mac ${spelled[0]?.replaceAll(':', '') ?? ''}`);
  expect(text('3c:ec:ef:01:02:04')).not.toBe(spelled[0]);
  expect(text('fd00:0:0::12:0007')).toMatch(text('fd00::12:7').slice(-1));
  const [path, mail, prompt] = [text(`${HOME}/marek7/x`), text('marek7@pam'), text('for user marek7 ')];
  const found = /z[a-z0-9-]+/.exec(path.slice(6))?.[0] ?? 'none';
  expect([mail, prompt].every((line) => line.includes(found))).toBe(true);
});

test('two of a kind never get one pseudonym', () => {
  const values = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9]{3,9}q7$/), { minLength: 2, maxLength: 60 });
  fc.assert(
    fc.property(values, fc.uniqueArray(fc.ipV4(), { maxLength: 40 }), (users, addresses) => {
      const { text } = createRedactor();
      const real = addresses.filter((address) => !/^(?:0|127|255)\./.test(address));
      expect(new Set(users.map((user) => text(`/home/${user}/`))).size).toBe(users.length);
      expect(new Set(real.map((address) => text(` ${address} `))).size).toBe(real.length);
    }),
  );
});

test('what once was shown to be an identity is found where nothing tells', () => {
  const { text } = createRedactor();
  text('serial=S4EWNX0R123456');
  expect(text('nvme-Samsung_S4EWNX0R123456_1 and S4EWNX0R123456')).not.toContain('S4EWNX0R123456');
});

test('after all was learned the first mention is replaced like the last; words that are to stay stay', () => {
  const redactor = createRedactor([], { keep: new Set(['invalid']) });
  const lines = ['marek was here', 'Invalid PCI ROM header signature', `${HOME}/marek/`, `${HOME}/invalid/x`];
  redactor.learn(() => {
    lines.forEach(redactor.text);
  });
  const clean = lines.map(redactor.text);
  expect(clean[0]).not.toContain('marek');
  expect(clean[1]).toBe(lines[1]);
  expect(clean[3]).not.toContain('invalid');
});

test('a second redaction changes nothing', () => {
  fc.assert(
    fc.property(
      fc.shuffledSubarray(
        PLANTED.map(({ line }) => line),
        { minLength: 1 },
      ),
      (lines) => {
        const whole = (text: string, names: readonly string[]): string => {
          const redactor = createRedactor(names, { keep: new Set() });
          redactor.learn(() => redactor.text(text));
          return redactor.text(text);
        };
        const once = whole(lines.join('\n'), NAMES);
        expect(whole(once, NAMES)).toBe(once);
      },
    ),
    { numRuns: 40 },
  );
});

test('long lines that nearly are an identity are gone through in one go', { timeout: 120_000 }, () => {
  const nearly = [
    ...new Set([
      ...PLANTED.map(({ line }) => line.slice(0, 12)),
      ...PLANTED.map(({ secret }) => secret.slice(0, 6)),
      ...[
        'a',
        'a@',
        'a.',
        '0:',
        'aa-',
        '%4',
        '\\x4',
        '\u001b[',
        '-----BEGIN PRIVATE KEY-----',
        ' ',
        '/dev/mapper/a--',
      ],
    ]),
  ];
  // A million characters: what takes the square of that would not end within the hour.
  const share = Math.ceil(1_000_000 / nearly.length);
  for (const unit of nearly) {
    const text = unit.repeat(Math.ceil(share / unit.length));
    expect(redact(text)).toHaveLength(text.length);
  }
});
