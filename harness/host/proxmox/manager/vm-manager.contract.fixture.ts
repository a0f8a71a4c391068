import { expect, test } from 'vitest';
import type { Retry } from './lock-retries.ts';
import type { TaskEnd, VmManager } from '../vm-manager.ts';

/** A manager whose node answers one behaviour. */
export interface Prepared {
  readonly manager: VmManager;
  readonly retries: readonly Retry[];
}

/** What a way of asking has as an example of each behaviour; null: no transcript has it. */
export interface Examples {
  readonly versions: Example<{ pve: string; kernel: string }>;
  readonly list: Example<{ vmids: readonly number[] }>;
  readonly nextId: Example<{ vmid: number }>;
  readonly config: Example<{ vmid: number }>;
  readonly set: Example<{ vmid: number; set: Record<string, string> }>;
  readonly remove: Example<{ vmid: number; keys: readonly string[] }>;
  readonly setStale: Example<{ vmid: number; set: Record<string, string> }>;
  readonly setLocked: Example<{ vmid: number; set: Record<string, string> }>;
  readonly setWaits: Example<{ vmid: number; set: Record<string, string> }>;
  readonly noSuchVm: Example<{ vmid: number }>;
  readonly running: Example<{ vmid: number; pid: number }>;
  readonly stopped: Example<{ vmid: number; lock: string | null }> | null;
  readonly paused: Example<{ vmid: number }> | null;
  readonly start: Example<{ vmid: number }>;
  readonly startFails: Example<{ vmid: number; said: string }>;
  readonly startTwice: Example<{ vmid: number }>;
  readonly startLocked: Example<{ vmid: number }>;
  readonly startWaits: Example<{ vmid: number; tries: number }>;
  readonly startLost: Example<{ vmid: number }>;
  readonly stop: Example<{ vmid: number }>;
  readonly shutdown: Example<{ vmid: number }>;
  readonly reset: Example<{ vmid: number }>;
  readonly snapshots: Example<{ vmid: number; names: readonly string[] }>;
  readonly snapshot: Example<{ vmid: number; name: string; description: string }>;
  readonly rollback: Example<{ vmid: number; name: string }>;
  readonly rollbackMissing: Example<{ vmid: number; name: string }>;
  readonly removeSnapshot: Example<{ vmid: number; name: string }>;
  readonly clone: Example<{ vmid: number; to: number; name: string; description: string }>;
  readonly cloneTaken: Example<{ vmid: number; to: number; name: string; description: string }>;
  readonly destroy: Example<{ vmid: number }>;
  readonly destroyRunning: Example<{ vmid: number }>;
  readonly destroyUnknown: Example<{ vmid: number }>;
}

type Example<T> = T & { readonly prepare: () => Promise<Prepared> };

const minute = { seconds: 60 };
export const DIGEST = '90c211c4e1225e812f0a374a8fbf4af1660217db';

