import fc from 'fast-check';

// fast-check's own 'binary' unit takes seconds to set up.
const character = fc.oneof(fc.integer({ min: 0, max: 0xff }), fc.integer({ min: 0, max: 0x10_ffff }));

/** Text of any characters: controls, halves of pairs, other scripts. */
export const anyText: fc.Arbitrary<string> = fc.string({
  unit: character.map((code) => String.fromCodePoint(code)),
});
