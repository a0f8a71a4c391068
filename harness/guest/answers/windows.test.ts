import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adapter, answer, framed, NONCE, problem } from './fixtures/windows-answer.ts';
import type { GuestDevice, GuestReading } from './reading.ts';
import { readWindowsAnswer } from './windows.ts';

function read(out: string): GuestReading {
  const reading = readWindowsAnswer(out, NONCE);
  if ('refused' in reading) throw new Error(`refused: ${reading.why}`);
  return reading;
}

function onlyDevice(gpu: unknown): GuestDevice {
  const [device, ...others] = read(framed(answer({ gpu }))).devices;
  if (device === undefined || others.length > 0) throw new Error('expected exactly one device');
  return device;
}

const GOOD = framed(answer());

describe('a good answer', () => {
  test('becomes a reading', () => {
    expect(read(GOOD)).toEqual({
      bootId: '2026-01-02T03:04:05.5000000Z',
      uptime: 120,
      log: null,
      fastStartup: false,
      notReady: null,
      facts: {
        build: '26100.3476',
        edition: 'IoTEnterpriseS',
        display: '24H2',
        language: 'en-US',
        account: 'S-1-5-18',
        session: '0',
        fastStartup: '0',
      },
      pciCount: 14,
      devices: [
        {
          id: '8086:46d1',
          address: '00:02.0',
          name: 'Intel(R) UHD Graphics',
          problemCode: 0,
          problemCodeAgain: 0,
          problemStatus: '0x00000000',
          started: true,
          driver: {
            service: 'igfxn',
            provider: 'Intel Corporation',
            inf: 'oem3.inf',
            version: '32.0.101.6651',
          },
          fallbackDriver: false,
          graphics: null,
          media: null,
          whyNotStarted: null,
        },
      ],
      failed: [],
    });
  });

  test.each([
    ['CRLF line ends', GOOD.replaceAll('\n', '\r\n')],
    ['noise before and after', `#< CLIXML <Objs/>\r\n@@IGPU1 nonsense\n${GOOD}bye\n`],
    ['an older answer before it', framed(answer({ nonce: 'older00000000000' })) + GOOD],
  ])('is read the same with %s', (_, out) => {
    expect(read(out)).toEqual(read(GOOD));
  });
});

describe('what stands in an adapter', () => {
  test.each([10, 12, 28, 31, 39, 43, 52])('code %i is read twice, and the device is not started', (code) => {
    expect(onlyDevice([problem(code)])).toMatchObject({
      problemCode: code,
      problemCodeAgain: code,
      started: false,
    });
  });

  test('the NTSTATUS behind code 43 is kept as it is', () => {
    expect(onlyDevice([problem(43, { ProblemStatus: '0xC0000001' })]).problemStatus).toBe('0xC0000001');
  });

  test('two readings that disagree stay two readings', () => {
    expect(onlyDevice([adapter({}, { cm: 43 })])).toMatchObject({ problemCode: 43, problemCodeAgain: 0 });
  });

  test('flags without HAS_PROBLEM stand for a second reading of 0 where ProblemCode is unset', () => {
    expect(onlyDevice([adapter({ ProblemCode: null })]).problemCodeAgain).toBe(0);
    expect(onlyDevice([problem(43, { ProblemCode: null })]).problemCodeAgain).toBeNull();
  });

  test('nothing is known of an adapter whose properties could not be read', () => {
    expect(onlyDevice([adapter({}, { p: {} })])).toMatchObject({
      address: null,
      problemCodeAgain: null,
      started: null,
      driver: null,
    });
  });

  test('a started device without its driver loaded is not started', () => {
    expect(onlyDevice([adapter({ DevNodeStatus: '0x01802008' })]).started).toBe(false);
  });

  test.each([
    { Service: 'BasicDisplay' },
    { DriverInfPath: 'display.inf' },
    { GenericDriverInstalled: true },
  ])('%j marks a fall-back driver, whatever the code', (properties) => {
    expect(onlyDevice([adapter(properties)])).toMatchObject({ problemCode: 0, fallbackDriver: true });
  });

  test.each([
    ['numbers alone', { LocationPaths: null }, '00:02.0'],
    ['the location path alone', { BusNumber: null }, '00:02.0'],
    [
      'another bus',
      { BusNumber: 6, Address: 1, LocationPaths: ['PCIROOT(0)#PCI(1C00)#PCI(0001)'] },
      '06:00.1',
    ],
    ['two that differ', { Address: 196608 }, null],
    ['an unknown address and no path', { Address: -1, LocationPaths: [] }, null],
    ['numbers out of range', { Address: 4000000000, LocationPaths: [] }, null],
  ])('its address comes from %s', (_, properties, expected) => {
    expect(onlyDevice([adapter(properties)]).address).toBe(expected);
  });

  test('names in other languages arrive through their escapes', () => {
    const out = framed(answer({ gpu: [adapter({}, { name: 'GRAFIK' })] })).replace(
      'GRAFIK',
      'Grafik f\\u00fcr \\u663e\\u793a',
    );
    const length = /\n(.*)\n@@END/.exec(out)?.[1]?.length ?? 0;
    expect(read(out.replace(/^@@IGPU1 \d+/, `@@IGPU1 ${length}`)).devices[0]?.name).toBe('Grafik für 显示');
  });
});

