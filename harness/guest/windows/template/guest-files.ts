import { addDriver, FINISH_STEPS, type FinishStep, installPackage } from './finish-steps.ts';
import { REGISTRY_SETTINGS } from './registry-settings.ts';
import { checkScript } from './scripts/check-script.ts';
import { type DriverKind, driverScript } from './scripts/driver-script.ts';
import { finishScript } from './scripts/finish-script.ts';
import { HOME, PREPARE_SCRIPT, SETUP_COMPLETE } from './scripts/prepare-script.ts';
import { STEPS_SCRIPT } from './scripts/steps-script.ts';
import { VIRTIO_DRIVERS } from './virtio-files.ts';

const STEPS: readonly FinishStep[] = [
  ...FINISH_STEPS,
  ...VIRTIO_DRIVERS.map(({ id, to, inf }) => addDriver(id, `${HOME}\\${to.replace('/', '\\')}\\${inf}`)),
];
const AGENT = installPackage('agent', `${HOME}\\qemu-ga.msi`, `${HOME}\\qemu-ga.log`);

/** All steps that end set-up, in order. */
export const ALL_STEPS: readonly FinishStep[] = [...STEPS, AGENT];

/**
 * The scripts that go to the guest, by their names below the ISO's `code43/`. Lines end as Windows wants it.
 *
 * @param driver null: the template has no display driver of its own
 */
export function guestFiles(
  driver: { readonly kind: DriverKind; readonly sha256: string } | null,
): Readonly<Record<string, string>> {
  // An installer needs the device, which is not there while Windows is set up.
  const staged = driver?.kind === 'zip' ? `${HOME}\\driver.ps1` : null;
  const texts = {
    'prepare.ps1': PREPARE_SCRIPT,
    'SetupComplete.cmd': SETUP_COMPLETE,
    'steps.ps1': STEPS_SCRIPT,
    'finish.ps1': finishScript({ steps: STEPS, driverScript: staged, agent: AGENT }),
    'check.ps1': checkScript({
      settings: REGISTRY_SETTINGS,
      steps: ALL_STEPS,
      driver: driver?.kind ?? null,
    }),
    ...(driver === null ? {} : { 'driver.ps1': driverScript(driver.kind, driver.sha256) }),
  };
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, text.replaceAll('\n', '\r\n')]),
  );
}
