import { ADD, component } from './component.ts';
import { TIME_ZONE } from './specialize.ts';
import { locales } from './windows-pe.ts';
import { xml, type XmlElement } from './xml.ts';

/** For a person at the console. The agent runs as SYSTEM and logs nobody on. */
export const ACCOUNT = 'code43';

export interface OobeAnswers {
  readonly language: string;
  readonly password: string;
}

/**
 * oobeSystem: one local account, no questions. With a local account in the answer file set-up asks for neither a
 * network nor an account of Microsoft's.
 */
export function oobeSystem({ language, password }: OobeAnswers): readonly XmlElement[] {
  return [
    component('Microsoft-Windows-International-Core', locales(language)),
    component('Microsoft-Windows-Shell-Setup', [
      xml('OOBE', [
        xml('HideEULAPage', 'true'),
        xml('HideOEMRegistrationScreen', 'true'),
        xml('HideOnlineAccountScreens', 'true'),
        xml('HideWirelessSetupInOOBE', 'true'),
        // 3: nothing is recommended, downloaded or sent.
        xml('ProtectYourPC', '3'),
      ]),
      xml('TimeZone', TIME_ZONE),
      xml('UserAccounts', [
        xml('LocalAccounts', [
          xml('LocalAccount', ADD, [
            xml('Password', [xml('Value', password), xml('PlainText', 'true')]),
            xml('DisplayName', ACCOUNT),
            xml('Group', 'Administrators'),
            xml('Name', ACCOUNT),
          ]),
        ]),
      ]),
    ]),
  ];
}
