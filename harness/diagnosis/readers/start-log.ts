import type { NumberedLine, Part } from '../part.ts';
import { readQemuCommandLine } from './qemu-command-line.ts';
import { readLines, said, type Reading, type Said } from './reading.ts';
import type { SetupRead } from './setup-read.ts';

/** A command line that a log quotes, and what it says of the VM. */
export interface LoggedCommand extends SetupRead {
  readonly text: string;
}

/** Proxmox: what it ran and how that ended (PVE::Tools::run_command). The command has quotes of its own. */
const OF_PROXMOX = /\bcommand '((?:\/usr\/bin\/)?(?:kvm|qemu-system-\w{1,12}) .*)$/;
const FAILED = "' failed: ";
/** libvirt's log of a domain: on one line, behind what it is and the environment (qemu_domain.c, qemu_process.c). */
const OF_LIBVIRT =
  /\bstarting up(?: libvirt version)?.{0,600}?[, ](?:LC_ALL=C |PATH=\S{1,600} )(?:[A-Z_]{2,40}=\S{0,600} ){0,12}(\S{0,200}(?:qemu-system-\w{1,12}|qemu-kvm|kvm) -.*)$/;
const LONGEST = 64_000;

/** The last command line that a log quotes; null where it quotes none that describes a VM. Pure; never throws. */
export function commandInLog(part: Part): LoggedCommand | null {
  for (const line of part.lines.toReversed()) {
    const text = commandIn(line.text.slice(0, LONGEST));
    const read = text === undefined ? null : readQemuCommandLine(commandPart(part, { n: line.n, text }));
    if (text !== undefined && read !== null && read.setup !== null) return { ...read, text };
  }
  return null;
}

function commandIn(text: string): string | undefined {
  const end = text.lastIndexOf(FAILED);
  return (end < 0 ? undefined : OF_PROXMOX.exec(text.slice(0, end))?.[1]) ?? OF_LIBVIRT.exec(text)?.[1];
}

function commandPart(part: Part, line: NumberedLine): Part {
  return { ...part, kind: 'qemu-command-line', from: line.n, to: line.n, lines: [line] };
}

/** Reads what libvirt says of itself where it starts a domain: versions of QEMU and of the host's kernel. */
export function readStartLog(part: Part): Reading {
  return readLines(part, 'machine', ofLine);
}

function ofLine(text: string): readonly Said[] {
  if (!/\bstarting up libvirt version: /.test(text)) return [];
  const qemu = /\bqemu version: (\d{1,3}(?:\.\d{1,3}){1,2})/.exec(text)?.[1];
  const kernel = /\bkernel: (\d[\w.+~-]{2,80})/.exec(text)?.[1];
  return [
    said('hypervisor', 'libvirt'),
    ...(qemu === undefined ? [] : [said('qemuVersion', qemu)]),
    ...(kernel === undefined ? [] : [said('kernel', kernel)]),
  ];
}