describe('which adapters there are', () => {
  test('two adapters are both read', () => {
    const second = adapter({}, { id: 'PCI\\VEN_1234&DEV_1111\\x', hw: [] });
    const ids = read(framed(answer({ gpu: [adapter(), second] }))).devices.map(({ id }) => id);
    expect(ids).toEqual(['8086:46d1', '1234:1111']);
  });

  test('no adapter is an answer too', () => {
    expect(read(framed(answer({ gpu: [] })))).toMatchObject({ devices: [], pciCount: 14, failed: [] });
  });

  test('a device that Windows only remembers is not there', () => {
    expect(read(framed(answer({ gpu: [adapter({}, { present: false })] }))).devices).toEqual([]);
  });

  test('an adapter without a PCI id is reported as unread', () => {
    const reading = read(framed(answer({ gpu: [adapter({}, { id: 'ROOT\\DISPLAY\\0000', hw: null })] })));
    expect(reading.failed).toEqual(['pci: a display device without a PCI id']);
  });

  test.each([
    ['its only element', adapter()],
    ['value and Count', { value: [adapter()], Count: 1 }],
  ])('a list that PowerShell printed as %s is read as a list', (_, gpu) => {
    expect(onlyDevice(gpu)).toEqual(onlyDevice([adapter()]));
  });
});

describe('whether Windows is ready', () => {
  const setup = { inSetup: 0, oobe: 0, image: 'IMAGE_STATE_COMPLETE', busy: [] };
  test.each([
    [{ ...setup, image: 'IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE' }, 'set-up is not complete'],
    [{ ...setup, inSetup: 1 }, 'still in progress'],
    [{ ...setup, oobe: 1 }, 'OOBE'],
    [{ ...setup, busy: ['drvinst'] }, 'drvinst'],
    [{ ...setup, busy: 'msiexec' }, 'msiexec'],
    [null, 'could not tell'],
  ])('%j is not ready', (changed, why) => {
    expect(read(framed(answer({ setup: changed }))).notReady).toContain(why);
  });
});

describe('what is not known', () => {
  test('sections that failed or are missing are named, and their fields are null', () => {
    const reading = read(
      framed(answer({ os: undefined, pciCount: undefined, err: ['os: Invalid class', 'pci: out of time'] })),
    );
    expect(reading).toMatchObject({ bootId: null, uptime: null, pciCount: null });
    expect(reading.failed).toEqual([
      'os: Invalid class',
      'pci: out of time',
      'os: not in the answer',
      'pci: not in the answer',
    ]);
  });
});

describe('an answer is refused', () => {
  const stale = framed(answer({ nonce: 'another000000000' }));
  test.each([
    ['empty', 'that is empty', ''],
    ['empty', 'of blank lines', ' \r\n\n'],
    ['stale', 'to another question', stale],
    ['stale', 'when a stale one came last', GOOD + stale],
    ['limited', 'from constrained language mode', '@@IGPU1 CLM\r\n[{"PNPDeviceID":"PCI"}]\r\n@@END\r\n'],
    ['broken', 'without a sentinel', JSON.stringify(answer())],
    ['broken', 'that is cut', GOOD.slice(0, -300)],
    ['broken', 'without its end', GOOD.replace('@@END', '')],
    ['broken', 'with another length', GOOD.replace(/\d+/, '12')],
    ['broken', 'of another schema', framed(answer({ schema: 2 }))],
    ['broken', 'that is no object', framed([answer()])],
    ['broken', 'that is not JSON', '@@IGPU1 5\n{"a":\n@@END\n'],
    ['broken', 'with text that was encoded twice', framed(answer({ gpu: [adapter({}, { name: 'fÃ¼r' })] }))],
    ['broken', 'with a wrong type', framed(answer({ gpu: [adapter({ ProblemCode: '43' })] }))],
    ['broken', 'with too many adapters', framed(answer({ gpu: Array.from({ length: 501 }, () => null) }))],
    ['broken', 'with a text too long', framed(answer({ gpu: [adapter({}, { name: 'x'.repeat(1001) })] }))],
    ['broken', 'longer than 1 MiB', `${'x'.repeat(1024 * 1024)}${GOOD}`],
    ['broken', 'of stderr noise alone', '#< CLIXML\r\n<Objs Version="1.1.0.1"></Objs>'],
  ])('as %s: one %s', (refused, _, out) => {
    expect(readWindowsAnswer(out, NONCE)).toMatchObject({ refused });
  });
});

describe('whatever arrives', () => {
  test('no string makes it throw', () => {
    const document = fc.json().map((json) => `@@IGPU1 ${json.length}\n${json}\n@@END\n`);
    const odd = fc
      .anything()
      .map((value) => framed(answer({ gpu: [adapter({ Address: value })], os: value })));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), document, odd), (out) => {
        readWindowsAnswer(out, NONCE);
      }),
    );
  });

  test('what was cut out of an answer, or put into it, is never read as another reading', () => {
    const expected = read(GOOD);
    const at = fc.nat(GOOD.length);
    fc.assert(
      fc.property(at, at, fc.string({ unit: 'binary', maxLength: 30 }), (from, to, extra) => {
        const [start, end] = from < to ? [from, to] : [to, from];
        for (const damaged of [
          GOOD.slice(0, start),
          GOOD.slice(0, start) + GOOD.slice(end),
          GOOD.slice(0, start) + extra + GOOD.slice(start),
        ]) {
          const reading = readWindowsAnswer(damaged, NONCE);
          if (!('refused' in reading)) expect(reading).toEqual(expected);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
