import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FALLBACK_STEPS, type FallbackStep } from '../../../trace/words.ts';
import {
  PNPUTIL_43,
  PNPUTIL_CHINESE,
  PNPUTIL_GERMAN,
  PNPUTIL_MOJIBAKE,
  PNPUTIL_NONE,
  PNPUTIL_OK,
  PNPUTIL_OTHERS,
  PNPUTIL_TWINS,
  pnputil,
  REG_IMAGE_STATE,
  REG_SETUP,
  WMIC_43,
  WMIC_OTHERS,
  WMIC_UTF16,
} from '../fixtures/fallback-texts.ts';
import { readLimited } from './limited.ts';
import { readFallback } from './read-fallback.ts';
import type { Printed, Sighting } from './sighting.ts';

const ID = '8086:46d1';
const NONCE = 'synthetic0123456';
const ok = { exitcode: 0, signal: null, err: '', truncated: false };

function read(step: FallbackStep, out: string, changes: Partial<Printed> = {}): Sighting {
  return readFallback(step, { ...ok, out, ...changes }, ID);
}

describe('pnputil shows code 43', () => {
  test.each([
    ['English', PNPUTIL_43],
    ['German, in its code page', PNPUTIL_GERMAN],
    ['German, encoded twice', PNPUTIL_MOJIBAKE],
    ['Chinese, in its code page', PNPUTIL_CHINESE],
    ['with bare line feeds', PNPUTIL_43.replaceAll('\r', '')],
  ])('%s', (_, out) => {
    expect(read('problem-43', out)).toEqual({ by: 'pnputil', says: 'code', code: 43 });
    expect(read('connected', out)).toEqual({ by: 'pnputil', says: 'code', code: 43 });
    expect(read('connected-all', out)).toEqual({ by: 'pnputil', says: 'code', code: 43 });
  });

  test('of whoever is listed for it, even where its line is missing', () => {
    expect(read('problem-43', PNPUTIL_43.replace(/Problem Code.*\r\n/, ''))).toMatchObject({ code: 43 });
  });
});

describe('pnputil', () => {
  test('tells no problem of a device that is listed without a code', () => {
    expect(read('connected', PNPUTIL_OK)).toEqual({ by: 'pnputil', says: 'code', code: 0 });
  });

  test.each([0, 259])('denies code 43 where nothing matches, with exit code %i', (exitcode) => {
    expect(read('problem-43', PNPUTIL_NONE, { exitcode })).toMatchObject({ says: 'not-code', code: 43 });
  });

  test('shows a device as absent only in the list of all devices, and only if that lists any', () => {
    expect(read('connected-all', PNPUTIL_OTHERS)).toEqual({ by: 'pnputil', says: 'absent' });
    expect(read('connected', PNPUTIL_OTHERS).says).toBe('nothing');
    expect(read('connected-all', PNPUTIL_NONE).says).toBe('nothing');
    expect(read('connected-all', PNPUTIL_OTHERS, { exitcode: 259 }).says).toBe('nothing');
  });

  test('cannot tell two devices of one id apart', () => {
    expect(read('connected', PNPUTIL_TWINS).says).toBe('nothing');
  });

  test.each([
    ['a code whose two numbers differ', '43 (0x2A)'],
    ['a name that has a code in it', 'Display 43 (0x2B)'],
    ['a problem status', '0xC0000001 (0x2B)'],
  ])('does not take %s for a problem code', (_, value) => {
    const out = pnputil(['Instance ID: PCI\\VEN_8086&DEV_46D1\\1', `Device Description: ${value}`]);
    expect(read('connected', out)).toMatchObject({ code: 0 });
  });

  test('reads the code of a device from its own block only', () => {
    const other = ['Instance ID: ROOT\\DISPLAY\\0000', 'Problem Code: 43 (0x2B)'];
    expect(read('connected', pnputil(other) + PNPUTIL_OK)).toMatchObject({ code: 0 });
    const mentions = ['Instance ID: DISPLAY\\X\\1', 'Parent: PCI\\VEN_8086&DEV_46D1\\1', 'Code: 43 (0x2B)'];
    expect(read('connected', pnputil(mentions)).says).toBe('nothing');
  });
});

describe('wmic', () => {
  test.each([
    ['plain', WMIC_43],
    ['in UTF-16', WMIC_UTF16],
  ])('shows a problem code, %s', (_, out) => {
    expect(read('wmic', out)).toEqual({ by: 'wmic', says: 'code', code: 43 });
  });

  test('shows a device as absent where it lists others', () => {
    expect(read('wmic', WMIC_OTHERS)).toEqual({ by: 'wmic', says: 'absent' });
    expect(read('wmic', '\r\r\n').says).toBe('nothing');
  });

  test('says nothing of a device whose code it does not have', () => {
    expect(read('wmic', WMIC_43.replace('ErrorCode=43', 'ErrorCode=')).says).toBe('nothing');
  });
});

