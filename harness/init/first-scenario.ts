import type { GuestFile } from '../scenario/cell.ts';
import { yamlScalar } from '../scenario/yaml-scalar.ts';
import { wrap } from '../report/terminal/width.ts';
import { passingOf, type Passing } from './passing.ts';
import type { SeenVm } from './seen-node.ts';

export interface ScenarioParts {
  /** Id and processor of the host; neither is private. */
  readonly host: { readonly id: string; readonly cpu: string; readonly codename: string | null };
  readonly guest: Pick<GuestFile, 'id' | 'name'>;
  /** Of the VM only what its firmware and machine are goes into the text. */
  readonly vm: Pick<SeenVm, 'bios' | 'machine'>;
  readonly igpu: { readonly id: string; readonly address: string };
  readonly qemu: string | null;
  /** ROMs of `roms/` that name the iGPU, best first. */
  readonly roms: readonly string[];
}

/** Of the words of a comment: with what a terminal of 80 columns shows beside it. */
const WIDTH = 72;

/** The text of a scenario to begin with: what fits this iGPU in this guest, with the ROM that fits and without one. */
export function firstScenario(parts: ScenarioParts): string {
  const { host, guest, vm, igpu, qemu } = parts;
  const passing = passingOf(igpu, vm, qemu);
  const subject = passing.runsEfiRoms ? 'Option ROM' : passing.mode === 'legacy' ? 'Legacy mode' : 'No ROM';
  return [
    '# yaml-language-server: $schema=../schema.json',
    '#',
    ...comment(
      'A scenario to begin with, written by `code43 init` from what the host showed. It is yours now: init never ' +
        'changes it again. docs/scenarios.md explains every key.',
    ),
    `name: ${yamlText(`${subject} on ${host.cpu}, ${guest.name}`)}`,
    `host: ${yamlScalar(host.id)}`,
    `guest: ${yamlScalar(guest.id)}`,
    '',
    ...passing.why.flatMap((sentence) => comment(sentence)),
    ...comment(
      'Firmware and machine type are those that the guest was installed with; memory, cores and disks are its own.',
    ),
    'config: |',
    ...passing.lines.map((line) => `  ${line}`),
    '',
    ...romLines(parts, passing),
    '',
    ...comment('One boot to begin with. Once that passes: [start, reset, start].'),
    'boots: [start]',
    '',
    ...comment('What each cell must come to: a guess until it was run. Correct it by what you find.'),
    ...expectLines(passing),
    '',
  ].join('\n');
}

/** What becomes of a guest with SeaBIOS. */
const SEABIOS = {
  legacy: 'QEMU takes what the device shows by itself.',
  pass: 'It hands OpRegion and stolen memory over by itself.',
  fail: 'It hands over the OpRegion, but not the stolen memory of this generation: a guest that was installed with OVMF, and a ROM, is the way.',
} as const;

function romLines(
  { roms: [best, ...others], igpu, host }: ScenarioParts,
  passing: Passing,
): readonly string[] {
  const seabios = passing.mode === 'legacy' ? 'legacy' : passing.without;
  if (!passing.runsEfiRoms)
    return [
      ...comment(
        'SeaBIOS runs a VGA BIOS and no EFI ROM: those of roms/ do nothing here. ' + SEABIOS[seabios],
      ),
      'rom: none',
    ];
  const chip = `${host.codename ?? 'this iGPU'} (${igpu.id})`;
  const needs = 'OVMF hands OpRegion and stolen memory over only with a ROM that has IgdAssignmentDxe';
  if (best === undefined)
    return [
      ...comment(
        `${needs}; for a picture before the driver it also needs the GOP driver of ${chip}. roms/ names none: ` +
          '`code43 rom add` writes down one that you have. Then it goes into this list.',
      ),
      'axes:',
      '  rom: [none]',
    ];
  return [
    ...comment(`${needs}. This one names ${chip}.${others.length === 0 ? '' : ' Others in roms/ do, too:'}`),
    ...others.map((ref) => `# ${ref}`),
    'axes:',
    '  rom:',
    '    - none',
    `    - ${best}`,
  ];
}

function expectLines({ runsEfiRoms, without }: Passing): readonly string[] {
  if (!runsEfiRoms) return ['expect:', `  - { verdict: ${without} }`];
  const none = '  - { when: { rom: none }, verdict: fail, finding: rom.missing }';
  return ['expect:', none, '  - { verdict: pass }'];
}

function comment(...sentences: readonly string[]): readonly string[] {
  return wrap(sentences.join(' '), WIDTH).map((line) => `# ${line}`);
}

/** A line for people: plain where YAML reads it as the same words. */
function yamlText(text: string): string {
  return /^[A-Za-z][A-Za-z0-9 ,.()/+-]*$/.test(text) ? text : yamlScalar(text);
}
