import { beforeAll, expect } from 'vitest';
import { inLab, labHere } from './in-lab.fixture.ts';
import { type Lab, startLab } from './lab.ts';
import { Story } from './story.fixture.ts';

const labTest = await inLab('linux');

let lab: Lab;
let story: Story;

beforeAll(async () => {
  if (!labHere) return undefined;
  lab = await startLab({ vms: [] });
  story = new Story(lab);
  // The transcripts' VMs start a kernel that their `args` name.
  story.link('var/lib/vz/guest/vmlinuz', '/lab/systems/linux/kernel');
  story.link('var/lib/vz/guest/initrd.img', '/lab/systems/linux/initrd');
  return () => lab.stop();
});

const KERNEL =
  "-kernel /var/lib/vz/guest/vmlinuz -initrd /var/lib/vz/guest/initrd.img -append 'console=ttyS0 panic=1'";

labTest('lists, versions and wrong words are answered as on a real node', async () => {
  const demo = ['--serial0', 'socket', '--kvm', '0', '--vga', 'serial0'];
  await story.does('qm', 'create', '100', '--name', 'demo', '--memory', '768', '--scsi0', 'local:1', ...demo);
  await story.does(
    'qm',
    'create',
    '102',
    '--name',
    'ovmf',
    '--memory',
    '1024',
    '--scsi0',
    'local:2',
    ...demo,
  );
  await story.tells('a01-pveversion', 'a03-pvesh-version-json', 'a08-pvesh-next-id');
  await story.tells('a10-qm-list', 'a11-qm-list-full', 'a12-pvesh-qemu-list-json');
  await story.tells(
    'a14-qm-unknown-option',
    'a15-qm-bad-vmid',
    'a16-qm-unknown-vm',
    'a17-qm-config-unknown-vm',
  );
  await story.tells('a21-pvesh-unknown-vm', 'a22-pvesh-unknown-node', 'c04-qm-showcmd-unknown');
});

labTest('a config is made, changed and shown as on a real node', async () => {
  await story.tells(
    'b01-qm-create',
    'b02-qm-create-exists',
    'b03-qm-create-bad-memory',
    'b04-qm-create-bad-storage',
  );
  await story.tells(
    'b05-qm-create-bad-bus',
    'b06-qm-config',
    'b07-qm-config-current',
    'b08-qm-config-current-bare',
  );
  await story.tells('b09-pvesh-config-json', 'b10-pvesh-config-json-pretty', 'b11-pvesh-config-current-json');
  await story.tells('b12-cat-conf', 'c01-qm-showcmd', 'c02-qm-showcmd-pretty', 'b13-qm-set-simple');
  await story.tells('b14-qm-set-description');
  await story.does('qm', 'set', '110', '--delete', 'tags', '--cores', '2');
  await story.does('qm', 'set', '110', '--tags', 'a;b');
  await story.tells('b15-qm-config-description', 'b16-pvesh-config-description', 'b17-cat-conf-description');
  await story.tells('b18-qm-set-hostpci', 'b20-qm-set-hostpci-short', 'b21-qm-set-hostpci-legacy');
  await story.tells('b22-qm-showcmd-legacy-q35', 'b23-qm-set-romfile-path', 'b24-qm-set-romfile-abs');
  await story.tells('b25-qm-set-hostpci-bad', 'b26-qm-set-pcie-i440fx', 'b27-qm-showcmd-pcie-i440fx');
  await story.tells('b28-qm-set-delete', 'b29-qm-set-delete-unknown', 'b30-qm-set-delete-absent');
  await story.tells(
    'b31-qm-set-digest-wrong',
    'b32-qm-set-nothing',
    'b19-qm-set-args',
    'b33-qm-set-restore-args',
  );
  await story.does('sh', '-c', 'cd /var/lib/vz/images/110 && qemu-img resize -q vm-110-disk-0.qcow2 2G');
  await story.does('sed', '-i', 's/size=1G/size=2G/', '/etc/pve/qemu-server/110.conf');
  await story.tells('b35-qm-set-add-disk', 'b36-qm-set-delete-disk', 'b37-qm-config-unused');
  await story.does('sed', '-i', '/^unused0/d', '/etc/pve/qemu-server/110.conf');
  story.remove('var/lib/vz/images/110/vm-110-disk-1.raw');
});

