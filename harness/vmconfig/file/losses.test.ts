import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configText } from './config-text.fixture.ts';
import { lossesOf } from './losses.ts';
import { readConfigFile } from './read-file.ts';

const losses = (text: string): readonly string[] =>
  lossesOf(readConfigFile(text)).map(({ line, column, message }) => `${line}:${column} ${message}`);

describe('lossesOf', () => {
  it.each([
    ['cores: x', '1:8 cores: "x" is not a whole number'],
    ['numa: maybe', '1:7 numa: "maybe" is not yes or no'],
    ['boot:', '1:6 boot has no value'],
    ['cores: ', '1:7 cores: " " is not a whole number'],
    ['args: ', '1:6 args has no value'],
    ['cpulimit: 1.', '1:11 cpulimit: "1." is not a number'],
    ['hostpci16: 00:02.0', '1:12 "hostpci16" is no key of Proxmox 9.2'],
    ['scsi01: x', '1:9 "scsi01" is no key of Proxmox 9.2'],
    ['hostpci0: 00:02.0,pcie', '1:11 hostpci0: "host" stands twice'],
    ['bios: a\rb', '1:7 bios has a carriage return in its value'],
    ['snapstate: delete', '1:1 Proxmox takes a line that ends so for a snapshot state and drops it'],
    ['[special:fleecing]\ncores: 1', '2:8 Proxmox knows no "cores" in the section "special:fleecing"'],
    ['[x]\n\n# a', '3:1 Proxmox skips what stands in the section "x"'],
    ['cdrom: a\nide2: b', '1:1 cdrom stands again in line 2; Proxmox takes the last'],
    ['#%FF', '1:1 the description is not UTF-8, and Proxmox shows replacement characters for it'],
    ['[clean]\n\n[clean]', '1:1 the section begins again in line 3; Proxmox takes the last'],
  ])('names what is lost of %j', (text, loss) => {
    expect(losses(text)).toEqual([loss]);
  });

  it.each([
    'numa: YES',
    'args: a\rb',
    'cores: 007',
    'bios: anything',
    'boot: ',
    '[clean]\nsnapstate: prepare',
    'description: x',
  ])('loses nothing of %j', (text) => {
    expect(losses(text)).toEqual([]);
  });

  it('does not take a later value that Proxmox drops for the one that counts', () => {
    expect(losses('cores: 1\ncores: x\n')).toEqual(['2:8 cores: "x" is not a whole number']);
  });

  it('names each line once and in order, never one that is empty', () => {
    fc.assert(
      fc.property(configText, (text) => {
        const lines = lossesOf(readConfigFile(text)).map(({ line }) => line);
        expect(lines).toEqual([...new Set(lines)].sort((a, b) => a - b));
        for (const line of lines) expect(text.split('\n')[line - 1]?.trim()).not.toBe('');
      }),
    );
  });
});
