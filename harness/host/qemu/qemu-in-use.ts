import type { GuestImage } from '../../guest/image/image.ts';
import type { QemuCommand } from '../../vmconfig/qemu.ts';
import { type Accelerator, chooseAccelerator, knownAccelerator } from './accelerator.ts';
import { askQemu, type QemuCapabilities } from './capabilities.ts';
import { lacks } from './lacks.ts';

/** The QEMU that is installed here: what it is and what it can do, asked once. */
export class QemuInUse {
  readonly program: string;
  readonly #options: { readonly cacheDir: string; readonly env: NodeJS.ProcessEnv };
  readonly #asked = new Map<string, Promise<QemuCapabilities>>();
  readonly #accelerators = new Map<string, Promise<Accelerator>>();

  /** @param program its absolute path */
  constructor(program: string, options: { readonly cacheDir: string; readonly env: NodeJS.ProcessEnv }) {
    this.program = program;
    this.#options = options;
  }

  /** What a command needs and is not to be had here, each a sentence. Without an image KVM is not tried. */
  async lacks(command: QemuCommand, image: GuestImage | null): Promise<readonly string[]> {
    const devices = [...command.needs.devices, ...command.needs.properties.map(({ device }) => device)];
    const missing = lacks(command, await this.#ask(devices));
    if (command.needs.cpu !== 'host' || image === null) return missing;
    const { name, why } = await this.accelerator(image);
    return name === 'kvm' ? missing : [...missing, `cpu: host needs KVM, which does not work here: ${why}`];
  }

  /** Publishable facts: `qemu`, and with an image `accelerator` and `acceleratorWhy`. */
  async facts(image: GuestImage | null): Promise<Readonly<Record<string, string>>> {
    const { version } = await this.#ask([]);
    if (image === null) return { qemu: version };
    const { name, why } = await this.accelerator(image);
    return { qemu: version, accelerator: name, acceleratorWhy: why };
  }

  /** Null: only a trial can tell. */
  knownAccelerator(image: GuestImage): Promise<Accelerator | null> {
    return knownAccelerator({ ...this.#options, program: this.program, image });
  }

  accelerator(image: GuestImage): Promise<Accelerator> {
    return once(this.#accelerators, image.digest, () =>
      chooseAccelerator({ ...this.#options, program: this.program, image }),
    );
  }

  #ask(devices: readonly string[]): Promise<QemuCapabilities> {
    return once(this.#asked, devices.join(), () => askQemu(this.program, devices));
  }
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