labTest('a VM starts, shows itself and takes changes as on a real node', async () => {
  await story.tells('d01-status-stopped', 'd02-status-verbose-stopped', 'd03-status-json-stopped');
  await story.tells('g05-stop-stopped', 'g04-shutdown-stopped', 'g07-reset-stopped', 'g10-agent-stopped');
  await story.tells('g11-exec-stopped', 'l01-terminal-stopped');
  await story.tells('d05-start-ok', 'd06-agent-ping-before-boot', 'd08-start-ok-log', 'd08-start-ok-status');
  await story.tells('d09-start-already-running', 'd31-pvesh-start-running', 'l06-terminal-no-iface');
  await story.tells('d12-status-running', 'd13-status-verbose-running', 'd14-status-json-running');
  await story.does('qm', 'destroy', '102');
  await story.tells(
    'd16-set-pending',
    'd17-config-pending',
    'd18-config-current-pending',
    'd21-cat-conf-pending',
  );
  await story.tells('d22-set-delete-pending', 'd23-cat-conf-pending-delete', 'd24-set-revert');
});

labTest('the guest agent is asked as on a real node', async () => {
  await story.agentAnswers(110);
  await story.tells('d11-agent-ping-ready', 'f03-guest-cmd-unknown', 'f05-guest-cmd-fsfreeze');
  await story.tells('f10-exec-ok', 'f11-exec-stderr', 'f12-exec-exit3', 'f13-exec-signal');
  await story.tells(
    'f22c-exec-latin1-argv',
    'f22d-exec-nonascii-output',
    'f23-exec-binary',
    'f23b-exec-crlf-ctrl',
  );
  await story.tells('f24-exec-empty', 'f30-exec-quoting', 'f31-exec-no-dashdash', 'f32-exec-no-command');
  await story.tells('f33-exec-relative');
});

labTest('a running VM with lock: backup refuses what it refuses on a real node', async () => {
  await story.does('qm', 'set', '110', '--lock', 'backup');
  await story.tells(
    'k18-locked-stop',
    'k18c-locked-reset',
    'k18d-locked-exec',
    'k18e-locked-stop',
    'k18f-unlock',
  );
});

labTest('a VM is shut down, stopped and started again as on a real node', async () => {
  await story.tells(
    'g01-shutdown-agent',
    'g02-shutdown-log',
    'g02-shutdown-status',
    'g03-status-after-shutdown',
  );
  await story.cleanedUp();
  await story.tells(
    'g13-start-for-ping-series',
    'g23-shutdown-early',
    'g15-reset',
    'g20-stop',
    'g21-stop-log',
  );
  await story.tells('g21-stop-status', 'g22-status-after-stop');
  await story.cleanedUp();
});

labTest('snapshots are taken, listed, gone back to and removed as on a real node', async () => {
  await story.does('qm', 'set', '110', '--cores', '1');
  await story.tells('h01-snapshot', 'h02-listsnapshot', 'h03-snapshot-json');
  await story.does('qm', 'set', '110', '--cores', '2', '--args', `${KERNEL} -fw_cfg name=opt/y,string=1`);
  await story.tells('h04-snapshot2', 'h05-listsnapshot2', 'h06-cat-conf-snapshots', 'h07-config-snapshot');
  await story.tells('h08-showcmd-snapshot', 'h09-config-with-parent', 'h10-config-json-snapshot');
  await story.tells('h11-snapshot-exists', 'h12-snapshot-bad-name', 'h13-snapshot-name-current');
  await story.tells(
    'h14-rollback-missing',
    'h15-delsnapshot-missing',
    'h16-rollback',
    'h17-config-after-rollback',
  );
  await story.tells(
    'h18-rollback-log',
    'h18-rollback-status',
    'h19-rollback-start',
    'h20-status-after-rollback-start',
  );
  await story.tells('h25-rollback-running', 'h26-status-after-rollback', 'h27-delsnapshot');
  await story.cleanedUp();
  await story.does('qm', 'set', '110', '--scsi1', 'local:1,format=raw');
  await story.tells('h29-snapshot-raw-disk', 'h30-conf-after-failed-snapshot');
  await story.does('sed', '-i', '/^scsi1/d', '/etc/pve/qemu-server/110.conf');
  story.remove('var/lib/vz/images/110/vm-110-disk-1.raw');
});

