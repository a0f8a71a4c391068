import { expect, test } from 'vitest';
import { CONFIG, Script, verdictOf, type DeepPartial } from '../fixtures/traces.ts';
import type { TraceHeader } from '../../trace/header.ts';

const line = (driver: string, address = '0000:00:02.0'): Script =>
  new Script()
    .add({
      ch: 'kernel',
      line: `${driver} ${address}: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff`,
    })
    .add({ ch: 'statement', text: 'Windows shows Code 43' });

const reported = (changes: DeepPartial<TraceHeader>): DeepPartial<TraceHeader> => ({
  origin: 'import',
  rom: null,
  ...changes,
});
const first = (script: Script, changes: DeepPartial<TraceHeader>): string | undefined =>
  verdictOf(script, reported(changes)).findings[0]?.id;
const ids = (script: Script, changes: DeepPartial<TraceHeader>): readonly string[] =>
  verdictOf(script, reported(changes)).findings.map(({ id }) => id);

test('with no config known and a guest that fails, a missing ROM is likely, and the line is said to prove nothing', () => {
  const [found] = verdictOf(line('vfio-pci'), reported({ cell: { config: null } })).findings;
  expect(found).toMatchObject({ id: 'rom.missing', confidence: 'likely' });
  expect(found?.detail).toContain('proves nothing');
  expect(found?.collect.join()).toContain('the VM config before');
});

test('with a config that gives no ROM, it is the config that shows it', () => {
  expect(first(line('vfio-pci'), { cell: { config: CONFIG } })).toBe('rom.missing');
});

test('with a ROM given the line is harmless, and no missing ROM is claimed', () => {
  const config = CONFIG.replace('pcie=1', 'pcie=1,romfile=x.rom');
  expect(ids(line('vfio-pci'), { cell: { config } })).toContain('rom.header-line');
  expect(ids(line('vfio-pci'), { cell: { config } })).not.toContain('rom.missing');
});

test('from i915 or xe it is about the host, and about another device it is about nothing here', () => {
  expect(ids(line('i915'), { cell: { config: null } })).toEqual(
    ['rom.header-line-host-driver', 'statement.fails'].sort().reverse(),
  );
  expect(ids(line('vfio-pci', '0000:01:00.0'), { cell: { config: null } })).toEqual(['statement.fails']);
});
