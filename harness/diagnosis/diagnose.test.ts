import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnose, understand } from './diagnose.ts';
import type { Diagnosis } from './diagnosis.ts';
import { FINDING_IDS } from './finding-id.ts';
import { answer, causes, diagnosed, type Given, readGiven } from './fixtures/diagnosed.ts';
import { dmesg, HARD_CASES } from './fixtures/hard-cases.ts';
import { outcome } from './outcome.ts';
import { logPrefix } from './read/log-prefix.ts';
import { SIGNATURES } from './signatures.ts';
import { EXAMPLES } from './signatures/examples.ts';

const text = (content: string | Uint8Array): string =>
  typeof content === 'string' ? content : new TextDecoder('latin1').decode(content);

describe('whole inputs', () => {
  test.each(HARD_CASES)('$name', ({ given, first, cause }) => {
    const diagnosis = diagnosed(given);
    expect(first, answer(diagnosis)).toContain(diagnosis.findings[0]?.id);
    expect(causes(diagnosis).length > 0 ? 'yes' : 'no', causes(diagnosis).join(' ')).toBe(cause);
  });

  test.each(HARD_CASES)(
    'of "$name" every finding is known, and its evidence stands where it says',
    ({ given }) => {
      for (const { id, evidence } of diagnosed(given).findings) {
        expect(FINDING_IDS).toContain(id);
        for (const quote of evidence) {
          const content = given[quote.input];
          expect(content, quote.input).toBeDefined();
          if (quote.line > 0 && content !== undefined)
            expect(text(content).split('\n')[quote.line - 1]?.trim()).toContain(quote.text.trim());
        }
      }
    },
  );

  test.each(HARD_CASES.filter(({ cause }) => cause === 'yes'))(
    'of "$name" each cause shows evidence, and the first says what to do',
    ({ given }) => {
      const { findings, collect } = diagnosed(given);
      for (const { id, severity, evidence } of findings)
        if (severity === 'cause') expect(evidence, id).not.toEqual([]);
      const [first] = findings;
      expect((first !== undefined && first.fix !== null) || collect.length > 0).toBe(true);
    },
  );
});

/** What is found, without where it stands: the messages of logs, other lines as they are. */
function found({ verdict, findings, collect }: Diagnosis): unknown {
  return {
    verdict,
    collect,
    findings: findings.map(({ id, severity, confidence, evidence }) => ({
      id,
      severity,
      confidence,
      evidence: evidence.map((quote) => logPrefix(quote.text)?.message ?? quote.text.trim()).toSorted(),
    })),
  };
}

function mapTexts(given: Given, change: (content: string, name: string) => string): Given {
  return Object.fromEntries(
    Object.entries(given).map(([name, content]) => [
      name,
      typeof content === 'string' ? change(content, name) : content,
    ]),
  );
}

const STAMP = /^\[ *(\d+\.\d+)\] /;
/** Lines of dmesg, in ways in which other programs print them. */
const STYLES: Readonly<Record<string, (message: string, stamp: string) => string>> = {
  'dmesg -T': (message) => `[Sun Nov 22 12:02:08 2026] ${message}`,
  'dmesg -x': (message, stamp) => `kern  :info  : ${stamp}${message}`,
  'dmesg -r': (message, stamp) => `<6>${stamp}${message}`,
  journalctl: (message) => `Nov 22 12:02:08 box kernel: ${message}`,
  'journalctl -o short-monotonic': (message, stamp) => `${stamp}box kernel: ${message}`,
  'journalctl -o short-iso': (message) => `2026-11-22T12:02:08+0000 box kernel: ${message}`,
  syslog: (message, stamp) => `Nov 22 12:02:08 box kernel: ${stamp}${message}`,
};

/** Lines that any log has, whoever’s it is. */
const NOISE = [
  'usb 1-4: new high-speed USB device number 3 using xhci_hcd',
  'EXT4-fs (dm-1): mounted filesystem 5f0c with ordered data mode. Quota mode: none.',
  'audit: type=1400 audit(1795354183.253:5): apparmor="STATUS" operation="profile_load"',
  'nvme nvme0: 4/0/0 default/read/poll queues',
  'ACPI: thermal: Thermal Zone [TZ00] (28 C)',
  'systemd[1]: Started systemd-journald.service - Journal Service.',
  'r8169 0000:02:00.0 enp2s0: Link is Up - 1Gbps/Full - flow control rx/tx',
  'loop0: detected capacity change from 0 to 8',
];

const EXPECTED = new Map(HARD_CASES.map((one) => [one.name, found(diagnosed(one.given))]));
const anyCase = fc.constantFrom(...HARD_CASES);