describe('the registry', () => {
  test('tells whether set-up is complete', () => {
    expect(read('image-state', REG_IMAGE_STATE)).toMatchObject({ complete: true });
    expect(read('image-state', REG_IMAGE_STATE.replace('COMPLETE', 'UNDEPLOYABLE'))).toMatchObject({
      complete: false,
    });
    expect(read('setup', REG_SETUP)).toMatchObject({ running: false });
    expect(read('setup', REG_SETUP.replace('REG_DWORD    0x0', 'REG_DWORD    0x1'))).toMatchObject({
      running: true,
    });
    expect(read('setup', '').says).toBe('nothing');
  });

  test('is never asked what the device does', () => {
    for (const step of ['services', 'drivers', 'version'] as const)
      expect(read(step, PNPUTIL_43).says).toBe('nothing');
  });
});

describe('whatever the program', () => {
  test.each([
    ['was not started', { exitcode: null }],
    ['failed', { exitcode: 1 }],
    ['was ended', { exitcode: null, signal: 9 }],
    ['printed more than is kept', { truncated: true }],
  ])('one that %s says nothing', (_, changes) => {
    for (const step of FALLBACK_STEPS) expect(read(step, PNPUTIL_43, changes).says).toBe('nothing');
  });

  test('no text makes a reader throw, or say that the device works', () => {
    const texts = [PNPUTIL_43, PNPUTIL_OK, PNPUTIL_CHINESE, WMIC_43, WMIC_UTF16, REG_SETUP, REG_IMAGE_STATE];
    const damaged = fc
      .tuple(fc.constantFrom(...texts), fc.nat(400), fc.nat(400), fc.string({ unit: 'binary' }))
      .map(([text, from, to, extra]) => text.slice(0, from) + extra + text.slice(to));
    fc.assert(
      fc.property(
        fc.constantFrom(...FALLBACK_STEPS),
        fc.oneof(fc.string({ unit: 'binary' }), damaged),
        fc.option(fc.integer()),
        (step, out, exitcode) => {
          const sighting = read(step, out, { exitcode });
          expect(['code', 'not-code', 'absent', 'image-state', 'set-up', 'nothing']).toContain(sighting.says);
        },
      ),
    );
  });

  test.each(['\r', '\n ', ' ', 'a: 1 (0x', 'PCI\\VEN_8086&'])(
    'megabytes of %j are read to their end',
    (filler) => {
      for (const step of FALLBACK_STEPS)
        expect(read(step, filler.repeat(1_000_000))).not.toHaveProperty('code', 0);
    },
  );
});

describe('the probe in constrained language mode', () => {
  const device = { PNPDeviceID: 'PCI\\VEN_8086&DEV_46D1&SUBSYS_72708086\\3', ConfigManagerErrorCode: 43 };
  const answer = (json: string, nonce = NONCE): string =>
    `@@IGPU1 CLM\r\n${nonce}\r\n${json === '' ? '' : `${json}\r\n`}@@END\r\n`;

  test.each([
    ['one object', JSON.stringify(device)],
    [
      'a list',
      JSON.stringify([{ PNPDeviceID: 'PCI\\VEN_1234&DEV_1111\\1', ConfigManagerErrorCode: 0 }, device]),
    ],
  ])('shows a problem code in %s', (_, json) => {
    expect(readLimited(answer(json), NONCE, ID)).toMatchObject({ says: 'code', code: 43 });
  });

  test.each([
    ['to another question', answer(JSON.stringify(device), 'another0question')],
    ['without its end', answer(JSON.stringify(device)).replace('@@END', '')],
    ['without devices', answer('')],
    ['that is no JSON', answer('[{')],
    ['of another shape', answer('[3]')],
    ['with two devices of the id', answer(JSON.stringify([device, device]))],
    ['without a code', answer(JSON.stringify({ ...device, ConfigManagerErrorCode: null }))],
  ])('says nothing by an answer %s', (_, out) => {
    expect(readLimited(out, NONCE, ID).says).toBe('nothing');
  });

  test('no text makes its reader throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.json(), (text, json) => {
        readLimited(text, NONCE, ID);
        readLimited(answer(json), NONCE, ID);
      }),
    );
  });
});
