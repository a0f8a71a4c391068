import { describe, expect, it } from 'vitest';
import { conclusions } from '../fixtures/conclusions.ts';
import { causes, diagnosed } from '../fixtures/diagnosed.ts';
import { found } from '../fixtures/found.ts';
import { setupCase, type SetupSketch } from '../fixtures/setup-case.ts';
import { CONFIG_GMS } from './config-gms.ts';

const text = (value: string) => `hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=${value}`;
const of = (value: string, facts: SetupSketch['facts'] = {}) =>
  conclusions(CONFIG_GMS, { text: text(value), facts });

describe('x-igd-gms', () => {
  it.each([
    ['0x2', {}, []],
    ['2', { outcome: 'works' }, []],
    ['0x41', {}, ['config.gms-range warning']],
    ['0x41', { qemuVersion: '10.1.2' }, ['config.gms-range cause']],
    ['0x41', { qemuVersion: '10.1.2', outcome: 'works' }, ['config.gms-range warning']],
    ['0x41', { qemuVersion: '9.0.2' }, ['config.gms-range warning']],
    ['0x20', { device: '8086:0412', qemuVersion: '10.0.2' }, ['config.gms-range cause']],
    ['0x20', { device: '8086:1616', qemuVersion: '10.0.2' }, []],
    ['0xf3', { device: '8086:1616', qemuVersion: '10.0.2' }, ['config.gms-range cause']],
    ['0x2', { device: '8086:7d55', qemuVersion: '10.0.2' }, ['config.gms-range cause']],
    ['0xf0', {}, ['config.gms-too-small warning']],
    ['0xf0', { outcome: 'works' }, ['config.gms-too-small info']],
    ['0xf0', { symptom: 'corrupt-picture' }, ['config.gms-too-small cause']],
    ['0xf0', { symptom: 'corrupt-picture', outcome: 'works' }, ['config.gms-too-small contributing']],
    ['0xf0', { symptom: 'code-43' }, ['config.gms-too-small contributing']],
    ['0x1', { symptom: 'corrupt-picture' }, ['config.gms-too-small contributing']],
    ['0x1', { symptom: 'corrupt-picture', monitor: true }, ['config.gms-too-small contributing']],
    ['0x2', { symptom: 'corrupt-picture' }, ['config.gms-too-small warning']],
    ['0x0', { symptom: 'corrupt-picture' }, []],
    ['0x6', { symptom: 'corrupt-picture' }, []],
    ['many', {}, []],
  ] as const)('%s with %j', (value, facts, expected) => {
    expect(of(value, facts)).toEqual(expected);
  });

  it('says that 0xf0 is no 5 GB', () => {
    const [claim] = CONFIG_GMS.conclude(setupCase({ text: text('0xf0') }));
    expect(claim?.title).toContain('4 MB');
    expect(claim?.detail).toContain('5 GB');
  });

  it('takes 32 MB for too little where the guest’s driver misses room, and 4 MB always', () => {
    const short =
      'i915 0000:00:10.0: [drm] not enough stolen space for compressed buffer (need 9000000 more bytes), disabling.';
    const facts = { gms: '0x1', symptom: 'corrupt-picture' } as const;
    expect(found(CONFIG_GMS, { facts, guestLines: [short] })).toEqual(['config.gms-too-small cause likely']);
    expect(found(CONFIG_GMS, { facts })).toEqual(['config.gms-too-small contributing possible']);
    expect(found(CONFIG_GMS, { facts: { ...facts, gms: '0xf0' } })).toEqual([
      'config.gms-too-small cause likely',
    ]);
    expect(found(CONFIG_GMS, { facts: { gms: '0xf0', outcome: 'works' } })).toEqual([
      'config.gms-too-small info possible',
    ]);
  });
});

describe('x-igd-gms at its limits', () => {
  it.each([
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0x40' }, []],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0xef' }, ['config.gms-range warning']],
    [
      { text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0xf0' },
      ['config.gms-too-small warning'],
    ],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0xfe' }, []],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0xff' }, ['config.gms-range warning']],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0X41' }, ['config.gms-range warning']],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=65' }, ['config.gms-range warning']],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0x10x' }, []],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=x0x41' }, []],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0x00041' }, []],
    [
      {
        text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0x40',
        facts: { device: '8086:1616' },
      },
      [],
    ],
    [
      {
        text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0x41',
        facts: { device: '8086:1616' },
      },
      ['config.gms-range warning'],
    ],
    [
      {
        text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0x10',
        facts: { device: '8086:0412' },
      },
      [],
    ],
    [
      {
        text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0x11',
        facts: { device: '8086:0412' },
      },
      ['config.gms-range warning'],
    ],
    [
      {
        text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0xf3',
        facts: { device: '8086:1912' },
      },
      ['config.gms-too-small warning'],
    ],
    [
      {
        text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0xf3',
        facts: { device: '8086:0412' },
      },
      ['config.gms-range warning'],
    ],
    [
      {
        text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0x1',
        facts: { symptom: 'no-picture' },
      },
      ['config.gms-too-small contributing'],
    ],
    [
      { text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0x1', facts: { symptom: 'code-43' } },
      ['config.gms-too-small contributing'],
    ],
    [
      {
        text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0x1',
        facts: { symptom: 'corrupt-picture' },
      },
      ['config.gms-too-small contributing'],
    ],
    [
      { text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0x1', facts: { symptom: 'no-audio' } },
      [],
    ],
    [
      {
        text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0x1',
        facts: { symptom: 'code-43', outcome: 'works' },
      },
      [],
    ],
    [{ text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0xf7' }, []],
    [
      { text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0xf6' },
      ['config.gms-too-small warning'],
    ],
    [
      { text: 'hostpci0: 00:02.0\nargs: -set device.hostpci0.x-igd-gms=0x3', facts: { symptom: 'code-43' } },
      [],
    ],
  ] as const)('%j gives %j', (sketch, expected) => {
    expect(conclusions(CONFIG_GMS, sketch)).toEqual(expected);
  });
});

it('32 MB are too little where 1080p is fine and 4K is garbled', () => {
  const given = (line: string) =>
    diagnosed({ 'facts.txt': `i5-1240P, Windows 11, no code 43\n${line}`, '101.conf': text('0x1') });
  expect(causes(given('1080p is ok, in 4K the picture is garbled'))).toEqual(['config.gms-too-small']);
  expect(causes(given('everything works, 1080p'))).toEqual([]);
});
