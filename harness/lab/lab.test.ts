import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect } from 'vitest';
import { writeTestRom } from '../rom/write.ts';
import { GuestAgent } from '../wire/guest-agent.ts';
import { run } from '../wire/shell.ts';
import { inLab, labHere } from './in-lab.fixture.ts';
import { inventory } from './inventory.ts';
import { killedLabLeavesNothing } from './killed-lab.fixture.ts';
import { type Lab, startLab } from './lab.ts';

const labTest = await inLab('standin-windows');

let lab: Lab;

beforeAll(async () => {
  if (!labHere) return undefined;
  lab = await startLab();
  return () => lab.stop();
});

/** A command over ssh, as somebody types it. */
function ssh(...words: readonly string[]) {
  return run(['ssh', '-F', lab.sshConfig, lab.destination, ...words], { allowFailure: true, timeout: 60 });
}

async function does(...argv: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await lab.run(argv);
  expect(code, `${argv.join(' ')}: ${stderr}`).toBe(0);
  return stdout;
}

async function agentOf(vmid: number): Promise<GuestAgent> {
  const socket = connect(join(lab.root, `run/qemu-server/${vmid}.qga`));
  const agent = new GuestAgent(socket);
  await agent.sync({ seconds: 90 });
  return agent;
}

labTest('a VM of a template boots with the ROM that its config names, and its agent answers', async () => {
  const before = await inventory(lab);
  await does('qm', 'clone', '9000', '120', '--name', 'code43-boots');
  writeFileSync(
    join(lab.root, 'usr/share/kvm/good.rom'),
    writeTestRom('good', { vendor: '8086', device: '46d1' }),
  );
  const igpu = '0000:00:02.0,pcie=1,romfile=good.rom';
  const args =
    '-set device.hostpci0.bus=pcie.0 -set device.hostpci0.addr=0x02.0 -set device.hostpci0.x-igd-opregion=on';
  await does('qm', 'set', '120', '--hostpci0', igpu, '--args', args);
  await does('qm', 'start', '120');
  const agent = await agentOf(120);
  const seen = await agent.exec('/bin/sh', ['-c', 'cat /run/display/*'], { seconds: 30 });
  expect(seen.out).toMatch(/^0 PCI\\VEN_8086&DEV_46D1&SUBSYS_\w+&REV_\w+ .* 00 02 0\n$/);
  await does('qm', 'stop', '120');
  await does('qm', 'destroy', '120', '--purge');
  await does('rm', '/usr/share/kvm/good.rom');
  expect(await inventory(lab)).toEqual({ ...before, driver: 'vfio-pci' });
});

labTest('it is reached over ssh by its own key, runs as root, and takes files', async () => {
  const { code, stdout } = await ssh('id -un; hostname; uname -n; qm status 100');
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'root\npve\npve\nstatus: stopped\n' });
  const { code: exit } = await ssh('qm status 999');
  expect(exit).toBe(2);
  const copied = await run(['sftp', '-F', lab.sshConfig, '-b', '-', 'pve'], {
    input: `put ${fileURLToPath(import.meta.url)} /usr/share/kvm/copied\n`,
    timeout: 60,
  });
  expect(copied.code).toBe(0);
  expect((await inventory(lab)).roms).toHaveProperty('copied');
  await does('rm', '/usr/share/kvm/copied');
});

labTest('what it has no answer for it says so, and exits 255', async () => {
  for (const argv of [
    ['qm', 'migrate', '100', 'other'],
    ['qm', 'start', '100', '--machine', 'q35'],
    ['qm', 'set', '100', '--hookscript', 'local:snippets/x.pl'],
    ['qm', 'snapshot', '100', 'ram', '--vmstate', '1'],
    ['pvesh', 'get', '/nodes/pve/storage', '--output-format', 'json'],
    ['pvesh', 'set', '/nodes/pve/qemu/100/config', '--cores', '2'],
    ['journalctl', '--vacuum-size=1'],
    ['systemctl', 'status'],
  ]) {
    const { code, stdout, stderr } = await lab.run(argv);
    expect({ argv, code, stdout }).toEqual({ argv, code: 255, stdout: '' });
    expect(stderr).toMatch(/^not in the stand-in: /);
  }
});

labTest('nothing of it is on this machine', () => {
  expect(existsSync('/etc/pve')).toBe(false);
  expect(readFileSync('/proc/self/mounts', 'utf8')).not.toContain('code43-lab');
});

labTest('a killed test leaves nothing: no process, no port, no file', () => killedLabLeavesNothing());