labTest('a VM whose lock somebody has waits or gives up as on a real node', async () => {
  await lab.faults.set('lock-held', { vmid: 110 });
  await Promise.all([story.tells('k01-set-flock'), story.tells('k02-start-flock')]);
  lab.faults.clear('lock-held');
  await lab.faults.set('lock-held', { vmid: 110, seconds: 3 });
  await story.tells('k03-set-flock-short');
});

labTest('a VM with lock: backup refuses what it refuses on a real node', async () => {
  await story.tells(
    'k04-set-lock',
    'k05-conf-lock',
    'k10-locked-start',
    'k11-locked-set',
    'k12-locked-snapshot',
  );
  await story.tells('k13-locked-rollback', 'k14-locked-clone', 'k15-locked-destroy', 'k16-locked-template');
  await story.tells('k17-locked-delsnapshot', 'k19-locked-shutdown', 'k1a-locked-reset', 'k20-status-locked');
  await story.tells('k21-set-skiplock', 'k22-unlock', 'k23-unlock-again');
});

labTest('a snapshot that was killed half-way is refused and removed as on a real node', async () => {
  const before = await story.does('cat', '/etc/pve/qemu-server/110.conf');
  story.write('etc/pve/qemu-server/110.conf', before.replace(/^memory/m, 'lock: snapshot\nmemory'));
  story.append(
    'etc/pve/qemu-server/110.conf',
    '\n[broken]\nmemory: 512\nparent: clean\nsnapstate: prepare\nsnaptime: 1\n',
  );
  await story.tells('k42-set-after-kill', 'k43-delsnapshot-after-kill', 'k44-delsnapshot-force');
  await story.does('qm', 'delsnapshot', '110', 'broken', '--force', '1');
  await story.tells('k46-conf');
});

labTest('VMs are cloned, made templates and destroyed as on a real node', async () => {
  await story.tells('j01-clone-full', 'j02-config-clone-full', 'j03-clone-full-log', 'j03-clone-full-status');
  await story.tells(
    'j04-clone-snapname',
    'j05-clone-linked-refused',
    'j06-clone-exists',
    'j07-clone-unknown-snap',
  );
  await story.tells('j08-template-with-snapshot', 'j09-template', 'j10-config-template', 'j11-clone-linked');
  await story.tells('j12-config-clone-linked', 'j13-start-template', 'j14-template-again');
  await story.tells('j15-destroy-template-in-use', 'j18-snapshot-template', 'j19-set-template-memory');
  await story.does('qm', 'set', '110', '--hostpci0', '0000:00:02.0,romfile=igd.rom');
  await story.tells(
    'j20-clone-hostpci',
    'j21-config-clone-hostpci',
    'j22-start-linked',
    'j23-destroy-running',
  );
  await story.tells('j24-template-running');
  await story.does('qm', 'stop', '122');
  await story.tells(
    'j24c-destroy-right-after-stop',
    'j26-destroy-log',
    'j26-destroy-status',
    'j27-destroy-unknown',
  );
  await story.does('qm', 'set', '123', '--protection', '1');
  await story.tells('j29-destroy-protected');
  await story.does('qm', 'set', '123', '--protection', '0');
  await story.tells('j25-destroy-purge', 'j28-destroy-template', 'j30-destroy-120');
});

labTest('a passed device is taken, refused and left as on a real node', async () => {
  const igpu = ['--machine', 'q35', '--memory', '256', '--kvm', '0', '--vga', 'none', '--agent', '1'];
  story.write('usr/share/kvm/igd.rom', new Uint8Array(1024));
  await story.does(
    'qm',
    'create',
    '112',
    '--name',
    'igpu',
    '--serial0',
    'socket',
    '--ostype',
    'l26',
    '--args',
    KERNEL,
    ...igpu,
  );
  await story.does('qm', 'create', '114', '--name', 'igpu2', ...igpu, '--hostpci0', '0000:00:02.0');
  await story.does(
    'qm',
    'set',
    '112',
    '--hostpci0',
    '0000:00:02.0,romfile=igd.rom',
    '--scsi0',
    'local:1,format=raw',
  );
  await story.tells('e01-start-hostpci-ok', 'e02-start-hostpci-ok-log', 'e02-start-hostpci-ok-status');
  await story.tells(
    'e03-start-device-in-use',
    'e04-start-device-in-use-log',
    'e04-start-device-in-use-status',
  );
  await story.tells('e05-stop-hostpci');
  await story.cleanedUp();
  await story.does('qm', 'set', '112', '--hostpci0', '0000:00:02.0,romfile=nosuch.rom');
  await story.tells(
    'e06-start-romfile-missing',
    'e07-start-romfile-missing-log',
    'e07-start-romfile-missing-status',
  );
  await story.does('qm', 'set', '112', '--hostpci0', '0000:00:02.0,romfile=igd.rom');
});

