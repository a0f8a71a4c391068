import { join, relative } from 'node:path';
import { adapter, problem } from '../../guest/answers/fixtures/windows-answer.ts';
import { header, Script, traceOf, type DeepPartial } from '../../judge/fixtures/traces.ts';
import type { Observation } from '../../trace/event.ts';
import type { TraceHeader } from '../../trace/header.ts';
import { findTraces, loadTrace } from '../../trace/store.ts';
import { originalOf, type Original } from './check-mutant.ts';
import { begun, exit, qmp, undecided } from './undecided.ts';

const traces = join(import.meta.dirname, '../../../scenarios/traces');

/** Every trace that is committed, whatever it is. */
export async function committed(): Promise<readonly Original[]> {
  const directories = await findTraces(traces);
  return Promise.all(
    directories.map(async (directory) => originalOf(relative(traces, directory), await loadTrace(directory))),
  );
}

const START_AND_RESET: DeepPartial<TraceHeader> = { cell: { boots: ['start', 'reset'] } };
const NO_ROM: DeepPartial<TraceHeader> = { rom: { ref: 'none', sha256: null, facts: null } };
const REFUSED = 'qemu-system-x86_64: -device vfio-pci: failed to find romfile "/usr/share/kvm/x.rom"';
/** What a QEMU prints that starts all the same. */
const WARNED =
  'qemu-system-x86_64: warning: IGD device 0000:00:02.0 cannot support legacy mode due to existing devices at address 1f.0';
const BASIC = { Service: 'BasicDisplay', DriverProvider: 'Microsoft', DriverInfPath: 'display.inf' };
const IN_SETUP = { inSetup: 1, oobe: 1, image: 'IMAGE_STATE_SPECIALIZE_RESEAL_TO_OOBE', busy: [] };

/** Made-up runs of what no committed trace shows, a breath away from a pass where that can be. */
export function synthetic(): readonly Original[] {
  const of = (name: string, script: Script, changes: DeepPartial<TraceHeader> = {}): Original =>
    originalOf(`made up: ${name}`, traceOf(script, changes));
  const boot = (): Script => new Script().boot();
  return [
    of('pass', boot().healthy(4).end()),
    of('pass with a warning', boot().add(stderr(WARNED)).healthy(4).end().add(exit(0))),
    of('pass after code 43', boot().code(43, 1).healthy(4).end()),
    of('pass, pass', boot().healthy(4).end().boot('reset').healthy(4).end(), START_AND_RESET),
    of('pass, code 43', boot().healthy(4).end().boot('reset').code(43, 4).end(), START_AND_RESET),
    of('code 43, pass', boot().code(43, 4).end().boot('reset').healthy(4).end(), START_AND_RESET),
    of('pass, never begun', boot().healthy(4).end(), START_AND_RESET),
    of('pass, other kind', boot().healthy(4).end().boot('reset', 'reboot').healthy(4).end(), START_AND_RESET),
    of('pass, same guest', boot().healthy(4).end().sameGuest('reset').healthy(4).end(), START_AND_RESET),
    of('pass, cleaning up failed', boot().healthy(4).end().add(labError('cleaning up failed'))),
    of('pass, stopped', boot().healthy(4).end().add({ ch: 'note', kind: 'stopped', why: 'by the user' })),
    of('late code 43', boot().healthy(2).code(43, 4).end(), NO_ROM),
    of('code 43 without a ROM', boot().code(43, 4).end(), NO_ROM),
    of('code 43 with a bad ROM', boot().code(43, 4).end(), badRom()),
    of('flapping', flapping()),
    of('flapping without a ROM', flapping(), NO_ROM),
    of('unsettled', boot().healthy(2).end('stopped')),
    of('not up for long enough', boot().healthy(8).end('stopped'), { cell: { settle: { uptime: 100 } } }),
    of('slow flapping', slowFlapping(), {
      cell: { settle: { unchanged: 120, uptime: 30, samples: 6, limit: 600 } },
    }),
    of(
      'shut down',
      boot()
        .healthy(2)
        .add(qmp('SHUTDOWN', { guest: true, reason: 'guest-shutdown' }))
        .end('gone'),
    ),
    of('QEMU gone', boot().healthy(2).add(exit(null)).end('QEMU is gone')),
    ...undecided().map(([name, script]) => of(name, script)),
    of('refused', refused(REFUSED)),
    of('refused, nobody knows why', refused('something else')),
    of(
      'basic driver',
      boot()
        .samples(4, [adapter(BASIC)])
        .end(),
    ),
    of(
      'no driver',
      boot()
        .samples(4, [problem(28)])
        .end(),
    ),
    of('absent', boot().samples(4, []).end()),
    of('no PCI at all', boot().samples(4, [], { pciCount: 0 }).end()),
    of(
      'torn',
      boot()
        .samples(4, [problem(43, { ProblemCode: 0 })])
        .end(),
    ),
    of('in set-up', boot().samples(4, [adapter()], { setup: IN_SETUP }).end()),
    of('killed', boot().healthy(4), { events: null }),
    of('unmet', new Script().add({ ch: 'note', kind: 'unmet', why: 'no QEMU' })),
    of('reported', reported(), { origin: 'import', rom: null, cell: { boots: [] } }),
  ];
}

function stderr(line: string): Observation {
  return { ch: 'exec', kind: 'stderr', program: 'qemu', line };
}

function labError(text: string): Observation {
  return { ch: 'note', kind: 'lab.error', text };
}

function badRom(): DeepPartial<TraceHeader> {
  const findings = [{ id: 'rom.header-signature', severity: 'error', offset: 0, text: 'FA CF' }] as const;
  return {
    rom: { ref: 'test/bad-header', sha256: null, facts: { size: 512, images: [], findings: [...findings] } },
  };
}

function flapping(): Script {
  const script = new Script().boot();
  for (let i = 0; i < 6; i += 1) script.code(43, 1).healthy(i < 3 ? 1 : 2);
  return script.end('nothing settled within 30 s');
}

/** As on hardware: a sample every ten seconds, and a window of two minutes that code 43 breaks again and again. */
function slowFlapping(): Script {
  const script = new Script().boot();
  for (let i = 0; i < 3; i += 1) script.every(10).healthy(11).code(43, 1);
  return script.end('nothing settled within 600 s');
}

function refused(line: string): Script {
  return begun().add(stderr(line)).add(exit(1)).end('QEMU is gone');
}

function reported(): Script {
  const line = 'vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff';
  const { config } = header().cell;
  return new Script()
    .add({ ch: 'kernel', line })
    .add({ ch: 'statement', text: `Windows shows Code 43 with ${config ?? ''}` });
}
