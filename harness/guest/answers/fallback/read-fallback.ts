import type { FallbackStep } from '../../../trace/words.ts';
import { pnputilDevices, registryValue, wmicDevices, type Listed } from './listing.ts';
import type { Printed, Sighting } from './sighting.ts';

/** pnputil and the registry tool end with 0; pnputil with 259 where nothing matches (ERROR_NO_MORE_ITEMS). */
const NO_MORE_ITEMS = 259;

type Reader = (printed: Printed, id: string) => Sighting;

const READERS: Readonly<Record<FallbackStep, Reader>> = {
  version: () => nothing('cmd', 'it shows only that programs can be started'),
  'problem-43': readProblem43,
  connected: (printed, id) => readDevices('pnputil', pnputilDevices(printed.out), printed, id, false),
  'connected-all': (printed, id) => readDevices('pnputil', pnputilDevices(printed.out), printed, id, true),
  'image-state': readImageState,
  setup: readSetup,
  services: () => nothing('registry', 'it also remembers devices that are gone'),
  drivers: () => nothing('registry', 'it also remembers drivers that do not run'),
  wmic: readWmic,
};

/**
 * What one fall-back says of the device with this id. Pure; never throws. What cannot be believed says nothing: a
 * program that ended badly, output that was cut, an id that two devices have.
 *
 * @param id `vendor:device` of the device under test, lower-case hex
 */
export function readFallback(step: FallbackStep, printed: Printed, id: string): Sighting {
  const { exitcode, signal } = printed;
  if (exitcode === null && signal === null) return nothing(step, 'it did not run to its end');
  const ended = exitcode === 0 || (exitcode === NO_MORE_ITEMS && READERS[step] !== readWmic);
  if (!ended)
    return nothing(
      step,
      `it ended with ${signal === null ? 'exit code' : 'signal'} ${exitcode ?? signal ?? ''}`,
    );
  if (printed.truncated) return nothing(step, 'its output was cut');
  return READERS[step](printed, id);
}

function nothing(by: string, why: string): Sighting {
  return { by, says: 'nothing', why };
}

/** Who is listed has the code: that is what was asked for. */
function readProblem43({ out }: Printed, id: string): Sighting {
  const ours = pnputilDevices(out).filter((device) => device.id === id);
  if (ours.length === 0) return { by: 'pnputil', says: 'not-code', code: 43 };
  const [device] = ours;
  if (ours.length > 1) return nothing('pnputil', 'two devices have the id');
  if (device?.code !== null && device?.code !== 43)
    return nothing('pnputil', 'it lists another code than it was asked for');
  return { by: 'pnputil', says: 'code', code: 43 };
}

/** pnputil names a problem code only where there is one, so a device without is one of which no problem is told. */
function readDevices(
  by: string,
  devices: readonly Listed[],
  { exitcode }: Printed,
  id: string,
  all: boolean,
): Sighting {
  const ours = devices.filter((device) => device.id === id);
  const [device] = ours;
  if (ours.length > 1) return nothing(by, 'two devices have the id');
  if (device !== undefined) return { by, says: 'code', code: device.code ?? 0 };
  // A device without a driver has no class, and a list without any PCI device is no list of them.
  const complete = all && exitcode === 0 && devices.length > 0;
  return complete ? { by, says: 'absent' } : nothing(by, 'the device is not in this list');
}

function readWmic(printed: Printed, id: string): Sighting {
  const devices = wmicDevices(printed.out);
  const ours = devices.filter((device) => device.id === id);
  if (ours.length === 1 && ours[0]?.code === null) return nothing('wmic', 'it names no problem code');
  return readDevices('wmic', devices, printed, id, true);
}

function readImageState({ out }: Printed): Sighting {
  const value = registryValue(out, 'ImageState');
  if (value === null) return nothing('registry', 'it has no ImageState');
  return { by: 'registry', says: 'image-state', complete: value === 'IMAGE_STATE_COMPLETE', value };
}

/** Both values are 1 while they last; the second need not be there. */
function readSetup({ out }: Printed): Sighting {
  const setup = registryValue(out, 'SystemSetupInProgress');
  const oobe = registryValue(out, 'OOBEInProgress');
  if (setup === null) return nothing('registry', 'it has no SystemSetupInProgress');
  const isSet = (value: string | null): boolean => value !== null && Number(value) !== 0;
  return { by: 'registry', says: 'set-up', running: isSet(setup) || isSet(oobe) };
}
