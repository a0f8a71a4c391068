import { afterAll, beforeAll, describe, expect } from 'vitest';
import { findImage } from '../../guest/image/image.ts';
import { needsGuests } from '../tier.ts';
import { cellsOf } from './cells-of.ts';
import { DEVICE_ROWS } from './device-rows.ts';
import { Bench, cameTo, type RowResult } from './run-rows.ts';

const guestTest = await needsGuests('standin-windows');
const isBuilt = (await findImage('standin-windows')) !== null;
const cells = await cellsOf(DEVICE_ROWS);

describe('whatever the guest says of its device, it comes to what its scenario expects', () => {
  const results = new Map<string, RowResult>();
  let bench: Bench | null = null;

  // One run boots them all, several at a time.
  beforeAll(async () => {
    if (!isBuilt) return;
    bench = await Bench.open(DEVICE_ROWS);
    for (const result of await bench.run(DEVICE_ROWS)) results.set(result.cell, result);
  }, 900_000);
  afterAll(async () => {
    await bench?.[Symbol.asyncDispose]();
  });

  for (const { id } of cells) {
    guestTest(id, () => {
      const result = results.get(id);
      expect(result?.asExpected, cameTo(result)).toBe(true);
    });
  }
});
