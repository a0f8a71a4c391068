import { createHash } from 'node:crypto';
import { access, constants, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { GuestImage } from '../../guest/image/image.ts';
import type { Observation } from '../../trace/event.ts';
import { parseVmConfig } from '../../vmconfig/parse.ts';
import { toQemu } from '../../vmconfig/qemu.ts';
import { writeAtomically } from '../../wire/atomic-file.ts';
import { AgentSilent } from '../../wire/guest-agent.ts';
import { bootArguments } from './boot-arguments.ts';
import { RunningQemu } from './running-qemu.ts';

/** Which accelerator guests run under here, and how that was found out. */
export interface Accelerator {
  readonly name: 'kvm' | 'tcg';
  readonly why: string;
}

/** Names an accelerator instead of having it tried: `kvm` or `tcg`. */
export const OVERRIDE = 'CODE43_ACCEL';
/** Seconds in which a guest must come up under KVM. Under TCG it takes 2 to 3.5 s (measured with QEMU 7.2 and 10.0). */
const TRIAL = 10;

const TRIAL_CONFIG = 'machine: q35\ncpu: qemu64\nmemory: 512\nvga: none\n';
const TRIAL_MACHINE = { device: 'none', igpuAddress: '0000:00:02.0', romPath: null };

const AcceleratorSchema = z.object({ name: z.enum(['kvm', 'tcg']), why: z.string() });
const FileSchema = z.record(z.string(), AcceleratorSchema);

export interface AcceleratorOptions {
  readonly program: string;
  readonly image: GuestImage;
  readonly cacheDir: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * The accelerator, without trying anything: what was asked for, what cannot be otherwise, or what an earlier trial
 * since the host's boot has shown; null if only a trial can tell.
 */
export async function knownAccelerator(options: AcceleratorOptions): Promise<Accelerator | null> {
  const asked = AcceleratorSchema.shape.name.safeParse(options.env[OVERRIDE]);
  if (asked.success) return { name: asked.data, why: `${OVERRIDE} says so` };
  try {
    await access('/dev/kvm', constants.R_OK | constants.W_OK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return { name: 'tcg', why: `/dev/kvm cannot be opened (${code})` };
  }
  return (await readAnswers(options.cacheDir))[await keyOf(options)] ?? null;
}

/**
 * Chooses the accelerator by effect: a guest is booted under KVM, and what does not bring it to its agent in time is
 * not used. That `/dev/kvm` exists proves nothing: nested KVM often runs firmware and then hangs or aborts.
 * The answer is kept for this boot of the host, this QEMU and this guest.
 */
export async function chooseAccelerator(options: AcceleratorOptions): Promise<Accelerator> {
  const known = await knownAccelerator(options);
  if (known) return known;
  const found = await tryKvm(options);
  const answers = { ...(await readAnswers(options.cacheDir)), [await keyOf(options)]: found };
  const recent = Object.fromEntries(Object.entries(answers).slice(-20));
  await writeAtomically(answersFile(options.cacheDir), JSON.stringify(recent, null, 2));
  return found;
}

async function tryKvm({ program, image }: AcceleratorOptions): Promise<Accelerator> {
  const command = toQemu(parseVmConfig(TRIAL_CONFIG), { ...TRIAL_MACHINE, accelerator: 'kvm' });
  const stderr: string[] = [];
  const record = (seen: Observation): void => {
    if (seen.ch === 'exec' && seen.kind === 'stderr') stderr.push(seen.line);
  };
  const began = performance.now();
  const qemu = await RunningQemu.start([program, ...command.argv, ...bootArguments(image, command)], record);
  try {
    await qemu.agent.sync({ seconds: TRIAL });
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    return { name: 'kvm', why: `a guest came up under KVM in ${seconds} s` };
  } catch (error) {
    if (error instanceof AgentSilent) {
      return { name: 'tcg', why: `a guest did not come up under KVM within ${TRIAL} s` };
    }
    const said = stderr.at(-1)?.slice(0, 200) ?? 'it said nothing';
    return { name: 'tcg', why: `QEMU ended under KVM: ${said}` };
  } finally {
    await qemu.stop();
  }
}

async function keyOf({ program, image }: AcceleratorOptions): Promise<string> {
  const bootId = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
  const { mtimeMs, size } = await stat(program);
  return createHash('sha256')
    .update(JSON.stringify([bootId, program, mtimeMs, size, image.digest]))
    .digest('hex');
}

function answersFile(cacheDir: string): string {
  return join(cacheDir, 'accelerators.json');
}

async function readAnswers(cacheDir: string): Promise<Readonly<Record<string, Accelerator>>> {
  try {
    return FileSchema.parse(JSON.parse(await readFile(answersFile(cacheDir), 'utf8')));
  } catch {
    return {};
  }
}
