import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { REGISTRY_SETTINGS } from '../registry-settings.ts';
import { type Answers, answerFile } from './answer-file.ts';
import { MAX_COMMAND, runSynchronous } from './component.ts';
import { renderXml, xml } from './xml.ts';

const ANSWERS: Answers = { image: 6, language: 'de-DE', key: null, password: 'a<b&"c\'' };

type Node = Readonly<Record<string, unknown>>;
const LISTS = ['settings', 'component', 'RunSynchronousCommand', 'CreatePartition', 'ModifyPartition'];

/** The components of a pass, by their names, as a parser of others reads them. */
function components(answers: Answers, pass: string): Readonly<Record<string, Node>> {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    isArray: (name) => LISTS.includes(name),
  });
  const { unattend } = parser.parse(answerFile(answers)) as {
    unattend: { settings: { '@pass': string; component: (Node & { '@name': string })[] }[] };
  };
  const settings = unattend.settings.find((one) => one['@pass'] === pass);
  return Object.fromEntries((settings?.component ?? []).map((one) => [one['@name'], one]));
}

function at(node: unknown, ...path: readonly string[]): unknown {
  return path.reduce((inside: unknown, name) => (inside as Node | undefined)?.[name], node);
}

function commands(node: unknown): readonly Readonly<Record<string, string>>[] {
  return at(node, 'RunSynchronous', 'RunSynchronousCommand') as Readonly<Record<string, string>>[];
}

test('it is well-formed, and each component stands in a pass that has it', async () => {
  const { valid, errors } = await validateXML({
    xml: [{ fileName: 'autounattend.xml', contents: answerFile(ANSWERS) }],
    normalization: 'format',
  });
  expect({ valid, errors }).toEqual({ valid: true, errors: [] });
  const passes = ['windowsPE', 'specialize', 'oobeSystem'].map((pass) =>
    Object.keys(components(ANSWERS, pass)),
  );
  expect(passes).toEqual([
    ['Microsoft-Windows-International-Core-WinPE', 'Microsoft-Windows-Setup'],
    ['Microsoft-Windows-Shell-Setup', 'Microsoft-Windows-Deployment'],
    ['Microsoft-Windows-International-Core', 'Microsoft-Windows-Shell-Setup'],
  ]);
});

test('each component says for which Windows it is, as Windows asks for it', () => {
  for (const pass of ['windowsPE', 'specialize', 'oobeSystem'])
    for (const component of Object.values(components(ANSWERS, pass)))
      expect(component).toMatchObject({
        '@processorArchitecture': 'amd64',
        '@publicKeyToken': '31bf3856ad364e35',
        '@language': 'neutral',
        '@versionScope': 'nonSxS',
      });
});

test('disk 0 is wiped, and the edition goes to the partition that takes what the others leave', () => {
  const setup = components(ANSWERS, 'windowsPE')['Microsoft-Windows-Setup'];
  expect(at(setup, 'DiskConfiguration', 'Disk')).toMatchObject({
    DiskID: '0',
    WillWipeDisk: 'true',
    CreatePartitions: {
      CreatePartition: [
        { Order: '1', Type: 'EFI', Size: '260' },
        { Order: '2', Type: 'MSR', Size: '16' },
        { Order: '3', Type: 'Primary', Extend: 'true' },
      ],
    },
    ModifyPartitions: {
      ModifyPartition: [
        { Order: '1', PartitionID: '1', Format: 'FAT32' },
        { Order: '2', PartitionID: '2' },
        { Order: '3', PartitionID: '3', Format: 'NTFS', Letter: 'C' },
      ],
    },
  });
  expect(at(setup, 'ImageInstall', 'OSImage')).toMatchObject({
    InstallFrom: { MetaData: { '@wcm:action': 'add', Key: '/IMAGE/INDEX', Value: '6' } },
    InstallTo: { DiskID: '0', PartitionID: '3' },
  });
});

