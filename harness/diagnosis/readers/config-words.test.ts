import { expect, it } from 'vitest';
import { configWordsIn } from './config-words.ts';
import { partOf } from './part.fixture.ts';

const read = (text: string) =>
  configWordsIn(partOf('facts', text)).map(({ key, value }) => `${key}=${String(value)}`);

it.each([
  ['x-igd-gms=0x1, three monitors', ['gms=0x1']],
  ['my args have x-igd-gms=2', ['gms=2']],
  ['x-igd-gms set to 0xF0', ['gms=0xf0']],
  ['with x-igd-gms=6 it is gone', []],
  ['x-igd-gms=64M is refused', []],
  ['is x-igd-gms=1 enough?', []],
  ['the readme says x-igd-gms=0x2', []],
  ['connected monitors in the VM: none', ['symptom=no-picture']],
  ['xrandr lists no outputs in the guest', ['symptom=no-picture']],
  ['all connectors disconnected', ['symptom=no-picture']],
  ['no connected displays in the guest', ['symptom=no-picture']],
  ['headless, monitors: none', []],
  ['monitor: Dell, 4K', []],
] as const)('%s', (text, facts) => {
  expect(read(text)).toEqual(facts);
});
