import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { RECIPES } from '../image/recipes.ts';
import { FAULT_WORD } from './hooks.ts';

/** A run of one of the guest's programs; text is one character a byte. */
export interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * The stand-in's own programs, laid out in a directory of this machine with one display device, `1234:1111` at 00:02.0,
 * and one host bridge. Nothing boots: what is tried is what the scripts print.
 */
export class StandinGuest {
  readonly #root: string;

  /** @param code the problem code that the display driver found, and the fault that was asked for */
  constructor(code: number, fault: string | null = null) {
    this.#root = mkdtempSync(join(tmpdir(), 'code43-standin-'));
    onTestFinished(() => {
      rmSync(this.#root, { recursive: true });
    });
    for (const [path, text] of Object.entries(RECIPES['standin-windows']))
      this.#write(path, this.#here(text));
    const id = 'PCI\\VEN_1234&DEV_1111&SUBSYS_11001AF4';
    this.#write('run/display/0000:00:02.0', `${code} ${id}&REV_02 ${id} 00 02 0\n`);
    this.#write('run/agent-since', '0\n');
    this.#write('proc/cmdline', `quiet${fault === null ? '' : ` ${FAULT_WORD}${fault}`}\n`);
    this.#write('proc/uptime', '100.25 90.00\n');
    this.#write('proc/stat', 'cpu 1\nbtime 1700000000\n');
    this.#device('0000:00:00.0', '0x060000', '0x8086', '0x29c0');
    this.#device('0000:00:02.0', '0x038000', '0x1234', '0x1111');
  }

  /** Runs a program by the path that Windows has for it, or by its name in the guest. */
  run(program: string, args: readonly string[] = []): Ran {
    const { status, stdout, stderr } = spawnSync(join(this.#root, 'usr/lib/guest', program), args, {
      encoding: 'latin1',
      timeout: 20_000,
    });
    return { status, out: stdout, err: stderr };
  }

  /** Takes the display device out, as its removal through sysfs does. */
  remove(): void {
    rmSync(join(this.#root, 'sys/bus/pci/devices/0000:00:02.0'), { recursive: true });
  }

  #device(address: string, type: string, vendor: string, device: string): void {
    for (const [name, value] of Object.entries({ class: type, vendor, device }))
      this.#write(`sys/bus/pci/devices/${address}/${name}`, `${value}\n`);
  }

  #here(script: string): string {
    return script.replaceAll(/(?<![\w$])\/(usr\/lib\/guest|run|proc|sys)\b/g, `${this.#root}/$1`);
  }

  #write(path: string, text: string): void {
    const file = join(this.#root, path);
    mkdirSync(file.slice(0, -basename(file).length), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, 0o755);
  }
}
