import { describe, expect, it } from 'vitest';
import { causes, diagnosed } from '../fixtures/diagnosed.ts';
import { advice, claimOf, found } from '../fixtures/found.ts';
import { vbs } from './vbs.ts';

it.each([{ symptom: 'code-43' }, { problemCode: 43 }] as const)('is the cause with %j', (facts) => {
  const sketch = { facts: { vbs: true, ...facts } } as const;
  expect(found(vbs, sketch)).toEqual(['guest.vbs cause likely']);
  const claim = claimOf(vbs, 'guest.vbs', sketch);
  expect(claim.evidence.map(({ text }) => text)).toContain('vbs: true');
  expect(claim.explains).toContain('guest.code43');
  expect(advice(claim)).toContain('hypervisorlaunchtype off');
});

it.each([{ outcome: 'works' }, { symptom: 'no-picture' }, {}] as const)('is only told with %j', (facts) => {
  expect(found(vbs, { facts: { vbs: true, ...facts } })).toEqual(['guest.vbs info likely']);
});

it.each([{ symptom: 'code-43' }, { vbs: false, symptom: 'code-43' }] as const)(
  'is nothing with %j',
  (facts) => {
    expect(found(vbs, { facts })).toEqual([]);
  },
);

describe('what is past', () => {
  it.each([
    [{ facts: { vbs: true, symptom: 'code-43', outcome: 'works' } }, ['guest.vbs info likely']],
  ] as const)('%j gives %j', (sketch, expected) => {
    expect(found(vbs, sketch)).toEqual(expected);
  });
});

const SET_UP = ['machine: pc-i440fx-9.0', 'bios: ovmf', 'ostype: win11', 'vga: none'];
const RIGHT = 'hostpci0: 0000:00:02.0,legacy-igd=1,romfile=ADL-N_GOP_igd.rom';
const told = (line: string, device = RIGHT) =>
  causes(
    diagnosed({
      'vm.conf': `${[...SET_UP, device].join('\n')}\n`,
      'facts.txt': `CPU: N100\nWindows 11: Code 43\n${line}\n`,
    }),
  );

describe('what is only supposed, asked or off is not on', () => {
  it.each([
    'is it VBS?',
    'suspect: "Memory integrity", turned it off -> same',
    'Someone said WSL could be to blame',
    'maybe Hyper-V',
    'I wonder about core isolation',
    'tried without Windows Hello, same',
    'switched memory integrity off, no change',
    'Hyper-V? don’t know',
    'HVCI deaktiviert',
    'I read that Credential Guard might matter',
    'VBS: disabled',
  ])('%s', (line) => {
    expect(told(line)).not.toContain('guest.vbs');
  });
});

describe('that it is on is no cause beside one that the config shows', () => {
  it.each(['VBS: on', 'WSL2 is installed', 'Memory integrity: enabled', 'Hyper-V role active'])(
    '%s',
    (line) => {
      expect(told(line, 'hostpci0: 0000:00:02.0')).not.toContain('guest.vbs');
      expect(told(line)).toContain('guest.vbs');
    },
  );
  it('but a trial is', () => {
    expect(told('Code 43 since I enabled WSL2', 'hostpci0: 0000:00:02.0')).toContain('guest.vbs');
  });
});
