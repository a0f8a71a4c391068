import { integer, list, optional, record, shapedAs, text } from '../shape.ts';
import type { Sighting } from './sighting.ts';

const BY = 'PowerShell (constrained)';
const Devices = list(record({ PNPDeviceID: optional(text), ConfigManagerErrorCode: optional(integer) }));

/**
 * What the probe prints in constrained language mode says of the device with this id: `@@IGPU1 CLM`, the nonce, one
 * line of JSON (none where there is nothing to list), `@@END`. One opinion, without a driver: it can show a problem
 * code and no more. Pure; never throws.
 */
export function readLimited(out: string, nonce: string, id: string): Sighting {
  const [, said, json = ''] =
    /@@IGPU1 CLM\r?\n([A-Za-z0-9]{8,32})\r?\n(?:([[{][\x20-\x7e]{0,65536})\r?\n)?@@END/.exec(
      out.slice(0, 262_144),
    ) ?? [];
  if (said === undefined) return { by: BY, says: 'nothing', why: 'its answer is not whole' };
  if (said !== nonce) return { by: BY, says: 'nothing', why: 'its answer belongs to another question' };
  const listed = shapedAs(Devices, fromJson(json));
  if (!('value' in listed))
    return { by: BY, says: 'nothing', why: 'its answer is not what the contract says' };
  const [, vendor = '', device = ''] = /^(.{4}):(.{4})$/.exec(id) ?? [];
  const wanted = `PCI\\VEN_${vendor}&DEV_${device}`.toLowerCase();
  const ours = listed.value.filter((each) => each.PNPDeviceID?.toLowerCase().startsWith(wanted) === true);
  const code = ours[0]?.ConfigManagerErrorCode ?? null;
  if (ours.length === 1 && code !== null) return { by: BY, says: 'code', code };
  return {
    by: BY,
    says: 'nothing',
    why: ours.length > 1 ? 'two devices have the id' : 'it does not list the device',
  };
}

function fromJson(json: string): unknown {
  try {
    return json === '' ? [] : JSON.parse(json);
  } catch {
    return undefined;
  }
}
