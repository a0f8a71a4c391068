import { describe, expect, it } from 'vitest';
import { type Fact, type FactKey, Facts, type FactValues } from '../fact.ts';
import { caseOf, quoteOf } from '../fixtures/case.ts';
import { ofOneDevice, statusReadings } from './status-readings.ts';

type Read = {
  readonly [Key in FactKey]: readonly [input: string, line: number, key: Key, value: FactValues[Key]];
}[FactKey];

const read = (all: readonly Read[], by: Fact['by'] = 'machine') =>
  statusReadings({
    ...caseOf({}),
    facts: new Facts(
      all.map(([input, line, key, value]) => ({ key, value, by, quote: quoteOf(input, line, key) }) as Fact),
    ),
  });
const plain = (all: readonly Read[]) =>
  read(all).map(({ device, code, driver, uptime }) => [device, code, driver, uptime]);

describe('a reading', () => {
  it('is one answer of the probe, all of whose facts stand on one line', () => {
    const answers = [
      ['probe.txt', 2, 'guestUptime', 45],
      ['probe.txt', 2, 'problemCode', 43],
      ['probe.txt', 2, 'guestDriver', '32.0.101.6651'],
      ['probe.txt', 2, 'device', '8086:46d1'],
      ['probe.txt', 5, 'guestUptime', 300],
      ['probe.txt', 5, 'problemCode', 0],
    ] as const;
    expect(plain(answers)).toEqual([
      ['8086:46d1', 43, '32.0.101.6651', 45],
      [null, 0, null, 300],
    ]);
  });

  it('is one listing, whose facts stand on lines of their own, and the first of each counts', () => {
    const listing = [
      ['pnp.txt', 3, 'problemCode', 43],
      ['pnp.txt', 4, 'guestDriver', '32.0.101.6651'],
      ['pnp.txt', 5, 'device', '8086:46d1'],
      ['pnp.txt', 6, 'problemCode', 0],
      ['pnp.txt', 7, 'guestDriver', '31.0.101.2111'],
      ['pnp.txt', 8, 'device', '8086:4692'],
      ['other.txt', 1, 'guestDriver', '31.0.101.2111'],
    ] as const;
    expect(plain(listing)).toEqual([
      ['8086:46d1', 43, '32.0.101.6651', null],
      [null, null, '31.0.101.2111', null],
    ]);
    expect(read(listing)[0]?.quote.line).toBe(3);
  });

  it('is none by what a person says, or by the host’s listing', () => {
    expect(read([['said.txt', 1, 'problemCode', 43]], 'person')).toEqual([]);
    expect(read([['said.txt', 1, 'guestUptime', 43]], 'person')).toEqual([]);
    expect(plain([['lspci.txt', 1, 'device', '8086:46d1']])).toEqual([]);
    expect(plain([['probe.txt', 1, 'guestUptime', 30]])).toEqual([]);
  });

  it('that only a machine made is one, whatever a person says on its line', () => {
    const one = caseOf({ by: 'machine', facts: { problemCode: 43 } });
    const said = caseOf({ facts: { guestUptime: 30 } });
    const both = { ...one, facts: new Facts([...one.facts.all, ...said.facts.all]) };
    expect(statusReadings(both).map(({ code, uptime }) => [code, uptime])).toEqual([[43, null]]);
  });
});

describe('readings', () => {
  const of = (...devices: readonly (string | null)[]) =>
    devices.map((device) => ({ device, code: 0, driver: null, uptime: null, quote: quoteOf('a', 1, '') }));

  it.each<readonly [readonly (string | null)[], boolean]>([
    [[], true],
    [['8086:46d1', '8086:46d1'], true],
    [['8086:46d1', null], true],
    [['8086:46d1', '8086:4692'], false],
  ])('of %j are of one device: %s', (devices, expected) => {
    expect(ofOneDevice(of(...devices))).toBe(expected);
  });
});
