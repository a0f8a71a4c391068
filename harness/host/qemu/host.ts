import { findImage, type GuestImage } from '../../guest/image/image.ts';
import type { RomFacts } from '../../rom/facts.ts';
import type { Cell } from '../../scenario/cell.ts';
import type { TraceHeader } from '../../trace/header.ts';
import { guestAddress } from '../../vmconfig/device.ts';
import { parseVmConfig } from '../../vmconfig/parse.ts';
import { findProgram } from '../../wire/program.ts';
import type { Host, Record as RecordSeen, Vm } from '../host.ts';
import { type Accelerator, chooseAccelerator, knownAccelerator } from './accelerator.ts';
import { bootArguments } from './boot-arguments.ts';
import { askQemu, type QemuCapabilities } from './capabilities.ts';
import { commandFor, configProblems, UnfitCell } from './cell-command.ts';
import { hostFacts } from './host-facts.ts';
import { findRom, placeRom, type RomFile, RomUnavailable } from './rom-file.ts';
import { shellLine } from './shell-line.ts';
import { lacks } from './lacks.ts';
import { COLD, QemuVm } from './vm.ts';

const PROGRAM = 'qemu-system-x86_64';
const SETUP = 'run `npm run setup`';
const CLOCKS = { note: 'harness', exec: 'harness', qmp: 'harness', agent: 'harness', serial: 'harness' };

export interface QemuHostOptions {
  /** Where guest images, ROMs and the accelerator's trial are kept. */
  readonly cacheDir: string;
  readonly env: NodeJS.ProcessEnv;
}

/** This machine, with plain QEMU: an emulated device stands in for the iGPU. */
export class QemuHost implements Host {
  readonly #options: QemuHostOptions;
  readonly #asked = new Map<string, Promise<QemuCapabilities>>();
  readonly #accelerators = new Map<string, Promise<Accelerator>>();

  constructor(options: QemuHostOptions) {
    this.#options = options;
  }

  async unmet(cell: Cell): Promise<readonly string[]> {
    const program = this.#program();
    const image = await this.#image(cell);
    const problems = configProblems(cell);
    const missing = [
      ...(program === null ? [`there is no ${PROGRAM} on PATH: ${SETUP}`] : []),
      ...(this.#find('setpriv') === null ? ['there is no setpriv (util-linux) on PATH'] : []),
      ...(image === null ? [`guest image ${cell.guest.image ?? cell.guest.id} is not built: ${SETUP}`] : []),
      ...(cell.boots.includes('cold') ? [COLD] : []),
      ...problems,
      ...(await this.#romProblem(cell)),
    ];
    if (program === null || problems.length > 0) return missing;
    return [...missing, ...(await this.#lacks(cell, program, image))];
  }

  async preview(
    cell: Cell,
  ): Promise<{ readonly command: readonly string[]; readonly notHonoured: readonly string[] }> {
    const image = (await this.#image(cell)) ?? unbuilt(cell);
    const program = this.#program() ?? PROGRAM;
    const known = await knownAccelerator({ ...this.#options, program, image }).catch(() => null);
    const rom = await this.#rom(cell);
    const path = rom instanceof RomUnavailable ? rom.placeholder : (rom?.path ?? null);
    // Not tried yet: KVM is what a run would try first.
    const command = commandFor(cell, known?.name ?? 'kvm', path);
    const line = shellLine([program, ...command.argv, ...bootArguments(image)]);
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
        name: host.id,
        platform: host.platform,
        virtual: facts.virtual,
        passthrough: 'emulated',
        igpu: { id: host.igpu.id, address: host.igpu.address, driver: host.igpu.driver[guest.probe] ?? {} },
        facts: {
          ...host.facts,
          ...(facts.model === null ? {} : { cpu: facts.model }),
          kernel: facts.kernel,
          ...(await this.#qemuFacts(image)),
        },
      },
      guest: {
        name: guest.id,
        probe: guest.probe,
        build: image?.digest ?? null,
        deviceAddress: guestAddress(parseVmConfig(cell.config), host.igpu.address),
        agentDeadline: guest.agentDeadline,
      },
      rom: { ref: cell.rom.ref, sha256: found?.sha256 ?? null, facts: found ? forHeader(found.facts) : null },
      clocks: CLOCKS,
    };
  }

  async prepare(cell: Cell, record: RecordSeen): Promise<Vm> {
    const unmet = configProblems(cell);
    const program = this.#program();
    const image = await this.#image(cell);
    if (program === null || image === null || unmet.length > 0) {
      throw new UnfitCell(cell.id, unmet.length > 0 ? unmet : await this.unmet(cell));
    }
    const accelerator = await this.#accelerator(program, image);
    const rom = await placeRom(cell.rom, this.#romOptions(cell));
    const { argv } = commandFor(cell, accelerator.name, rom?.path ?? null);
    return new QemuVm([program, ...argv, ...bootArguments(image)], cell.guest.probe, record);
  }

  async #lacks(cell: Cell, program: string, image: GuestImage | null): Promise<readonly string[]> {
    const command = commandFor(cell, 'tcg', null);
    const devices = command.needs.properties.map(({ device }) => device);
    const missing = lacks(command, await this.#ask(program, devices));
    // Only then is it worth a trial of KVM.
    if (command.needs.cpu !== 'host' || image === null) return missing;
    const { name, why } = await this.#accelerator(program, image);
    return name === 'kvm' ? missing : [...missing, `cpu: host needs KVM, which does not work here: ${why}`];
  }

  async #qemuFacts(image: GuestImage | null): Promise<Readonly<Record<string, string>>> {
    const program = this.#program();
    if (program === null) return {};
    const { version } = await this.#ask(program, []);
    if (image === null) return { qemu: version };
    const { name, why } = await this.#accelerator(program, image);
    return { qemu: version, accelerator: name, acceleratorWhy: why };
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

  #find(name: string): string | null {
    return findProgram(name, this.#options.env);
  }

  #program(): string | null {
    return this.#find(PROGRAM);
  }

  #ask(program: string, devices: readonly string[]): Promise<QemuCapabilities> {
    return once(this.#asked, devices.join(), () => askQemu(program, devices));
  }

  #accelerator(program: string, image: GuestImage): Promise<Accelerator> {
    return once(this.#accelerators, image.digest, () =>
      chooseAccelerator({ ...this.#options, program, image }),
    );
  }
}

/** A header is plain data that its owner may change. */
function forHeader({ size, images, findings }: RomFacts): NonNullable<TraceHeader['rom']>['facts'] {
  return { size, images: [...images], findings: [...findings] };
}

/** Asks once for each key; a failure is asked again. */
function once<T>(answers: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const known = answers.get(key);
  if (known) return known;
  const answer = ask();
  answers.set(key, answer);
  answer.catch(() => answers.delete(key));
  return answer;
}

function unbuilt(cell: Cell): GuestImage {
  const name = cell.guest.image ?? cell.guest.id;
  const part = (what: string): string => `<${what} of guest image ${name}>`;
  return { name, kernel: part('kernel'), initrd: part('initrd'), append: part('command line'), digest: '' };
}