describe('findings do not change', () => {
  test.each(Object.entries(STYLES))('with lines as %s prints them', (_, style) => {
    for (const { name, given } of HARD_CASES) {
      const other = mapTexts(given, (content) =>
        content
          .split('\n')
          .map((line) => {
            const [stamp] = STAMP.exec(line) ?? [];
            return stamp === undefined ? line : style(line.slice(stamp.length), stamp);
          })
          .join('\n'),
      );
      expect(found(diagnosed(other)), name).toEqual(EXPECTED.get(name));
    }
  });

  test('with unrelated lines between a log’s lines', () => {
    const where = fc.array(fc.tuple(fc.nat(40), fc.constantFrom(...NOISE)), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(anyCase, where, ({ name, given }, added) => {
        const other = mapTexts(given, (content) => {
          const lines = content.split('\n');
          if (!lines.some((line) => STAMP.test(line))) return content;
          for (const [at, message] of added) {
            // The heading stays above what it announces, and the stamps stay in order.
            const place = Math.min(lines.length - 1, at + 1);
            const [stamp] = STAMP.exec(lines[place - 1] ?? '') ?? [];
            if (stamp !== undefined) lines.splice(place, 0, `${stamp}${message}`);
          }
          return lines.join('\n');
        });
        expect(found(diagnosed(other))).toEqual(EXPECTED.get(name));
      }),
      { numRuns: 60 },
    );
  });

  test('with another file of unrelated lines', () => {
    const noise = dmesg(NOISE, 300);
    for (const { name, given } of HARD_CASES) {
      if (Object.values(given).every((content) => content.length === 0)) continue;
      expect(found(diagnosed({ ...given, 'zz-other.txt': noise })), name).toEqual(EXPECTED.get(name));
    }
  });

  test('with the inputs in another order', () => {
    fc.assert(
      fc.property(anyCase, fc.array(fc.nat(9), { minLength: 4, maxLength: 4 }), ({ given }, keys) => {
        const shuffled = Object.entries(given)
          .map((entry, at) => ({ entry, key: keys[at] ?? 0 }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ entry }) => entry);
        expect(diagnosed(Object.fromEntries(shuffled))).toEqual(diagnosed(given));
      }),
      { numRuns: 40 },
    );
  });

  test.each([
    ['Windows', '\r\n'],
    ['old Macs', '\r'],
  ])('with line ends of %s', (_, end) => {
    for (const { name, given } of HARD_CASES) {
      const other = mapTexts(given, (content) => content.replaceAll('\n', end));
      expect(found(diagnosed(other)), name).toEqual(EXPECTED.get(name));
    }
  });

  test('with all inputs pasted into one file, each below the other', () => {
    for (const { name, given } of HARD_CASES) {
      const contents = Object.values(given);
      if (!contents.every((content) => typeof content === 'string') || contents.length < 2) continue;
      const { findings } = diagnosed({ 'post.txt': contents.toReversed().join('\n\n') });
      expect(findings[0]?.id, name).toBe(diagnosed(given).findings[0]?.id);
    }
  });
});

describe('an empty file', () => {
  const CONFIG =
    'bios: ovmf\nhostpci0: 0000:00:02.0,romfile=igpu.vbios\nmachine: pc\nostype: win11\nvga: none\n';
  const ids = (given: Given) => diagnosed(given).findings.map(({ id }) => id);

  test.each(['igpu.rom', 'n100.BIN', 'dir/x.rom'])('by the name of %s is an empty ROM', (name) => {
    const diagnosis = diagnosed({ [name]: '' });
    expect(answer(diagnosis)).toBe('fail: rom.file-empty cause');
    expect(diagnosis.inputs[0]).toMatchObject({ problem: 'empty', parts: [{ kind: 'rom' }] });
  });

  test('that the VM names as its ROM is an empty ROM, whatever its name', () => {
    expect(ids({ '103.conf': CONFIG, 'kvm/igpu.vbios': '' })[0]).toBe('rom.file-empty');
  });

  test.each(['dmesg.txt', 'other.vbios', 'rom'])('by the name of %s is none', (name) => {
    expect(ids({ '103.conf': CONFIG, [name]: '' })).not.toContain('rom.file-empty');
  });
});

describe('a system that is said to work', () => {
  const LINES = SIGNATURES.filter(
    ({ emitters }) => !emitters.some((emitter) => emitter.startsWith('guest')),
  ).flatMap(({ id }) => EXAMPLES[id]?.matches ?? []);

  test('has no cause, whatever lines its log has', () => {
    fc.assert(
      fc.property(fc.subarray([...LINES], { minLength: 1, maxLength: 25 }), (lines) => {
        const given = { 'dmesg.txt': dmesg(lines, 100), 'said.txt': 'CPU: N100\nworks fine, HDMI ok\n' };
        const diagnosis = diagnosed(given);
        if (outcome(understand(Object.entries(given).map(([n, c]) => readGiven(n, c))).of) !== 'works')
          return false;
        return causes(diagnosis).length === 0 && diagnosis.verdict === 'pass';
      }),
      { numRuns: 100 },
    );
  });

  test.each(HARD_CASES.filter(({ given }) => 'said.txt' in given))(
    'has none with the logs and the config of "$name"',
    ({ given }) => {
      const files = Object.entries(given).filter(([name]) => /dmesg|conf|rom$|qemu/.test(name));
      const diagnosis = diagnosed({
        ...mapTexts(Object.fromEntries(files), (content) => content.replace(/^TASK ERROR.*$/m, '')),
        'said.txt': 'works fine, HDMI ok\n',
      });
      expect(causes(diagnosis)).toEqual([]);
    },
  );
});

describe('no input makes it throw', () => {
  test('bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 3 }), (files) => {
        const { findings } = diagnose(files.map((bytes, at) => readGiven(`${at}.bin`, bytes)));
        return findings.every(({ id }) => FINDING_IDS.includes(id));
      }),
      { numRuns: 100 },
    );
  });

  test('lines of every kind, cut and mixed', () => {
    const pool = HARD_CASES.flatMap(({ given }) => Object.values(given))
      .filter((content) => typeof content === 'string')
      .flatMap((content) => content.split('\n').slice(0, 30));
    const line = fc
      .tuple(fc.constantFrom(...pool), fc.nat(200), fc.string({ unit: 'binary', maxLength: 6 }))
      .map(([whole, at, piece]) => whole.slice(0, at) + piece + whole.slice(at + 1));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const diagnosis = diagnosed({ 'mixed.txt': lines.join('\n') });
        return diagnosis.findings.length > 0 && ['pass', 'fail', 'inconclusive'].includes(diagnosis.verdict);
      }),
      { numRuns: 100 },
    );
  });

  test('nothing at all', () => {
    expect(diagnose([])).toMatchObject({ verdict: 'inconclusive', findings: [{ id: 'unknown' }] });
  });
});
