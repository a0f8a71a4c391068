import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect } from 'vitest';
import { judge } from '../../judge/judge.ts';
import { takeLease } from '../../host/proxmox/lease/take-lease.ts';
import { inLab, labHere } from '../../lab/in-lab.fixture.ts';
import { type Inventory, inventory } from '../../lab/inventory.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import { SshMachine } from '../../wire/machine/ssh-machine.ts';
import type { BootKind } from '../../trace/words.ts';
import { loadTrace } from '../../trace/store.ts';
import { EMPTY, nodeCell, OWN, reach, type Reached, silentCell, WINDOWS } from './on-lab.fixture.ts';

const labTest = await inLab('standin-windows');

let lab: Lab;
let node: Reached;

beforeAll(async () => {
  if (!labHere) return undefined;
  lab = await startLab();
  node = reach(lab);
  return async () => {
    node[Symbol.dispose]();
    await lab.stop();
  };
});

/** Going back to a snapshot makes a new generation of the VM; the device is never given back to the host's driver. */
async function there(): Promise<Inventory> {
  const { configs, ...rest } = await inventory(lab);
  const same = Object.entries(configs).map(
    ([name, text]) => [name, text.replaceAll(/^vmgenid: .*$/gm, '')] as const,
  );
  return { ...rest, configs: Object.fromEntries(same), driver: null };
}

labTest('a node without the device runs a cell that passes none', async () => {
  const before = await there();
  const { host } = nodeCell();
  const elsewhere = { ...host, igpu: { ...host.igpu, address: '0000:00:1c.5' } };
  const config = 'machine: q35\nvga: none\n';
  const cell = silentCell({ host: elsewhere, config, rom: { ref: 'none' } });
  const run = await node.run(cell, EMPTY);
  expect(run.result, JSON.stringify(run.result.findings)).toMatchObject({ verdict: 'inconclusive' });
  expect(await there()).toEqual(before);
});

for (const source of [WINDOWS, OWN]) {
  const which = 'vm' in source ? 'an own VM' : 'a template';
  labTest(
    `a run of ${which} boots, restarts and is reset over ssh, leaves nothing, and replays the same`,
    async () => {
      const before = await there();
      // Nobody has had the device of a node that was just booted.
      const boots: BootKind[] = [source === WINDOWS ? 'cold' : 'start', 'reboot', 'reset'];
      const run = await node.run(nodeCell({ boots }), source);
      const text = readFileSync(join(run.directory, 'events.jsonl'), 'utf8');
      expect(run.result, JSON.stringify(run.result.findings)).toMatchObject({
        verdict: 'pass',
        evidenceClass: 'simulated',
      });
      expect(run.result.boots.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass']);
      expect(run.result.boots.map(({ observed }) => observed)).toEqual(boots);
      expect(await there()).toEqual(before);
      expect(judge(await loadTrace(run.directory))).toEqual(run.result);
      const events = text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      const kinds = new Set(events.map(({ ch, kind }) => `${String(ch)} ${String(kind)}`));
      for (const kind of [
        'kernel undefined',
        'note device',
        'note recovery',
        'exec spawn',
        'serial undefined',
      ])
        expect(kinds).toContain(kind);
      const clocks = events.filter(({ kind }) => kind === 'clock').map(({ of }) => of);
      expect(clocks).toEqual(['host', 'guest', 'guest', 'guest']);
      // The host's own name is nobody's business.
      expect(text).not.toMatch(/\bpve\b(?!\.|-|\/)/);
    },
  );
}

labTest('a VM without our tag is refused before anything is touched', async () => {
  const before = await there();
  const run = await node.run(silentCell(), { vm: 100 });
  expect(run.result.verdict).toBe('error');
  expect(JSON.stringify(run.result.findings)).toContain('VM 100 has no tag code43');
  expect(await there()).toEqual(before);
});

labTest(
  'a guest that no VM is named for, and a way that has not the rights, are not run, and why is said',
  async () => {
    const cell = silentCell();
    const unnamed = await node.run(cell, WINDOWS, { connection: { guests: {} } });
    expect(unnamed.result.verdict).toBe('skip');
    expect(JSON.stringify(unnamed.result.findings)).toContain(
      'hosts.yaml does not say which VM is the guest',
    );
    const api = { api: 'https://127.0.0.1:1', node: 'pve', tokenFile: '/nowhere' };
    const denied = await node.run(cell, WINDOWS, { connection: { reach: api } });
    expect(denied.result.verdict).toBe('skip');
    const why = JSON.stringify(denied.result.findings);
    for (const word of ['args', 'hostpci0', 'needs root on the node']) expect(why).toContain(word);
  },
);

labTest('a device that another run has is not taken; with --wait it is waited for', async () => {
  await using machine = await SshMachine.open(lab.destination, { sshConfig: lab.sshConfig });
  const who = { owner: 'bob@ci', purpose: 'runs n100-i440fx', run: 'ffffffff' };
  const lease = await takeLease(machine, { address: '0000:00:02.0', ...who, wait: 0 });
  const refused = await node.run(silentCell(), WINDOWS);
  expect(refused.result.verdict).toBe('error');
  expect(JSON.stringify(refused.result.findings)).toMatch(/is held by run ffffffff, which runs n100-i440fx/);
  const told: string[] = [];
  const waiting = node.run(
    silentCell(),
    { template: 9001, clone: 'linked' },
    {
      wait: 60,
      onEvent: (event) => {
        if (event.kind === 'wait' && /^0000:00:02.0, which /.test(event.what)) {
          told.push(event.what);
          void lease[Symbol.asyncDispose]();
        }
      },
    },
  );
  expect((await waiting).result.verdict).toBe('inconclusive');
  expect(told).toHaveLength(1);
});

labTest('a host that does not answer is an error that says so, and nothing more', async () => {
  const run = await node.run(silentCell(), WINDOWS, {
    connection: { reach: { ssh: 'root@nowhere.invalid' } },
  });
  expect(run.result.verdict).toBe('error');
  expect(JSON.stringify(run.result.findings)).toContain('does not answer over ssh: ssh: Could not resolve');
});
