import { describe, expect, it } from 'vitest';
import { conclusions } from '../fixtures/conclusions.ts';
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
    ['0x1', { symptom: 'corrupt-picture' }, ['config.gms-too-small contributing']],
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
});
