import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cloneName, markLine } from '../host/proxmox/life/run-mark.ts';
import { inLab } from '../lab/in-lab.fixture.ts';
import { inventory } from '../lab/inventory.ts';
import { startLab } from '../lab/lab.ts';
import { sshShim } from '../lab/ssh-shim.fixture.ts';
import { code43 } from './cli.fixture.ts';

const labTest = await inLab();

/** A person's home: what their hosts.yaml says, and an ssh that knows the stand-in node. */
function home(
  hosts: string,
  sshConfig?: string,
): { readonly under: readonly string[]; readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'code43-home-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  mkdirSync(join(folder, 'code43'));
  writeFileSync(join(folder, 'code43/hosts.yaml'), hosts);
  const own = sshConfig === undefined ? [] : [sshShim(folder, sshConfig)];
  const path = [...own, process.env['PATH']].join(delimiter);
  return { folder, under: ['env', `PATH=${path}`, `XDG_CONFIG_HOME=${folder}`] };
}

labTest('code43 clean lists, then removes what a killed run left on the hosts of hosts.yaml', async () => {
  await using lab = await startLab();
  const before = await inventory(lab);
  const { under, folder } = home('n100:\n  reach: { ssh: pve }\nlater: {}\n', lab.sshConfig);
  const clean = (...words: readonly string[]) => code43(folder, ['clean', ...words], under).done;
  expect(await clean()).toMatchObject({ code: 0, stdout: 'n100: nothing of ours is left behind.\n' });

  const mark = '0a1b2c3d';
  await lab.run(['qm', 'clone', '9001', '9100', '--name', cloneName(mark), '--description', markLine(mark)]);
  await lab.run(['qm', 'start', '9100']);
  const dry = await clean('--dry-run', '--host', 'n100');
  expect(dry).toEqual({
    code: 1,
    stderr: '',
    stdout: `n100: left by runs that are over
  VM 9100 (code43-0a1b2c3d), running: stop it and destroy it
n100: 1 thing of ours; nothing was changed.
`,
  });
  const { code, stdout, stderr } = await clean('--json', '--host', 'pve');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({
    schema: 1,
    dryRun: false,
    hosts: [
      {
        host: 'pve',
        error: null,
        cleaned: {
          tried: [{ item: { thing: { kind: 'vm', vmid: 9100 }, run: mark }, error: null }],
          left: [],
        },
      },
    ],
  });
  expect(await inventory(lab)).toEqual(before);
});

labTest('a host that cannot be looked at keeps no other from being cleaned', async () => {
  await using lab = await startLab();
  const hosts =
    'api:\n  reach: { api: "https://pve:8006", node: pve, tokenFile: /x }\nn100:\n  reach: { ssh: pve }\n';
  const { under, folder } = home(hosts, lab.sshConfig);
  const { code, stdout, stderr } = await code43(folder, ['clean'], under).done;
  expect({ code, stdout }).toEqual({ code: 3, stdout: 'n100: nothing of ours is left behind.\n' });
  expect(stderr).toContain('needs root on the node itself');
});

test.each([
  ['no host with a reach', 'n100: {}\n', [], 'no host in'],
  ['a host without a reach', 'n100: {}\n', ['--host', 'n100'], 'n100 has no `reach`'],
  ['what ssh does not take', 'n100: {}\n', ['--host', '-oProxyCommand=x'], 'nor a name that ssh takes'],
  ['a hosts.yaml with a fault', 'n100:\n  reach: there\n', ['--host', 'root@pve'], 'did you mean "here"?'],
])('%s is said plainly, and nothing is looked at', async (_, hosts, words, said) => {
  const { under, folder } = home(hosts);
  const { code, stdout, stderr } = await code43(folder, ['clean', ...words], under).done;
  expect(stderr).toContain(said);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
});