/** What every VM manager does, whichever way it asks; each behaviour against answers of a real node. */
export function vmManagerContract(title: string, examples: Examples): void {
  /** Registers one behaviour; one that no transcript has cannot be checked against a node's words, and is none. */
  function behaves<K extends keyof Examples>(
    key: K,
    sentence: string,
    check: (example: NonNullable<Examples[K]>, prepared: Prepared) => Promise<void>,
  ): void {
    const example = examples[key];
    if (example === null) return;
    test(`${title}: ${sentence}`, async () => {
      await check(example, await example.prepare());
    });
  }

  const well = (end: TaskEnd): void => {
    expect(end).toMatchObject({ ok: true, exitstatus: 'OK' });
    expect(end.log.at(-1)).toBe('TASK OK');
  };
  const badly = (end: TaskEnd, words: RegExp): void => {
    expect(end.ok).toBe(false);
    expect(end.exitstatus).toMatch(words);
    expect(end.log.at(-1)).toBe(`TASK ERROR: ${end.exitstatus}`);
  };

  behaves(
    'versions',
    'the versions of Proxmox VE and its kernel are told',
    async ({ pve, kernel }, { manager }) => {
      expect(await manager.versions(minute)).toEqual({ pve, kernel });
    },
  );

  behaves('list', 'every VM is listed', async ({ vmids }, { manager }) => {
    const vms = await manager.list(minute);
    expect(vms.map(({ vmid }) => vmid).sort()).toEqual([...vmids].sort());
    expect(vms.find(({ vmid }) => vmid === 100)).toEqual({
      vmid: 100,
      name: 'demo',
      tags: [],
      template: false,
      status: 'stopped',
    });
  });

  behaves('nextId', 'the next free number is a number', async ({ vmid }, { manager }) => {
    expect(await manager.nextId(minute)).toBe(vmid);
  });

  behaves(
    'config',
    'a config comes with its digest, and its description as it was written',
    async ({ vmid }, { manager }) => {
      const { entries, digest } = await manager.config(vmid, minute);
      expect(digest).toMatch(/^[0-9a-f]{40}$/);
      expect(entries.has('digest')).toBe(false);
      expect(entries.get('description')).toBe(
        'First line: with % and # and: colon\nzweite Zeile äöü – 日本\n\nlast',
      );
      expect(entries.get('kvm')).toBe('0');
      expect(entries.get('args')).toContain("-append 'console=ttyS0 panic=1'");
    },
  );

  behaves('set', 'keys are set', async ({ vmid, set }, { manager }) => {
    await manager.set(vmid, { set, digest: DIGEST }, minute);
  });

  behaves('remove', 'keys are removed', async ({ vmid, keys }, { manager }) => {
    await manager.set(vmid, { remove: keys, digest: DIGEST }, minute);
  });

  behaves(
    'setStale',
    'a config that has changed since is not overwritten',
    async ({ vmid, set }, { manager }) => {
      await expect(manager.set(vmid, { set, digest: '0'.repeat(40) }, minute)).rejects.toMatchObject({
        name: 'PveRefused',
        reason: 'changed',
      });
    },
  );

  behaves('setLocked', 'a locked config is not waited for', async ({ vmid, set }, { manager, retries }) => {
    await expect(manager.set(vmid, { set, digest: DIGEST }, minute)).rejects.toMatchObject({
      name: 'PveRefused',
      reason: 'locked',
    });
    expect(retries).toEqual([]);
  });

  behaves(
    'setWaits',
    'a config that somebody writes just now is waited for',
    async ({ vmid, set }, { manager, retries }) => {
      await manager.set(vmid, { set, digest: DIGEST }, minute);
      expect(retries.map(({ tries }) => tries)).toEqual([1]);
      expect(retries[0]?.words).toMatch(/^(trying.*\n)?can't lock file/);
    },
  );

  behaves('noSuchVm', 'a VM that is not there is told as such', async ({ vmid }, { manager }) => {
    await expect(manager.config(vmid, minute)).rejects.toMatchObject({
      name: 'PveRefused',
      reason: 'no-such-vm',
    });
  });

  behaves('running', 'a running VM has its process', async ({ vmid, pid }, { manager }) => {
    expect(await manager.status(vmid, minute)).toMatchObject({
      status: 'running',
      qmpstatus: 'running',
      pid,
      lock: null,
    });
  });

  behaves('stopped', 'a stopped VM has none, and its lock is told', async ({ vmid, lock }, { manager }) => {
    const now = { status: 'stopped', qmpstatus: 'stopped', pid: null, uptime: 0, lock };
    expect(await manager.status(vmid, minute)).toEqual(now);
  });

  behaves('paused', 'a paused VM runs by its status and not by QEMU’s', async ({ vmid }, { manager }) => {
    expect(await manager.status(vmid, minute)).toMatchObject({ status: 'running', qmpstatus: 'paused' });
  });

  behaves('start', 'a VM is started', async ({ vmid }, { manager }) => {
    well(await manager.start(vmid, minute));
  });

  behaves(
    'startFails',
    'a VM that QEMU refuses is an answer with QEMU’s own words',
    async ({ vmid, said }, { manager }) => {
      const end = await manager.start(vmid, minute);
      badly(end, /^start failed: QEMU exited with code 1$/);
      expect(end.log.join('\n')).toContain(said);
    },
  );

  behaves('startTwice', 'a VM that runs already is an answer', async ({ vmid }, { manager }) => {
    badly(await manager.start(vmid, minute), new RegExp(`^VM ${vmid} already running$`));
  });

  behaves(
    'startLocked',
    'a VM that is locked is an answer, and not waited for',
    async ({ vmid }, { manager, retries }) => {
      badly(await manager.start(vmid, minute), /^VM is locked \(backup\)$/);
      expect(retries).toEqual([]);
    },
  );

  behaves(
    'startWaits',
    'a config’s lock that is held for a while is waited for, and told',
    async ({ vmid, tries }, { manager, retries }) => {
      well(await manager.start(vmid, minute));
      expect(retries.map((retry) => retry.tries)).toEqual(Array.from({ length: tries }, (_, i) => i + 1));
      expect(retries.every(({ words }) => words.startsWith("can't lock file"))).toBe(true);
    },
  );

  behaves(
    'startLost',
    'a start whose connection broke is found again and followed to its end',
    async ({ vmid }, { manager }) => {
      well(await manager.start(vmid, minute));
    },
  );

  behaves('stop', 'stopping a stopped VM is well', async ({ vmid }, { manager }) => {
    well(await manager.stop(vmid, minute));
  });

  behaves(
    'shutdown',
    'a VM is shut down, and told to give up before we do',
    async ({ vmid }, { manager }) => {
      well(await manager.shutdown(vmid, { seconds: 36 }));
    },
  );

  behaves('reset', 'a VM is reset', async ({ vmid }, { manager }) => {
    well(await manager.reset(vmid, minute));
  });

  behaves(
    'snapshots',
    'snapshots come oldest first, without the present',
    async ({ vmid, names }, { manager }) => {
      expect((await manager.snapshots(vmid, minute)).map(({ name }) => name)).toEqual(names);
    },
  );

  behaves('snapshot', 'a snapshot is taken without RAM', async ({ vmid, name, description }, { manager }) => {
    well(await manager.snapshot(vmid, name, description, minute));
  });

  behaves('rollback', 'a VM goes back to a snapshot', async ({ vmid, name }, { manager }) => {
    well(await manager.rollback(vmid, name, minute));
  });

  behaves(
    'rollbackMissing',
    'a snapshot that is not there is an answer',
    async ({ vmid, name }, { manager }) => {
      badly(await manager.rollback(vmid, name, minute), /^snapshot 'nosuch' does not exist$/);
    },
  );

  behaves('removeSnapshot', 'a snapshot is removed', async ({ vmid, name }, { manager }) => {
    well(await manager.removeSnapshot(vmid, name, minute));
  });

  behaves(
    'clone',
    'a template is cloned, with what its disks say in the log',
    async ({ vmid, to, name, description }, { manager }) => {
      const end = await manager.clone(vmid, to, { name, full: false, description }, minute);
      well(end);
      expect(end.log[0]).toBe(`creating a clone of VM ${vmid} with ID ${to}`);
    },
  );

  behaves(
    'cloneTaken',
    'a number that is taken is refused',
    async ({ vmid, to, name, description }, { manager }) => {
      const asked = manager.clone(vmid, to, { name, full: false, description }, minute);
      await expect(asked).rejects.toMatchObject({ name: 'PveRefused', reason: 'vm-exists' });
    },
  );

  behaves('destroy', 'a VM is destroyed', async ({ vmid }, { manager }) => {
    well(await manager.destroy(vmid, minute));
  });

  behaves(
    'destroyRunning',
    'a running VM is not destroyed, which is an answer',
    async ({ vmid }, { manager }) => {
      badly(await manager.destroy(vmid, minute), /is running - destroy failed$/);
    },
  );

  behaves('destroyUnknown', 'a VM that is not there cannot be destroyed', async ({ vmid }, { manager }) => {
    await expect(manager.destroy(vmid, minute)).rejects.toMatchObject({
      name: 'PveRefused',
      reason: 'no-such-vm',
    });
  });
}
