import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { readAnswer } from '../answers/read-answer.ts';
import type { GuestReading } from '../answers/reading.ts';
import { findProgram } from '../../wire/program.ts';
import { LINUX_PROBE } from './probe-script.ts';

export const NONCE = 'Nonce0123456789';

/** What the probe calls, but for `dmesg`, `journalctl` and `vainfo`: each guest has its own. */
const TOOLS = [
  ...[
    'basename',
    'cat',
    'cut',
    'grep',
    'head',
    'readlink',
    'sed',
    'sort',
    'tail',
    'timeout',
    'tr',
    'uname',
    'wc',
  ],
  ...['sh', 'setsid', 'sleep'],
];

/**
 * A Linux guest of files: the probe runs in it as it stands but for where `/sys`, `/proc`, `/dev/dri` and the programs
 * are, and for seconds that are shorter. Its shell is this machine's `sh`, or busybox where a path to one is given.
 */
export class LinuxGuest {
  readonly #root: string;
  readonly #shell: readonly string[];

  constructor(busybox: string | null = null) {
    this.#root = mkdtempSync(join(tmpdir(), 'code43-linux-'));
    onTestFinished(() => {
      rmSync(this.#root, { recursive: true });
    });
    mkdirSync(join(this.#root, 'bin'));
    for (const tool of TOOLS)
      symlinkSync(busybox ?? findProgram(tool) ?? tool, join(this.#root, 'bin', tool));
    this.#shell = busybox === null ? ['/bin/sh'] : [busybox, 'sh'];
    this.file('proc/sys/kernel/random/boot_id', '0b51ac1e-5d0a-4d3e-8a60-0f7a5c3b9a10\n');
    this.file('proc/uptime', '123.45 90.00\n');
    this.file('etc/os-release', 'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\n');
    this.program('uname', 'echo 6.12.0-amd64');
    this.dmesg([]);
    this.device('0000:00:00.0', '0x060000', '8086:29c0');
  }

  file(path: string, text: string): this {
    const file = join(this.#root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return this;
  }

  program(name: string, script: string): this {
    rmSync(join(this.#root, 'bin', name), { force: true });
    this.file(join('bin', name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(this.#root, 'bin', name), 0o755);
    return this;
  }

  without(name: string): this {
    rmSync(join(this.#root, 'bin', name));
    return this;
  }

  /** The kernel's log from its first line on, one string a line, as bytes. */
  dmesg(lines: readonly string[]): this {
    const text = ['[    0.000000] Linux version 6.12.0-amd64', ...lines, ''].join('\n');
    return this.file('var/log/dmesg', text).program('dmesg', `exec cat ${this.#root}/var/log/dmesg`);
  }

  /** @param driver bound to it, or null; `nodes` are those that the graphics layer has made of it */
  device(
    address: string,
    type: string,
    id: string,
    driver: string | null = null,
    nodes: readonly string[] = [],
  ): this {
    const at = `sys/bus/pci/devices/${address}`;
    const [vendor = '', device = ''] = id.split(':');
    this.file(`${at}/class`, `${type}\n`);
    if (vendor !== '') this.file(`${at}/vendor`, `0x${vendor}\n`).file(`${at}/device`, `0x${device}\n`);
    if (driver !== null) {
      const bound = join(this.#root, 'sys/bus/pci/drivers', driver);
      mkdirSync(bound, { recursive: true });
      symlinkSync(bound, join(this.#root, at, 'driver'));
    }
    for (const node of nodes) {
      this.file(`${at}/drm/${node}/dev`, '226:0\n');
      mkdirSync(join(this.#root, 'dev/dri'), { recursive: true });
      // A character device that anybody can make.
      symlinkSync('/dev/null', join(this.#root, 'dev/dri', node));
    }
    return this;
  }

  /** The iGPU with a driver that works. */
  igpu(driver = 'i915'): this {
    return this.device('0000:00:02.0', '0x030000', '8086:46d1', driver, ['card0', 'renderD128']);
  }

  /** Runs the probe; what it prints goes through the reader. */
  probe(): { readonly reading: GuestReading; readonly out: string; readonly seconds: number } {
    const began = performance.now();
    const [shell = '', ...args] = this.#shell;
    const { stdout, status, signal } = spawnSync(
      shell,
      [...args, '-c', this.#script(), 'code43-probe', NONCE],
      {
        env: { PATH: join(this.#root, 'bin') },
        encoding: 'latin1',
        timeout: 20_000,
      },
    );
    if (status !== 0) throw new Error(`the probe ended with ${signal ?? status ?? '?'}`);
    const reading = readAnswer('linux', stdout, NONCE);
    if ('refused' in reading) throw new Error(`${reading.why}: ${stdout}`);
    return { reading, out: stdout, seconds: (performance.now() - began) / 1000 };
  }

  #script(): string {
    // Busybox prefers its own programs to those on the path.
    const own = LINUX_PROBE.replaceAll(/\b(dmesg 2>|uname -r)/g, `${this.#root}/bin/$1`);
    return own
      .replaceAll(/(?<![\w$])\/(sys|proc|dev\/dri|etc\/os-release)\b/g, `${this.#root}/$1`)
      .replace('/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', '/nowhere')
      .replace('KILL 4', 'KILL 0.3')
      .replace('KILL 5', 'KILL 0.6');
  }
}
