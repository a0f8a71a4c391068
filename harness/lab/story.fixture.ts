import { appendFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { normalised } from './fixtures/normalised.ts';
import { transcript } from './fixtures/transcript.ts';
import type { Lab } from './lab.ts';

/** Seconds in which a guest's agent must answer. */
const AGENT = 90;

/** What the node of the transcripts was asked, asked again of a stand-in; between it, what its recorder did unseen. */
export class Story {
  readonly #lab: Lab;

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  /** Asks what a transcript asked, and holds the answer to it. A task is the last one of its type and VM. */
  async tells(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      const { title, command, exit, stdout, stderr } = transcript(name);
      const got = await this.#lab.run(command.map((word) => this.#ofNow(word)));
      expect
        .soft({ name, title, ...shown(got) })
        .toEqual({ name, title, ...shown({ code: exit, stdout, stderr }) });
    }
  }

  /** Does something that no transcript shows, and that must work. */
  async does(...argv: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.#lab.run(argv);
    expect(code, `${argv.join(' ')}: ${stderr}`).toBe(0);
    return stdout;
  }

  write(path: string, text: string | Uint8Array): void {
    mkdirSync(dirname(join(this.#lab.root, path)), { recursive: true });
    writeFileSync(join(this.#lab.root, path), text);
  }

  append(path: string, text: string): void {
    appendFileSync(join(this.#lab.root, path), text);
  }

  remove(path: string): void {
    rmSync(join(this.#lab.root, path));
  }

  /** Inside the node. */
  link(path: string, to: string): void {
    mkdirSync(dirname(join(this.#lab.root, path)), { recursive: true });
    symlinkSync(to, join(this.#lab.root, path));
  }

  /** Waits for the agent of a VM that has been started. */
  async agentAnswers(vmid: number): Promise<void> {
    const until = performance.now() + AGENT * 1000;
    for (;;) {
      const { code, stderr } = await this.#lab.run(['qm', 'agent', String(vmid), 'ping']);
      if (code === 0) return;
      expect(performance.now(), stderr).toBeLessThan(until);
      await pause(200);
    }
  }

  /** Waits until nobody cleans up after VMs that have stopped. */
  async cleanedUp(): Promise<void> {
    const journal = (): string => readFileSync(join(this.#lab.root, 'lab/journal.jsonl'), 'utf8');
    const begun = (): number => journal().split('Connection reset by peer').length;
    const over = (): number => journal().split(/Finished cleanup|does not exist/).length;
    while (over() < begun()) await pause(50);
  }

  /** Waits until somebody has the lock of a VM's config. */
  async lockIsHeld(vmid: number): Promise<void> {
    const tried = ['flock', '--nonblock', `/var/lock/qemu-server/lock-${vmid}.conf`, 'true'];
    while ((await this.#lab.run(tried)).code === 0) await pause(50);
  }

  #ofNow(word: string): string {
    const [, task] = /UPID:pve:[0-9A-F:]+:(qm\w+:\d+):root@pam:/.exec(word) ?? [];
    if (task === undefined) return word;
    const lines = readFileSync(join(this.#lab.root, 'var/log/pve/tasks/active'), 'utf8').split('\n');
    const last = lines.findLast((line) => line.includes(`:${task}:`))?.split(' ')[0] ?? '';
    return word.replace(/UPID:[^/]*/, last);
  }
}

interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function shown({ code, stdout, stderr }: Answer): Answer {
  return { code, stdout: inOrder(normalised(stdout)), stderr: normalised(stderr) };
}

/** Lists of VMs come from a hash. */
function inOrder(text: string): string {
  if (!/^\[.*"vmid":/.test(text)) return text;
  const list = JSON.parse(text.replaceAll(':N', ':0')) as { vmid: number }[];
  return JSON.stringify(list.sort((a, b) => a.vmid - b.vmid));
}
