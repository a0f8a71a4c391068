import * as z from 'zod/mini';
import type { Observation } from '../trace/event.ts';
import type { Limit } from '../wire/deadline.ts';
import { QmpError, QmpSilent, type QmpClient } from '../wire/qmp.ts';

/** Where a balloon device is, if the VM has one: Proxmox calls it `balloon0`. */
const BALLOON = { path: '/machine/peripheral/balloon0' };
/** Seconds between two reports of the guest's balloon driver. */
const REPORTS = 2;

const chardevs = z.array(z.object({ label: z.string(), 'frontend-open': z.boolean() }));
const stats = z.object({ 'last-update': z.number() });

/** Makes the guest's balloon driver report, where the VM has such a device: how fresh a report is shows who is alive. */
export async function startReports(qmp: QmpClient, limit: Limit): Promise<void> {
  const property = { property: 'guest-stats-polling-interval', value: REPORTS };
  try {
    await qmp.execute('qom-set', { ...BALLOON, ...property }, limit);
  } catch (error) {
    if (!(error instanceof QmpError)) throw error;
  }
}

/**
 * Asks everyone but the guest agent how the guest is, and records what they say: QEMU (`query-status`), the agent's
 * port (`query-chardev`: whether something in the guest holds it open), the balloon driver (`qom-get`: the age of its
 * last report in seconds; -1: it never made one).
 *
 * @param agentPort what QEMU calls the character device of the agent's channel
 * @throws {QmpGone} and the abort reason of the limit's signal
 */
export async function askOthers(
  { qmp, agentPort }: { readonly qmp: QmpClient; readonly agentPort: string },
  record: (seen: Observation) => void,
  limit: Limit,
): Promise<void> {
  const ask = async (command: string, args: object, read: (data: unknown) => unknown): Promise<void> => {
    try {
      const data = read(await qmp.execute(command, { ...args }, limit));
      if (data !== null) record({ ch: 'qmp', kind: 'reply', command, data });
    } catch (error) {
      if (error instanceof QmpSilent) record({ ch: 'qmp', kind: 'silent', command, waited: error.waited });
      else if (!(error instanceof QmpError)) throw error;
    }
  };
  await ask('query-status', {}, (data) => data);
  await ask('query-chardev', {}, (data) => portNamed(agentPort, data));
  await ask('qom-get', { ...BALLOON, property: 'guest-stats' }, reportAge);
}

/** Of all character devices the agent's. */
function portNamed(name: string, data: unknown): unknown {
  const parsed = chardevs.safeParse(data);
  return (parsed.success && parsed.data.find(({ label }) => label === name)) || null;
}

/** `last-update` is in seconds since 1970 by this machine's clock; 0: never (QEMU docs/interop/virtio-balloon-stats). */
function reportAge(data: unknown): unknown {
  const parsed = stats.safeParse(data);
  if (!parsed.success) return null;
  const last = parsed.data['last-update'];
  return { 'report-age': last === 0 ? -1 : Math.max(0, Math.round(Date.now() / 1000 - last)) };
}
