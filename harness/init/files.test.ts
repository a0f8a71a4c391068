import { readFile, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { check, resolveConfig } from 'prettier';
import { beforeAll, describe, expect, test } from 'vitest';
import { IGPU_FAMILIES } from '../igpu/families.ts';
import { loadLibrary, type Library } from '../scenario/library.ts';
import { listRoms, type ListedRom } from '../scenario/rom-manifests.ts';
import { SourceFiles } from '../scenario/source-files.ts';
import { firstScenario } from './first-scenario.ts';
import { fittingRoms } from './fitting-roms.ts';
import { hostFacts, hostFileText, withHostFacts } from './host-file.ts';
import { passingOf } from './passing.ts';
import type { PlannedFile } from './planned-file.ts';
import { problemsOfPlan } from './problems-of-plan.ts';

const ROOT = resolve(import.meta.dirname, '../..');
let library: Library;
let listed: readonly ListedRom[];

beforeAll(async () => {
  const files = new SourceFiles(await realpath(ROOT));
  library = await loadLibrary(files);
  listed = await listRoms(new SourceFiles(files.root));
  expect(files.problems).toEqual([]);
});

const IGPUS = [...IGPU_FAMILIES.map(({ devices }) => `8086:${devices.split(' ')[0] ?? ''}`), '8086:ffff'];
const address = '0000:00:02.0';

async function formatted(text: string): Promise<boolean> {
  const options = await resolveConfig(join(ROOT, 'scenarios/x.yaml'));
  return check(text, { ...options, parser: 'yaml' });
}

describe.each(IGPUS)('the files of a host with %s', (id) => {
  test.each([
    ['ovmf', 'q35', '10.1.2'],
    ['ovmf', 'pc-q35-10.0+pve1', '9.2.0'],
    ['ovmf', 'pc', '10.0.2'],
    ['seabios', 'pc-i440fx-9.0', '9.0.2'],
    ['seabios', 'pc', '10.1.2'],
    ['seabios', 'q35', null],
  ])('pass check and are formatted: %s on %s, QEMU %s', async (bios, machine, qemu) => {
    const igpu = { id, address };
    const facts = hostFacts(igpu, 'Intel N100');
    const roms = fittingRoms(id, listed);
    const guest = library.guests.get('win11-iot');
    if (guest === undefined) throw new Error('no guest');
    const host = { id: 'test', cpu: 'Intel N100', codename: facts.codename };
    const scenario = firstScenario({ host, guest, vm: { bios, machine }, igpu, qemu, roms });
    const files: readonly PlannedFile[] = [
      { role: 'host', path: 'test.yaml', before: null, after: hostFileText(facts) },
      { role: 'scenario', path: 'first.yaml', before: null, after: scenario },
    ];
    expect(problemsOfPlan(files, 'test', library)).toEqual([]);
    for (const { after } of files) expect(await formatted(after), after).toBe(true);
  });
});

test('the ROM that is reported to work comes first, and ROMs made for tests are none', () => {
  expect(fittingRoms('8086:46d1', listed)[0]).toBe('intel6-14rom/v2.0-20250622-100999/12-n100-q10');
  expect(fittingRoms('1234:1111', listed)).toEqual([]);
  expect(fittingRoms('8086:46d0', listed)[0]).toBe('intel-igpu-passthru/v0.1/ADL-N_TWL_GOPv21_igd');
});

test.each([
  ['8086:3e92', 'seabios', 'pc', '10.1.2', 'legacy'],
  ['8086:46d1', 'seabios', 'pc', '10.1.2', 'UPT'],
  ['8086:46d1', 'seabios', 'pc', '10.0.2', 'legacy'],
  ['8086:3e92', 'ovmf', 'pc', '10.1.2', 'UPT'],
  ['8086:3e92', 'seabios', 'q35', '10.1.2', 'UPT'],
  ['8086:3e92', 'seabios', 'pc', null, 'UPT'],
])('%s with %s on %s, QEMU %s: %s', (id, bios, machine, qemu, mode) => {
  const passing = passingOf({ id, address }, { bios, machine }, qemu);
  expect(passing.mode).toBe(mode);
  expect(passing.lines.join('\n').includes('legacy-igd=1')).toBe(mode === 'legacy');
  expect(passing.lines.join('\n').includes('pcie=1')).toBe(machine === 'q35');
});

test.each([
  ['8086:46d1', 'ovmf', 'q35', 'fail'],
  ['8086:46d1', 'seabios', 'q35', 'fail'],
  ['8086:3e92', 'seabios', 'q35', 'pass'],
  ['8086:3e92', 'seabios', 'pc', 'pass'],
])('%s with %s on %s, without a ROM: %s', (id, bios, machine, without) => {
  expect(passingOf({ id, address }, { bios, machine }, '10.1.2').without).toBe(without);
});

test('the host file of the reported case would be left as it is', async () => {
  const text = await readFile(join(ROOT, 'scenarios/hosts/n100.yaml'), 'utf8');
  const there = library.hosts.get('n100');
  if (there === undefined) throw new Error('no host');
  const igpu = { id: '8086:46d1', address };
  expect(withHostFacts(text, hostFacts(igpu, 'Intel N100'), there)).toBe(text);
  const moved = withHostFacts(text, hostFacts({ ...igpu, id: '8086:46d2' }, 'Intel N95'), there);
  expect(moved).toBe(text.replace('46d1', '46d2').replace('cpu: Intel N100', "cpu: 'Intel N95'"));
});
