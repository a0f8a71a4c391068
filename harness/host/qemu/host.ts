import { findImage, type GuestImage } from '../../guest/image/image.ts';
import type { RomFacts } from '../../rom/facts.ts';
import type { Cell } from '../../scenario/cell.ts';
import type { TraceHeader } from '../../trace/header.ts';
import { guestAddress } from '../../vmconfig/device.ts';
import { parseVmConfig } from '../../vmconfig/parse.ts';
import type { QemuCommand } from '../../vmconfig/qemu.ts';
import { findProgram } from '../../wire/program.ts';
import type { Host, Record as RecordSeen, Vm, Wanted } from '../host.ts';
import { bootArguments } from './boot-arguments.ts';
import { commandFor, configProblems, UnfitCell } from './cell-command.ts';
import { hostFacts } from '../host-facts.ts';
import { QemuInUse } from './qemu-in-use.ts';
import { findRom, placeRom, type RomFile, RomUnavailable } from '../rom-file.ts';
import { openSerialConsole } from './serial-console.ts';
import { shellLine } from './shell-line.ts';
import { firmwarePaths } from './private-files.ts';
import { lacksOfParts } from './lacks.ts';
import { QemuVm } from './vm.ts';
import { VmParts } from './vm-parts.ts';

const PROGRAM = 'qemu-system-x86_64';
const SETUP = 'run `npm run setup`';
const CLOCKS = {
  note: 'harness',
  exec: 'harness',
  qmp: 'harness',
  agent: 'harness',
  serial: 'harness',
  firmware: 'harness',
};

export interface QemuHostOptions {
  /** Where guest images, ROMs and the accelerator's trial are kept. */
  readonly cacheDir: string;
  readonly env: NodeJS.ProcessEnv;
}

/** This machine, with plain QEMU: an emulated device stands in for the iGPU. */
export class QemuHost implements Host {
  readonly #options: QemuHostOptions;
  readonly #qemu: QemuInUse | null;

  constructor(options: QemuHostOptions) {
    this.#options = options;
    const program = findProgram(PROGRAM, options.env);
    this.#qemu = program === null ? null : new QemuInUse(program, options);
  }

