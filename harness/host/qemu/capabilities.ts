import * as z from 'zod/mini';
import { LeashedProcess } from '../../wire/process.ts';
import { QmpClient, QmpError } from '../../wire/qmp.ts';

/** What the QEMU in use says it can do. */
export interface QemuCapabilities {
  /** Such as `7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)`. */
  readonly version: string;
  /** Machine types and their aliases: `pc-q35-7.2`, `q35`, … */
  readonly machines: ReadonlySet<string>;
  /** CPU models; `host` is among them but needs KVM. */
  readonly cpus: ReadonlySet<string>;
  /** The properties of each device that was asked for; null: there is no such device. */
  readonly devices: ReadonlyMap<string, ReadonlySet<string> | null>;
}

const ANSWER = { seconds: 20 };
const names = z.array(z.object({ name: z.string(), alias: z.optional(z.string()) }));

/**
 * Asks a QEMU by QMP, without any machine (`-machine none`, some 60 ms).
 *
 * @param devices the devices whose properties are wanted
 * @throws {QmpGone | QmpSilent | QmpError | CommandFailed} it could not be started or did not answer
 */
export async function askQemu(program: string, devices: readonly string[]): Promise<QemuCapabilities> {
  const monitor = ['-chardev', 'socket,id=qmp,fd=3', '-mon', 'chardev=qmp,mode=control'];
  const argv = [
    program,
    '-nodefaults',
    '-no-user-config',
    '-display',
    'none',
    '-machine',
    'none',
    ...monitor,
  ];
  const leashed = await LeashedProcess.start(argv, { sockets: 1, onStderr: () => undefined });
  try {
    const [socket] = leashed.sockets;
    if (!socket) throw new Error(`${program} was started without its monitor`);
    const qmp = new QmpClient(socket);
    const version = await qmp.negotiate(ANSWER);
    return {
      version,
      machines: namesIn(await qmp.execute('query-machines', {}, ANSWER)),
      cpus: namesIn(await qmp.execute('query-cpu-definitions', {}, ANSWER)),
      devices: await propertiesOf(qmp, devices),
    };
  } finally {
    await leashed.stop(1);
  }
}

async function propertiesOf(
  qmp: QmpClient,
  devices: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string> | null>> {
  const found = new Map<string, ReadonlySet<string> | null>();
  for (const typename of new Set(devices)) {
    try {
      found.set(typename, namesIn(await qmp.execute('device-list-properties', { typename }, ANSWER)));
    } catch (error) {
      if (!(error instanceof QmpError)) throw error;
      found.set(typename, null);
    }
  }
  return found;
}

function namesIn(answer: unknown): ReadonlySet<string> {
  const list = names.parse(answer);
  return new Set(list.flatMap(({ name, alias }) => (alias === undefined ? [name] : [name, alias])));
}
