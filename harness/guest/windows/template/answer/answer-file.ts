import { oobeSystem } from './oobe-system.ts';
import { specialize } from './specialize.ts';
import { windowsPe } from './windows-pe.ts';
import { renderXml, xml } from './xml.ts';

/** What an answer file has to say that is not the same for every template. */
export interface Answers {
  /** Number of the edition on the medium, from 1. */
  readonly image: number;
  /** Of the medium: set-up asks a person where it has not got the language that it is told. */
  readonly language: string;
  /** Product key, `XXXXX-XXXXX-XXXXX-XXXXX-XXXXX`; null: none. */
  readonly key: string | null;
  /** Of the local account. */
  readonly password: string;
}

/**
 * `autounattend.xml`: Windows Setup takes it from the root of any CD that is in the machine (Microsoft: "Windows Setup
 * Automation Overview"), and asks nothing. **Whoever boots Windows' medium beside it loses disk 0.**
 */
export function answerFile(answers: Answers): string {
  const namespaces = {
    xmlns: 'urn:schemas-microsoft-com:unattend',
    'xmlns:wcm': 'http://schemas.microsoft.com/WMIConfig/2002/State',
  };
  return renderXml(
    xml('unattend', namespaces, [
      xml('settings', { pass: 'windowsPE' }, windowsPe(answers)),
      xml('settings', { pass: 'specialize' }, specialize()),
      xml('settings', { pass: 'oobeSystem' }, oobeSystem(answers)),
    ]),
  );
}
