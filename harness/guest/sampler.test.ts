import { expect, test } from 'vitest';
import type { Observation } from '../trace/event.ts';
import { AgentRefused } from '../wire/guest-agent.ts';
import { type Exec, Sampler } from './sampler.ts';
import { StandinGuest } from './standin/standin-guest.fixture.ts';

const NONCE = 'Nonce0123456789';

/** Samples the stand-in's own programs; `missing` are not there to be started. */
async function sampled(guest: StandinGuest, times: number, missing = /^$/): Promise<readonly string[]> {
  const seen: Observation[] = [];
  const sampler = new Sampler('windows', '1234:1111', (one) => seen.push(one));
  const exec: Exec = (_, path, args) => {
    if (missing.test(path))
      return Promise.reject(new AgentRefused('guest-exec', 'No such file or directory'));
    const { status, out, err } = guest.run(path, args);
    return Promise.resolve({ exitcode: status, signal: null, out, err, truncated: false });
  };
  for (let i = 0; i < times; i += 1) await sampler.sample(NONCE, exec, () => true);
  return seen.map((one) =>
    one.ch === 'agent' && one.kind === 'fallback' ? one.step : 'kind' in one ? one.kind : '',
  );
}

const EVERY = ['version', 'problem-43', 'connected', 'image-state', 'setup'];

test('a probe that answers is all that is asked', async () => {
  expect(await sampled(new StandinGuest(43), 2)).toEqual(['probe', 'probe']);
});

test('a probe whose answer is broken is not the fault of PowerShell', async () => {
  expect(await sampled(new StandinGuest(0, 'truncated-answer'), 1)).toEqual(['probe']);
});

test.each(['powershell-blocked', 'constrained-language'])(
  '%s: the ladder is gone through at each sample, what is installed is asked once',
  async (fault) => {
    expect(await sampled(new StandinGuest(43, fault), 2)).toEqual([
      ...['probe', ...EVERY, 'services', 'drivers', 'wmic'],
      ...['probe', ...EVERY, 'wmic'],
    ]);
  },
);

test('the list of all devices is asked where the display devices do not have it', async () => {
  const guest = new StandinGuest(43, 'powershell-blocked');
  guest.remove();
  expect(await sampled(guest, 1)).toContain('connected-all');
});

test('programs that cannot be started are recorded and passed over', async () => {
  const seen = await sampled(new StandinGuest(43), 1, /powershell|wmic/);
  expect(seen).toEqual(['refused', ...EVERY, 'services', 'drivers', 'wmic']);
});
