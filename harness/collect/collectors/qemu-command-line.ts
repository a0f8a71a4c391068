import { NotGathered } from '../access.ts';
import type { Ask, Collector, Piece } from '../collector.ts';
import { shellWords } from '../../wire/machine/shell-words.ts';

/** More VMs with a device than this are not of one person's question. */
const MOST = 4;

export const qemuCommandLine: Collector = {
  id: 'qemu-command-line',
  file: 'qemu-command-line.txt',
  what: 'QEMU’s command line',
  limit: { seconds: 20, bytes: 131_072 },
  whenMissing: 'start the VM, or give what `qm showcmd` or `ps` prints of it',
  async gather(ask) {
    const { vmid } = ask;
    if (vmid === null) return running(ask);
    const id = String(vmid);
    try {
      return [await ask.out('qm', 'showcmd', id)];
    } catch (error) {
      if (!(error instanceof NotGathered)) throw error;
      const pid = (await ask.run('cat', '--', `/run/qemu-server/${id}.pid`)).out.trim();
      if (!/^\d{1,10}$/.test(pid)) throw error;
      return [await ofProcess(ask, pid)];
    }
  },
};

/** Every QEMU that runs with a device passed to it. */
async function running(ask: Ask): Promise<readonly Piece[]> {
  const { out } = await ask.run('pgrep', '-f', '^[^ ]*(qemu-system-|qemu-kvm|/kvm|^kvm).*vfio-pci');
  const pids = out.split('\n').filter((pid) => /^\d{1,10}$/.test(pid));
  const found: Piece[] = [];
  for (const pid of pids.slice(0, MOST)) {
    // A process may end, or be no QEMU, between the two looks.
    const piece = await ofProcess(ask, pid).catch(notThere);
    if (piece?.text.includes('vfio-pci')) found.push(piece);
  }
  if (found.length === 0)
    throw new NotGathered('no VM was named, and no QEMU runs here with a passed device');
  return found;
}

function notThere(error: unknown): null {
  if (error instanceof NotGathered) return null;
  throw error;
}

async function ofProcess(ask: Ask, pid: string): Promise<Piece> {
  const { text, cut } = await ask.file(`/proc/${pid}/cmdline`);
  const words = text.split('\0').filter((word, at, all) => word !== '' || at < all.length - 1);
  if (words.length === 0) throw new NotGathered(`process ${pid} has no command line`);
  return { how: `ps -ww -o args= -p ${pid}`, text: `${shellWords(words)}\n`, cut };
}
