import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, vi } from 'vitest';
import { cleanNode } from '../../host/proxmox/clean/clean-node.ts';
import { QmManager } from '../../host/proxmox/qm/qm-manager.ts';
import { inLab, labHere } from '../../lab/in-lab.fixture.ts';
import { type Inventory, inventory } from '../../lab/inventory.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import { sshShim } from '../../lab/ssh-shim.fixture.ts';
import { SshMachine } from '../../wire/machine/ssh-machine.ts';

// A run for each of its steps.
vi.setConfig({ testTimeout: 900_000 });
const labTest = await inLab('standin-windows');
/** Every change takes minutes; some of them, before and while the node is at it, tell as much in most cases. */
const STRIDE = process.env['CODE43_KILL'] === 'all' ? 1 : 3;
const RUN = fileURLToPath(new URL('killed-run.fixture.ts', import.meta.url));
/** Commands that change something on the node. */
const CHANGES =
  "' qm clone '*|*' qm set '*|*' qm start '*|*' qm stop '*|*' qm shutdown '*|*' qm destroy '*|*' qm snapshot '*|*' qm rollback '*|*' qm delsnapshot '*|*' tee -- '*|*' dd of='*|*' mv -f '*|*' rm -f '";

let lab: Lab;

beforeAll(async () => {
  if (!labHere) return undefined;
  lab = await startLab();
  return () => lab.stop();
});

for (const source of ['template', 'own'] as const) {
  labTest(`killed at a change of a run (${source}), a node is as it was after code43 clean`, async () => {
    const steps: string[] = [];
    for (let step = 1; ; step += STRIDE) {
      const before = plain(await inventory(lab));
      // Every second one before it is asked, the others while the node is at it.
      const killedAt = await killedRun(source, step, step % 2 === 0 ? 'before' : 'during');
      if (killedAt === null) break;
      steps.push(killedAt);
      // As 45 s later: the holder of a lease hears no more of its owner.
      await lab.run(['pkill', '-f', '^code43 lease']);
      await expect.poll(leaseHolders, { timeout: 20_000 }).toBe('');
      await using node = await SshMachine.open(lab.destination, { sshConfig: lab.sshConfig });
      const { left } = await cleanNode({ node, manager: new QmManager(node) }, { dryRun: false, wait: 60 });
      expect({ killedAt, left }).toEqual({ killedAt, left: [] });
      expect({ killedAt, ...plain(await inventory(lab)) }).toEqual({ killedAt, ...before });
    }
    // A run makes about a dozen changes.
    expect(steps.length).toBeGreaterThanOrEqual(Math.floor(9 / STRIDE));
    expect(steps.join('\n')).toMatch(/--digest [0-9a-f]{40}| qm (?:clone|start|stop|snapshot|destroy) /);
  });
}

async function leaseHolders(): Promise<string> {
  return (await lab.run(['pgrep', '-f', '^code43 lease'])).stdout;
}

/** @returns at which command it was killed; null: it ended before it came to that step */
async function killedRun(source: string, step: number, when: 'before' | 'during'): Promise<string | null> {
  const folder = mkdtempSync(join(tmpdir(), 'code43-killed-'));
  try {
    mkdirSync(join(folder, 'runs'));
    const env = {
      ...process.env,
      PATH: `${killer(folder, step, when)}${delimiter}${process.env['PATH'] ?? ''}`,
    };
    const child = spawn(process.execPath, ['--import', 'tsx', RUN, folder, source], {
      env,
      stdio: 'inherit',
    });
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
    const log = join(folder, 'steps');
    const done = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
    return signal === 'SIGKILL' ? (done[step - 1] ?? '') : null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A folder with an `ssh` that kills the run at its n-th command that changes something. */
function killer(folder: string, step: number, when: 'before' | 'during'): string {
  const kill = `kill -9 "$(cat ${folder}/pid)"`;
  const deed = when === 'before' ? `${kill}; exit 255` : `(sleep 0.25; ${kill}) &`;
  const count = `case "$*" in *${CHANGES}*)
  printf '%s' "$*" | tail -c 200 | tr '\\n' ' ' >>${folder}/steps; echo >>${folder}/steps
  if [ "$(wc -l <${folder}/steps)" = ${step} ]; then
    ${deed}
  fi ;;
esac`;
  return sshShim(folder, lab.sshConfig, count);
}

/** Going back to a snapshot makes a new generation of the VM; the device is never given back to the host's driver. */
function plain({ configs, ...rest }: Inventory): Inventory {
  const same = Object.entries(configs).map(
    ([name, text]) => [name, text.replaceAll(/^vmgenid: .*$/gm, '')] as const,
  );
  return { ...rest, configs: Object.fromEntries(same), driver: null };
}