  async unmet(cell: Cell): Promise<readonly string[]> {
    const image = await this.#image(cell);
    const problems = configProblems(cell);
    const missing = [
      ...(this.#qemu === null ? [`there is no ${PROGRAM} on PATH: ${SETUP}`] : []),
      ...(findProgram('setpriv', this.#options.env) === null
        ? ['there is no setpriv (util-linux) on PATH']
        : []),
      ...(image === null ? [`guest image ${cell.guest.image ?? cell.guest.id} is not built: ${SETUP}`] : []),
      ...problems,
      ...(await this.#romProblem(cell)),
    ];
    if (this.#qemu === null || problems.length > 0) return missing;
    const command = commandFor(cell, { accelerator: 'tcg', romPath: null });
    return [
      ...missing,
      ...lacksOfParts(command, this.#options.env),
      ...(await this.#qemu.lacks(command, image)),
    ];
  }

  async preview(
    cell: Cell,
  ): Promise<{ readonly command: readonly string[]; readonly notHonoured: readonly string[] }> {
    const image = (await this.#image(cell)) ?? unbuilt(cell);
    const known = await this.#qemu?.knownAccelerator(image);
    const rom = await this.#rom(cell);
    const path = rom instanceof RomUnavailable ? rom.placeholder : (rom?.path ?? null);
    // Not tried yet: KVM is what a run would try first.
    const local = { accelerator: known?.name ?? 'kvm', romPath: path } as const;
    const { files } = commandFor(cell, local);
    const command = commandFor(cell, { ...local, paths: firmwarePaths(files) });
    const argv = [...command.argv, ...bootArguments(image, command, { fault: cell.fault })];
    const line = shellLine([this.#qemu?.program ?? PROGRAM, ...argv]);
    const starts = cell.boots.filter((kind) => kind === 'start');
    return { command: starts.map(() => line), notHonoured: command.notHonoured };
  }

  async describe(cell: Cell): Promise<Pick<TraceHeader, 'host' | 'guest' | 'rom' | 'clocks'>> {
    const { host, guest } = cell;
    const facts = await hostFacts();
    const image = await this.#image(cell);
    const rom = await this.#rom(cell);
    const found = rom instanceof RomUnavailable ? null : rom;
    return {
      host: {
        name: host.name,
        platform: host.platform,
        virtual: facts.virtual,
        passthrough: 'emulated',
        igpu: { id: host.igpu.id, address: host.igpu.address, driver: host.igpu.driver[guest.probe] ?? {} },
        facts: {
          ...host.facts,
          ...(facts.model === null ? {} : { cpu: facts.model }),
          kernel: facts.kernel,
          ...(await this.#qemu?.facts(image)),
        },
      },
      guest: {
        name: guest.name,
        probe: guest.probe,
        build: image?.digest ?? null,
        deviceAddress: guestAddress(parseVmConfig(cell.config), host.igpu.address),
        agentDeadline: guest.agentDeadline,
        ...(guest.config === undefined ? {} : { config: guest.config }),
        ...(cell.fault === null ? {} : { fault: cell.fault }),
      },
      rom: { ref: cell.rom.ref, sha256: found?.sha256 ?? null, facts: found ? forHeader(found.facts) : null },
      clocks: CLOCKS,
    };
  }

  names(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  async prepare(cell: Cell, record: RecordSeen, wanted: Wanted): Promise<Vm> {
    const image = await this.#image(cell);
    if (this.#qemu === null || image === null || configProblems(cell).length > 0) {
      throw new UnfitCell(cell.id, await this.unmet(cell));
    }
    const accelerator = await this.#qemu.accelerator(image);
    const rom = await placeRom(cell.rom, this.#romOptions(cell));
    const { program } = this.#qemu;
    const local = { accelerator: accelerator.name, romPath: rom?.path ?? null };
    // First, since it may not be to be had: the rest is then not begun.
    const serial = wanted.console ? await openSerialConsole(record) : null;
    const parts = new VmParts(commandFor(cell, local));
    const lineOf = (command: QemuCommand): readonly string[] => [
      program,
      ...command.argv,
      ...bootArguments(image, command, { fault: cell.fault, serial: serial?.argv ?? null }),
    ];
    const command = commandFor(cell, { ...local, paths: parts.paths });
    const control = commandFor(cell, { ...local, paths: parts.paths, withoutDevice: true });
    const what = [...command.notHonoured];
    if (what.length > 0) record({ ch: 'note', kind: 'not-honoured', what });
    const asked = { probe: cell.guest.probe, device: cell.host.igpu.id };
    const lines = { boot: lineOf(command), control: lineOf(control) };
    return new QemuVm(lines, asked, record, { parts, serial });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }

  async #rom(cell: Cell): Promise<RomFile | RomUnavailable | null> {
    try {
      return await findRom(cell.rom, this.#romOptions(cell));
    } catch (error) {
      if (error instanceof RomUnavailable) return error;
      throw error;
    }
  }

  async #romProblem(cell: Cell): Promise<readonly string[]> {
    const rom = await this.#rom(cell);
    return rom instanceof RomUnavailable ? [rom.message] : [];
  }

  #romOptions(cell: Cell): { readonly deviceId: string; readonly cacheDir: string } {
    return { deviceId: cell.host.igpu.id, cacheDir: this.#options.cacheDir };
  }

  #image(cell: Cell): Promise<GuestImage | null> {
    return findImage(cell.guest.image ?? '', this.#options.cacheDir);
  }
}

/** A header is plain data that its owner may change. */
function forHeader({ size, images, findings }: RomFacts): NonNullable<TraceHeader['rom']>['facts'] {
  return { size, images: [...images], findings: [...findings] };
}

function unbuilt(cell: Cell): GuestImage {
  const name = cell.guest.image ?? cell.guest.id;
  const part = (what: string): string => `<${what} of guest image ${name}>`;
  const kernel = part('kernel');
  const append = part('command line');
  return { name, kernel, packedKernel: kernel, initrd: part('initrd'), append, digest: '' };
}
