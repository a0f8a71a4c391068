import type { Machine } from '../../../wire/machine/machine.ts';
import { RungFailed } from './rung-failed.ts';

/** Where Proxmox VE has QEMU write its process id: `N.pid` (qemu-server, PVE/QemuServer/Helpers.pm). */
export const QEMU_DIRECTORY = '/var/run/qemu-server';

/**
 * Finds QEMU's process of a VM, and kills it if it still is the one that is named. The file may be left from another
 * time and its number be another process's by now: only one whose command line says `-pidfile` and this file counts. Words:
 * directory, vmid, and to kill it also its process id and start. It says `none`, or process id and start.
 */
const PROGRAM = `
use strict; use warnings;
my ($directory, $vmid, $pid, $start) = @ARGV;
sub none { print "none\\n"; exit 0 }
sub text { open my $in, '<', $_[0] or return ''; local $/; my $text = <$in>; return $text // '' }
my ($is) = text("$directory/$vmid.pid") =~ /\\A(\\d{1,10})\\s*\\z/ or none();
none() if defined $pid && $pid != $is;
my @words = split /\\0/, text("/proc/$is/cmdline");
grep { $words[$_] eq '-pidfile' && $words[$_ + 1] eq "$directory/$vmid.pid" } 0 .. $#words - 1 or none();
my (undef, $fields) = text("/proc/$is/stat") =~ /\\A(.*)\\) (.*)/s or none();
my @fields = split ' ', $fields;
none() if $fields[0] =~ /[ZX]/;
none() if defined $start && $start ne $fields[19];
if (defined $pid) { kill 'KILL', $pid or do { print STDERR "kill $pid: $!\\n"; exit 1 } }
print "$is $fields[19]\\n";
`;

const LOOK = { seconds: 20, maxOutput: 10_000 };

/** Which process a VM's QEMU is; null: it has none. @throws what `Machine.run` throws */
export async function qemuProcess(
  node: Machine,
  vmid: number,
  directory = QEMU_DIRECTORY,
): Promise<{ readonly pid: number; readonly start: string } | null> {
  return ask(node, [directory, String(vmid)]);
}

/**
 * Kills that process (SIGKILL) if it still is QEMU of that VM, decided on the node itself.
 *
 * @throws RungFailed it is another's by now, or may not be killed; what `Machine.run` throws
 */
export async function killQemu(
  node: Machine,
  vmid: number,
  { pid, start }: { readonly pid: number; readonly start: string },
  directory = QEMU_DIRECTORY,
): Promise<void> {
  const killed = await ask(node, [directory, String(vmid), String(pid), start]);
  if (killed === null) throw new RungFailed(`process ${pid} is not QEMU of VM ${vmid} any more`);
}

async function ask(
  node: Machine,
  words: readonly string[],
): Promise<{ readonly pid: number; readonly start: string } | null> {
  const { stdout, stderr, code } = await node.run(['perl', '-e', PROGRAM, '--', ...words], LOOK);
  if (code !== 0) throw new RungFailed(stderr.trim().slice(0, 300) || `perl ended with exit code ${code}`);
  const [, pid, start = ''] = /^(\d{1,10}) (\d{1,20})$/.exec(stdout.trim()) ?? [];
  return pid === undefined ? null : { pid: Number(pid), start };
}
