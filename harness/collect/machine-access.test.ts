import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished } from 'vitest';
import { needs, type Tier } from '../test/tier.ts';
import { LocalMachine } from '../wire/machine/local-machine.ts';
import { ConnectionLost, type Machine } from '../wire/machine/machine.ts';
import { SshMachine } from '../wire/machine/ssh-machine.ts';
import { hasSshd, type Sshd, sshdTier, startSshd } from '../wire/machine/sshd.fixture.ts';
import { type HostAccess, NotGathered } from './access.ts';
import { machineAccess } from './machine-access.ts';

const LIMIT = { seconds: 20, bytes: 1000 };

describe('here', () => {
  const machine = new LocalMachine();
  accessContract(needs('bash', 'timeout'), () => machine);
});

describe('over ssh', () => {
  let sshd: Sshd;
  let machine: SshMachine;
  beforeAll(async () => {
    if (!hasSshd) return;
    sshd = await startSshd();
    machine = await SshMachine.open('lab', { sshConfig: sshd.config });
  });
  afterAll(async () => {
    if (!hasSshd) return;
    await machine[Symbol.asyncDispose]();
    await sshd[Symbol.asyncDispose]();
  });
  accessContract(sshdTier, () => machine);

  sshdTier('a connection that is lost is no answer of the host', async () => {
    await using lost = await SshMachine.open('lab', { sshConfig: sshd.config });
    await lost[Symbol.asyncDispose]();
    await expect(machineAccess(lost).run(['true'], LIMIT)).rejects.toThrow(ConnectionLost);
  });
});

function accessContract(tier: Tier, machine: () => Machine): void {
  const host = (): HostAccess => machineAccess(machine());

  tier('more than the limit is cut, and said to be', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'code43-local-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    await writeFile(join(folder, 'exact'), 'x'.repeat(1000));
    await writeFile(join(folder, 'more'), 'ä'.repeat(100_000));
    expect(await host().read(join(folder, 'exact'), LIMIT)).toEqual({ text: 'x'.repeat(1000), cut: false });
    expect(await host().read(join(folder, 'more'), LIMIT)).toEqual({ text: 'ä'.repeat(500), cut: true });
    expect(await host().list(folder, LIMIT)).toEqual(['exact', 'more']);
  });

  tier('a program that never ends printing is ended', async () => {
    const { out, cut, code } = await host().run(['yes'], LIMIT);
    expect([out, cut, code]).toEqual(['y\n'.repeat(500), true, 0]);
  });

  tier('a program that takes too long is ended', async () => {
    await expect(host().run(['sleep', '600'], { seconds: 1, bytes: 10 })).rejects.toThrow(
      'sleep took longer than 1 s',
    );
  });

  tier('what is not there is told apart', async () => {
    await expect(host().run(['code43-no-such-program'], LIMIT)).rejects.toThrow('there is no program');
    await expect(host().read('/code43/no-such-file', LIMIT)).rejects.toThrow(
      'there is no /code43/no-such-file',
    );
    await expect(host().read('-rf', LIMIT)).rejects.toThrow(NotGathered);
    expect((await host().run(['sh', '-c', 'exit 3'], LIMIT)).code).toBe(3);
  });

  tier('an abort ends what runs', async () => {
    const controller = new AbortController();
    const work = machineAccess(machine(), controller.signal).run(['sleep', '600'], LIMIT);
    controller.abort(new Error('stopped by the user'));
    await expect(work).rejects.toThrow('stopped by the user');
  });
}