labTest('a device that cannot be prepared is told of as on a real node', async () => {
  await lab.faults.set('reset-fails', {});
  await story.tells('e12-start-reset-fail', 'e12-start-reset-fail-log', 'e12-start-reset-fail-status');
  await story.does('qm', 'stop', '112');
  await lab.faults.set('no-iommu', {});
  await story.tells('e13-start-no-iommu', 'e13-start-no-iommu-log', 'e13-start-no-iommu-status');
  lab.faults.clearAll();
  await story.does('sh', '-c', 'echo 0000:00:02.0 >/sys/bus/pci/drivers/vfio-pci/unbind');
  await lab.faults.set('bind-busy', {});
  await story.tells('e10-start-bind-ebusy', 'e10-start-bind-ebusy-log', 'e10-start-bind-ebusy-status');
  lab.faults.clearAll();
  await story.does('qm', 'set', '112', '--hostpci0', '0000:00:07.0');
  await story.tells('e20-start-no-such-device');
  await story.does('qm', 'set', '112', '--hostpci0', 'mapping=nosuch');
  await story.tells('e22-start-mapping-missing');
  await story.does('qm', 'set', '112', '--delete', 'hostpci0');
});

labTest('a config that QEMU or Proxmox refuses is told of as on a real node', async () => {
  const sets = (...words: readonly string[]): Promise<string> => story.does('qm', 'set', '112', ...words);
  await sets('--args', '-nosuchoption');
  await story.tells('e23-start-bad-args', 'e24-start-bad-args-log', 'e24-start-bad-args-status');
  await sets('--args', '-kernel /nonexistent');
  await story.tells('e25-start-args-missing-kernel', 'e26-set-args-unbalanced');
  await story.tells('e27b-showcmd-args-unbalanced', 'e27-start-args-unbalanced');
  await story.does('qm', 'stop', '112');
  await story.cleanedUp();
  await sets('--args', KERNEL, '--net0', 'virtio,bridge=vmbr9');
  await story.tells('e33-start-bridge-missing', 'e33b-status');
  await sets('--delete', 'net0');
  await sets('--machine', 'pc-q35-99.0');
  await story.tells('e34-start-machine-too-new');
  await sets('--machine', 'q35', '--cpu', 'host');
  await story.tells('e41-start-cpu-host-tcg');
  await sets('--delete', 'cpu,agent');
  await story.does('qm', 'start', '112');
  await story.tells('g27b-agent-key-absent', 'g28b-exec-key-absent');
  await story.does('qm', 'stop', '112');
  await story.cleanedUp();
  story.remove('var/lib/vz/images/112/vm-112-disk-0.raw');
  await story.tells('e30-start-disk-missing');
});

labTest('a start that hangs in the kernel keeps the lock and shows nothing, as on a real node', async () => {
  await story.does(
    'qm',
    'set',
    '112',
    '--delete',
    'scsi0',
    '--hostpci0',
    '0000:00:02.0,romfile=igd.rom',
    '--agent',
    '1',
  );
  await story.does('sh', '-c', 'qemu-img create -q -f raw /var/lib/vz/images/112/vm-112-disk-0.raw 1G');
  await story.does('sed', '-i', 's/^unused0: \\(.*\\)/scsi0: \\1,size=1G/', '/etc/pve/qemu-server/112.conf');
  await lab.faults.set('start-hangs', { vmid: 112 });
  const hung = lab.run(['qm', 'start', '112']);
  await story.lockIsHeld(112);
  await story.tells('e42-status-unbind-hang', 'e42b-config-unbind-hang', 'e44-tasks-active');
  await Promise.all([story.tells('e43-set-while-start-hangs'), story.tells('e44b-stop-while-hangs')]);
  lab.faults.clear('start-hangs');
  expect((await hung).code).toBe(0);
});