test('set-up speaks the language of the medium, before and after', () => {
  const spoken = { InputLocale: 'de-DE', SystemLocale: 'de-DE', UILanguage: 'de-DE', UserLocale: 'de-DE' };
  const before = components(ANSWERS, 'windowsPE')['Microsoft-Windows-International-Core-WinPE'];
  expect(before).toMatchObject({ ...spoken, SetupUILanguage: { UILanguage: 'de-DE' } });
  expect(components(ANSWERS, 'oobeSystem')['Microsoft-Windows-International-Core']).toMatchObject(spoken);
});

test('nothing is fetched while Windows is set up', () => {
  const setup = components(ANSWERS, 'windowsPE')['Microsoft-Windows-Setup'];
  expect(at(setup, 'DynamicUpdate')).toEqual({ Enable: 'false' });
});

test('a key is there only where one was given; without one nobody is asked', () => {
  const productKey = (key: string | null): unknown =>
    at(components({ ...ANSWERS, key }, 'windowsPE')['Microsoft-Windows-Setup'], 'UserData', 'ProductKey');
  expect(productKey(null)).toEqual({ WillShowUI: 'Never' });
  expect(productKey('AAAAA-BBBBB-CCCCC-DDDDD-EEEEE')).toEqual({
    Key: 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE',
    WillShowUI: 'OnError',
  });
});

test('commands are numbered from 1 without a gap, and none is longer than Windows takes', () => {
  const places = [
    components(ANSWERS, 'windowsPE')['Microsoft-Windows-Setup'],
    components(ANSWERS, 'specialize')['Microsoft-Windows-Deployment'],
  ];
  for (const place of places) {
    const list = commands(place);
    expect(list.map(({ Order }) => Order)).toEqual(list.map((_, index) => String(index + 1)));
    for (const one of list) {
      expect(one['@wcm:action']).toBe('add');
      expect(one['Path']?.length).toBeLessThanOrEqual(MAX_COMMAND);
    }
  }
  expect(() => runSynchronous([{ what: 'long', command: 'x'.repeat(MAX_COMMAND + 1) }])).toThrow(RangeError);
});

test('every setting of the registry is set before anybody uses Windows, then the scripts are copied', () => {
  const paths = commands(components(ANSWERS, 'specialize')['Microsoft-Windows-Deployment']).map(
    ({ Path }) => Path ?? '',
  );
  for (const { key, name, value } of REGISTRY_SETTINGS)
    expect(paths).toContain(`reg.exe add "${key}" /v ${name} /t REG_DWORD /d ${value} /f`);
  expect(paths.at(-1)).toContain('prepare.ps1');
});

test('there is one account with that password, nobody is logged on, and test signing stays as it is', () => {
  const shell = components(ANSWERS, 'oobeSystem')['Microsoft-Windows-Shell-Setup'];
  expect(at(shell, 'UserAccounts', 'LocalAccounts', 'LocalAccount')).toMatchObject({
    Name: 'code43',
    Group: 'Administrators',
    Password: { Value: ANSWERS.password, PlainText: 'true' },
  });
  expect(answerFile(ANSWERS)).not.toMatch(/AutoLogon|testsigning|DeviceGuard/i);
});

test('whatever a password holds, a parser reads the same again', () => {
  const text = fc.string({
    unit: fc.constantFrom(...Array.from('<>&"\'{}$%`;]]>\t\n\r aZ09\u00e9\u{1f600}')),
    minLength: 1,
  });
  fc.assert(
    fc.property(text, (password) => {
      const rendered = renderXml(xml('a', { b: password }, [xml('c', password)]));
      const parser = new XMLParser({
        ignoreAttributes: false,
        attributeNamePrefix: '@',
        parseTagValue: false,
        parseAttributeValue: false,
        trimValues: false,
        htmlEntities: true,
      });
      const parsed = parser.parse(rendered) as { a: { '@b': string; c: string } };
      expect({ b: parsed.a['@b'], c: parsed.a.c }).toEqual({ b: password, c: password });
    }),
  );
});

test.each(['\0', '\u001b', '\ufffe', '\ud800'])('%j, which XML cannot hold, is refused', (character) => {
  expect(() => renderXml(xml('a', `x${character}`))).toThrow(RangeError);
});

test.each(['', 'a b', '<a', '1a'])('%j is no name of an element', (name) => {
  expect(() => renderXml(xml(name, ''))).toThrow(RangeError);
});
