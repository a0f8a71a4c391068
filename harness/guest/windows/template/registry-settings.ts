/** A value of the registry that is set before Windows is used for the first time. */
export interface RegistrySetting {
  /** Lower case, with hyphens: what the check in the guest calls it. */
  readonly id: string;
  /** `HKLM\…` */
  readonly key: string;
  readonly name: string;
  /** A REG_DWORD. */
  readonly value: number;
}

const POLICIES = String.raw`HKLM\SOFTWARE\Policies\Microsoft\Windows`;
const CONTROL = String.raw`HKLM\SYSTEM\CurrentControlSet\Control`;

/**
 * What keeps the guest as it is between runs. docs/windows-template.md says of each why, and where it is documented; a
 * test holds the page to this list. Unverified on a real Windows.
 */
export const REGISTRY_SETTINGS: readonly RegistrySetting[] = [
  { id: 'no-updates', key: `${POLICIES}\\WindowsUpdate\\AU`, name: 'NoAutoUpdate', value: 1 },
  {
    id: 'no-drivers-with-updates',
    key: `${POLICIES}\\WindowsUpdate`,
    name: 'ExcludeWUDriversInQualityUpdate',
    value: 1,
  },
  { id: 'no-driver-search', key: `${POLICIES}\\DriverSearching`, name: 'SearchOrderConfig', value: 0 },
  {
    id: 'no-device-metadata',
    key: `${POLICIES}\\Device Metadata`,
    name: 'PreventDeviceMetadataFromNetwork',
    value: 1,
  },
  { id: 'no-fast-start', key: `${CONTROL}\\Session Manager\\Power`, name: 'HiberbootEnabled', value: 0 },
  { id: 'no-device-encryption', key: `${CONTROL}\\BitLocker`, name: 'PreventDeviceEncryption', value: 1 },
];

/** The command that sets it, with programs of Windows alone. */
export function registryCommand({ key, name, value }: RegistrySetting): string {
  return `reg.exe add "${key}" /v ${name} /t REG_DWORD /d ${value} /f`;
}
