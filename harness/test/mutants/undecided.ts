import { answer, framed } from '../../guest/answers/fixtures/windows-answer.ts';
import { Script } from '../../judge/fixtures/traces.ts';
import type { Observation } from '../../trace/event.ts';

/** Made-up runs whose boot comes to no verdict by itself, alone and with what the same guest does without the device. */
export function undecided(): readonly (readonly [name: string, run: Script])[] {
  const boot = (): Script => new Script().boot();
  return [
    ['panicked', panicked()],
    ['silent', silent(boot().healthy(2))],
    ['never answered', never()],
    ['stale', stale()],
    ['never answered, nor without the device', silentControl(never())],
    ['never answered, and does without the device', control(never())],
    ['went silent, and does not without', control(silent(boot().healthy(2)))],
    ['hung with its balloon, and does not without', control(hung())],
    ['panicked, and does not without', control(panicked())],
    ['panicked and ended, and does not without', control(ended())],
    ['told of a panic that nothing bears out, and does without', control(toldAlone())],
    ['refuses, and does not without', control(refuses())],
    ['probe never ends, and does without', control(probing())],
    ['resets, and does not without', control(resetting())],
    ['restarted itself, and does without', control(restarted())],
    ['stale, and does without', control(stale())],
    ['answered, and does without', control(boot().healthy(2).end())],
  ];
}

function silent(script: Script): Script {
  for (let i = 0; i < 5; i += 1)
    script.add({ ch: 'agent', kind: 'silent', command: 'guest-exec', waited: 5 }, 5.1);
  return script.end('the guest agent went silent');
}

function panicked(): Script {
  const script = new Script().boot().healthy(2);
  return script
    .add(qmp('GUEST_PANICKED', { action: 'pause' }))
    .add(qmp('STOP', null))
    .add({ ch: 'qmp', kind: 'reply', command: 'query-status', data: { status: 'guest-panicked' } })
    .end('the guest panicked');
}

/** As QEMU does it without -no-shutdown. */
function ended(): Script {
  const script = new Script().boot().add(qmp('GUEST_PANICKED', { action: 'poweroff' }));
  return script.add(qmp('SHUTDOWN', { guest: true, reason: 'guest-panic' })).end('the guest panicked');
}

/** What the others say of it when it falls silent, as the harness asks them. */
function hung(): Script {
  return silent(
    new Script()
      .boot()
      .healthy(2)
      .add({ ch: 'qmp', kind: 'reply', command: 'query-status', data: { status: 'running' } })
      .add({ ch: 'qmp', kind: 'reply', command: 'qom-get', data: { 'report-age': 3 } }),
  );
}

function refuses(): Script {
  const script = new Script().boot();
  const refused = {
    ch: 'agent',
    kind: 'refused',
    command: 'guest-exec',
    error: 'has been disabled',
  } as const;
  return script.add(refused).add(refused).add(refused).end('the guest agent refuses');
}

function probing(): Script {
  const running = { ch: 'agent', kind: 'running', command: 'powershell.exe', waited: 20 } as const;
  return new Script().boot().add(running, 20.1).end('nothing settled within 30 s');
}

function resetting(): Script {
  const script = begun().add({ ch: 'qmp', kind: 'greeting', version: '10.0.2' });
  for (let i = 0; i < 5; i += 1) script.add(qmp('RESET', { guest: true, reason: 'guest-reset' }), 3);
  return script.end('the guest resets again and again');
}

function restarted(): Script {
  const script = new Script().boot().healthy(2);
  return script.add(qmp('RESET', { guest: true, reason: 'guest-reset' })).end('the guest restarted itself');
}

function toldAlone(): Script {
  const script = new Script().boot().healthy(2);
  return script.add(qmp('GUEST_PANICKED', { action: 'run' })).end('stopped');
}

const CONTROL_END: Observation = { ch: 'note', kind: 'control.end', of: 0, why: 'decided' };

/** The same guest comes up without the device. */
function control(script: Script): Script {
  return startedControl(script).add({ ch: 'agent', kind: 'up' }, 20).samples(5, []).add(CONTROL_END);
}

function startedControl(script: Script): Script {
  return script
    .add({ ch: 'note', kind: 'control.begin', of: 0 })
    .add(exit(0))
    .add({ ch: 'exec', kind: 'spawn', program: 'qemu', pid: 200, argv: [] })
    .add({ ch: 'qmp', kind: 'greeting', version: '10.0.2' });
}

function silentControl(script: Script): Script {
  const quiet = { ch: 'agent', kind: 'silent', command: 'guest-sync', waited: 60 } as const;
  return startedControl(script).add(quiet, 60).add(CONTROL_END);
}

function never(): Script {
  const script = begun().add({ ch: 'qmp', kind: 'greeting', version: '10.0.2' });
  return script.add({ ch: 'agent', kind: 'silent', command: 'guest-sync', waited: 60 }, 60).end('no answer');
}

function stale(): Script {
  const script = new Script().boot();
  for (let i = 0; i < 5; i += 1) script.probe(framed(answer({ nonce: 'another543210' })));
  return script.end('the probe gave no answer to go by');
}

export function begun(): Script {
  return new Script()
    .add({ ch: 'note', kind: 'boot.begin', boot: 0, asked: 'start' })
    .add({ ch: 'exec', kind: 'spawn', program: 'qemu', pid: 100, argv: [] });
}

export function qmp(event: string, data: unknown): Observation {
  return { ch: 'qmp', kind: 'event', event, data };
}

export function exit(code: number | null): Observation {
  return {
    ch: 'exec',
    kind: 'exit',
    program: 'qemu',
    pid: 100,
    code,
    signal: code === null ? 'SIGSEGV' : null,
  };
}
