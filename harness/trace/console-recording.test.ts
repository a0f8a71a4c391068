import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { RECORDING_CAP } from './caps.ts';
import { ConsoleRecording, hasRecording } from './console-recording.ts';
import { readAsciicast } from './fixtures/read-asciicast.ts';

async function begin(): Promise<{ recording: ConsoleRecording; directory: string; path: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'code43-recording-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const options = { size: { columns: 80, rows: 24 }, title: 'a cell', redact: (text: string) => text };
  const recording = new ConsoleRecording({ directory, file: 'console.cast' }, options);
  return { recording, directory, path: join(directory, 'console.cast') };
}

test('a recording is found by its digest, told to be missing, and refused when it was changed', async () => {
  const { recording, directory, path } = await begin();
  recording.output(Buffer.from('login:'));
  const made = recording.close();
  expect(readAsciicast(await readFile(path, 'utf8')).events).toHaveLength(1);
  expect(await hasRecording(directory, made)).toBe(true);
  await appendFile(path, '[9,"o","x"]\n');
  await expect(hasRecording(directory, made)).rejects.toThrow('does not have the digest');
  await rm(path);
  expect(await hasRecording(directory, made)).toBe(false);
});

test('a console that never stops talking fills a recording up to its cap, which says so at its end', async () => {
  const { recording, directory, path } = await begin();
  const flood = Buffer.from(`${'x'.repeat(65_000)}\n`);
  for (let written = 0; written < RECORDING_CAP * 1.2; written += flood.length) recording.output(flood);
  const made = recording.close();
  expect(made.bytes).toBeLessThanOrEqual(RECORDING_CAP);
  expect(await hasRecording(directory, made)).toBe(true);
  expect(recording.incomplete).toContain('stopped at 16 MiB');
  expect(readAsciicast(await readFile(path, 'utf8')).events.at(-1)).toMatchObject({ code: 'm' });
});
