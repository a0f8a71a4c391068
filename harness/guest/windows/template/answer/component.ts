import { xml, type XmlElement } from './xml.ts';

/** Makes an element one of a list that is added to (WMIConfig's own namespace). */
export const ADD = { 'wcm:action': 'add' } as const;

/** Windows' own components; the token is the same for all of them. */
type ComponentName =
  | 'Microsoft-Windows-International-Core-WinPE'
  | 'Microsoft-Windows-Setup'
  | 'Microsoft-Windows-Shell-Setup'
  | 'Microsoft-Windows-Deployment'
  | 'Microsoft-Windows-International-Core';

/** A component's settings in one pass, for 64-bit Windows (docs: "Components", Unattended Windows Setup Reference). */
export function component(name: ComponentName, settings: readonly XmlElement[]): XmlElement {
  const identity = {
    name,
    processorArchitecture: 'amd64',
    publicKeyToken: '31bf3856ad364e35',
    language: 'neutral',
    versionScope: 'nonSxS',
  };
  return xml('component', identity, settings);
}

/** The longest command line that RunSynchronousCommand's Path takes (Microsoft-Windows-Deployment). */
export const MAX_COMMAND = 259;

/**
 * Commands that run one after the other, numbered from 1.
 *
 * @throws RangeError one is longer than Windows takes
 */
export function runSynchronous(
  commands: readonly { readonly what: string; readonly command: string }[],
): XmlElement {
  return xml(
    'RunSynchronous',
    commands.map(({ what, command }, at) => {
      if (command.length > MAX_COMMAND)
        throw new RangeError(`a command of the answer file has ${command.length} characters: ${command}`);
      return xml('RunSynchronousCommand', ADD, [
        xml('Description', what),
        xml('Order', String(at + 1)),
        xml('Path', command),
      ]);
    }),
  );
}
