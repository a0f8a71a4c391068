import { knownRom } from '../igpu/known-roms.ts';
import type { GuestFile, HostFile } from '../scenario/cell.ts';
import type { ImportHeader } from '../trace/import.ts';
import type { Expectation } from '../trace/header.ts';
import { guestAddress, passedDevice } from '../vmconfig/device.ts';
import { parseVmConfig } from '../vmconfig/parse.ts';
import { configUnderTest } from './header.ts';

export interface ImportRequest {
  readonly id: string;
  readonly name: string;
  readonly tool: string;
  readonly host: HostFile;
  readonly guest: GuestFile;
  /** The VM config as it was given, whole; null where it was not. */
  readonly config: string | null;
  readonly expect: Expectation | null;
}

/** The header of a `reported` trace: what is known is stated, what is not is null. */
export function importHeader(request: ImportRequest): ImportHeader {
  const { host, guest, config } = request;
  const parsed = config === null ? null : parseVmConfig(config);
  return {
    id: request.id.replaceAll('/', '-'),
    tool: { name: 'code43', version: request.tool },
    started: null,
    cell: {
      id: request.id,
      scenario: request.id,
      name: request.name,
      axes: {},
      config: config === null ? null : configUnderTest(config),
      boots: [],
      settle: { unchanged: 0, uptime: 0, samples: 0, limit: 0 },
      expect: request.expect,
      attempt: 1,
    },
    host: {
      name: host.name,
      platform: host.platform,
      virtual: null,
      passthrough: null,
      igpu: { id: host.igpu.id, address: host.igpu.address, driver: host.igpu.driver[guest.probe] ?? {} },
      facts: { ...host.facts },
    },
    guest: {
      name: guest.name,
      probe: guest.probe,
      build: null,
      deviceAddress: parsed === null ? null : guestAddress(parsed, host.igpu.address),
      agentDeadline: guest.agentDeadline,
    },
    rom: parsed === null ? null : romOf(parsed, host),
  };
}

/** The ROM that a config names: one that is known for this iGPU by its file name, else a file of that name. */
function romOf(config: ReturnType<typeof parseVmConfig>, host: HostFile): ImportHeader['rom'] {
  const passed = passedDevice(config, host.igpu.address);
  if (passed === null) return null;
  if (passed.romfile === null) return { ref: 'none', sha256: null, facts: null };
  const known = knownRom(host.igpu.id);
  const ref = known?.file === passed.romfile ? known.ref : `file/${passed.romfile}`;
  return { ref, sha256: null, facts: null };
}
