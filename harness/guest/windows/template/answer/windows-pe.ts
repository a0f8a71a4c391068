import { ADD, component, runSynchronous } from './component.ts';
import { xml, type XmlElement } from './xml.ts';

export interface WindowsPeAnswers {
  /** Number of the image on the medium. */
  readonly image: number;
  readonly language: string;
  readonly key: string | null;
}

/** MiB. The EFI partition has what disks with 4 KiB sectors need, too (Microsoft: UEFI/GPT-based partitions). */
const EFI = 260;
const RESERVED = 16;
/** The third partition: what is left. There is none for recovery: a template is made again, not repaired. */
const WINDOWS = '3';

/**
 * windowsPE: language, disk 0 wiped and partitioned, which edition goes there.
 *
 * Secure Boot is off in the VM (docs/windows-template.md), which set-up would hold against it: LabConfig's value is
 * what public answer files use; Microsoft does not document it.
 */
export function windowsPe({ image, language, key }: WindowsPeAnswers): readonly XmlElement[] {
  return [
    component('Microsoft-Windows-International-Core-WinPE', [
      xml('SetupUILanguage', [xml('UILanguage', language)]),
      ...locales(language),
    ]),
    component('Microsoft-Windows-Setup', [
      diskConfiguration(),
      xml('DynamicUpdate', [xml('Enable', 'false')]),
      xml('ImageInstall', [
        xml('OSImage', [
          xml('InstallFrom', [
            xml('MetaData', ADD, [xml('Key', '/IMAGE/INDEX'), xml('Value', String(image))]),
          ]),
          xml('InstallTo', [xml('DiskID', '0'), xml('PartitionID', WINDOWS)]),
        ]),
      ]),
      runSynchronous([
        {
          what: 'Secure Boot is off in this VM',
          command: String.raw`reg.exe add HKLM\SYSTEM\Setup\LabConfig /v BypassSecureBootCheck /t REG_DWORD /d 1 /f`,
        },
      ]),
      xml('UserData', [
        xml('AcceptEula', 'true'),
        xml('ProductKey', [
          ...(key === null ? [] : [xml('Key', key)]),
          // Without a key a page to type one would stop everything; what then fails is said on the screen.
          xml('WillShowUI', key === null ? 'Never' : 'OnError'),
        ]),
      ]),
    ]),
  ];
}

/** The four settings of language that both international components have. */
export function locales(language: string): readonly XmlElement[] {
  return ['InputLocale', 'SystemLocale', 'UILanguage', 'UserLocale'].map((name) => xml(name, language));
}

function diskConfiguration(): XmlElement {
  return xml('DiskConfiguration', [
    xml('Disk', ADD, [
      xml('DiskID', '0'),
      xml('WillWipeDisk', 'true'),
      xml('CreatePartitions', [
        create(1, 'EFI', ['Size', String(EFI)]),
        create(2, 'MSR', ['Size', String(RESERVED)]),
        create(3, 'Primary', ['Extend', 'true']),
      ]),
      xml('ModifyPartitions', [
        modify(1, [xml('Format', 'FAT32'), xml('Label', 'System')]),
        modify(2, []),
        modify(3, [xml('Format', 'NTFS'), xml('Label', 'Windows'), xml('Letter', 'C')]),
      ]),
    ]),
  ]);
}

function create(order: number, type: string, [extent, value]: readonly [string, string]): XmlElement {
  return xml('CreatePartition', ADD, [xml('Order', String(order)), xml(extent, value), xml('Type', type)]);
}

function modify(number: number, settings: readonly XmlElement[]): XmlElement {
  return xml('ModifyPartition', ADD, [
    xml('Order', String(number)),
    xml('PartitionID', String(number)),
    ...settings,
  ]);
}
