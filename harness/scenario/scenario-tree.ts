import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

const LIBRARY = {
  'scenarios/hosts/local.yaml': `
name: QEMU here
platform: qemu
igpu:
  device: bochs-display
  id: "1234:1111"
  address: "0000:00:02.0"
  driver: { windows: { service: code43-standin }, linux: { service: bochs-drm } }
`,
  'scenarios/hosts/n100.yaml': `
name: N100
platform: proxmox
igpu: { id: "8086:46d1", address: "0000:00:02.0", driver: { windows: { provider: Intel Corporation } } }
facts: { cpu: Intel N100, proxmox: 9.0 }
`,
  'scenarios/guests/standin-windows.yaml':
    'name: Stand-in\nprobe: windows\nimage: standin-windows\nagentDeadline: 120\n',
  'scenarios/guests/linux.yaml': 'name: Linux\nprobe: linux\nimage: linux\nagentDeadline: 120\n',
  'scenarios/guests/win11-iot.yaml': 'name: Windows 11\nprobe: windows\nagentDeadline: 600\n',
  'roms/test.yaml': `
id: test
name: Test ROMs
source: null
origin: the harness
licence: MIT
released: null
roms:
  - { name: good, file: good.rom, devices: ["1234:1111"], recipe: good }
  - { name: truncated, file: truncated.rom, devices: ["1234:1111"], recipe: truncated }
  - { name: bad-header, file: bad-header.rom, devices: ["1234:1111"], recipe: bad-header }
  - { name: legacy-only, file: legacy-only.rom, devices: ["1234:1111"], recipe: legacy-only }
`,
  'roms/intel6-14rom.yaml': `
id: intel6-14rom/v2.0-20250622-100999
name: intel6-14rom
source: { url: https://example.org/roms }
origin: its project
licence: unknown
released: null
roms:
  - { name: 12-n100-q10, file: 12-n100-q10.rom, devices: ["8086:46d1"], url: https://example.org/12.rom, sha256: null }
`,
};

/** A small whole scenario; each test changes what it is about. */
export const SMALL = `name: Small
host: local
guest: standin-windows
config: |
  machine: q35
  hostpci0: 0000:00:02.0,pcie=1
axes:
  rom: [none, test/good]
expect:
  - { when: { rom: none }, verdict: fail, finding: rom.missing }
  - { verdict: pass }
`;

/** For tests: writes a repository's `scenarios/` and `roms/`, with hosts, guests and ROMs, and removes it afterwards. */
export async function scenarioTree(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'code43-scenarios-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [name, content] of Object.entries({ ...LIBRARY, ...files })) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), content);
  }
  return root;
}
