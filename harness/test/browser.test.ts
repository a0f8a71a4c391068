import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildBrowser } from '../cli/build-browser.mjs';
import type * as Browser from '../diagnosis/browser.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import { dmesg, HARD_CASES } from '../diagnosis/fixtures/hard-cases.ts';
import { tarOf } from '../diagnosis/fixtures/tar.ts';
import { readBytes } from '../diagnosis/read-bytes.ts';
import { SIGNATURES } from '../diagnosis/signatures.ts';
import { EXAMPLES, MATCHED_LINES } from '../diagnosis/signatures/examples.ts';
import { answer, framed, problem } from '../guest/answers/fixtures/windows-answer.ts';
import { writeTestRom } from '../rom/write.ts';
import { findProgram } from '../wire/program.ts';
import { skipsOptional, type Tier } from './tier.ts';

const ROOT = join(import.meta.dirname, '../..');
const KB = 1000;
/** What the first input loads, whatever it is. */
const FIRST = ['diagnose', 'understand-given'];
const browser = ['chromium', 'chromium-browser', 'google-chrome'].find((name) => findProgram(name) !== null);
const inBrowser: Tier = browser === undefined ? skipsOptional('no Chromium on PATH') : test;

let folder = '';
let files: Awaited<ReturnType<typeof buildBrowser>> = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'code43-browser-'));
  files = await buildBrowser({ root: ROOT, outdir: join(folder, 'site') });
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('what a page loads', () => {
  const text = () => files.map((file) => file.text).join('\n');

  test('is one module at first, with all rules, signatures and tables in 60 kB', async () => {
    const first = loadedWith(['diagnose']);
    const [door, ...modules] = first;
    expect(door).toMatchObject({ name: 'diagnose.js' });
    expect(door?.bytes).toBeLessThan(100);
    expect(modules).toHaveLength(1);
    expect(sizeOf(first)).toBeLessThanOrEqual(60 * KB);
    const held = new Set(modules.flatMap(({ sources }) => sources));
    const reasoning = await Promise.all(['rules', 'signatures', 'subject'].map(sourcesIn));
    expect(reasoning.flat().length).toBeGreaterThan(80);
    expect(reasoning.flat().filter((path) => !held.has(path))).toEqual([]);
  });

  test('grows with what it is given', () => {
    const forLogs = loadedWith([...FIRST, 'said-of-logs']);
    expect(sizeOf(forLogs)).toBeLessThan(90 * KB);
    expect(sizeOf(loadedWith(['plain-facts']).filter((file) => !forLogs.includes(file)))).toBeLessThan(
      85 * KB,
    );
    expect(sizeOf(files)).toBeLessThan(235 * KB);
  });

  test.each([
    ['plain-facts', 'readers/statement/words.ts'],
    ['vm-reader', 'readers/libvirt-domain.ts'],
    ['rom', 'rom/efi-decompress.ts'],
    ['probe-answer', 'guest/answers/windows.ts'],
    ['archive', 'archive/tar.ts'],
    ['apply-fix', 'vmconfig/parse.ts'],
    ['device-status', 'readers/device-status.ts'],
    ['lspci', 'readers/lspci.ts'],
  ])('has %s by itself, of no use to whoever has a log', (part, source) => {
    const holds = (loaded: typeof files) =>
      loaded.some(({ sources }) => sources.some((path) => path.endsWith(source)));
    expect(holds(loadedWith([part]))).toBe(true);
    expect(holds(loadedWith(FIRST))).toBe(false);
  });

  test('has its reader of logs by itself, and what an answer says', () => {
    const first = loadedWith(['diagnose']);
    expect(first.flatMap(({ sources }) => sources).filter((path) => path.includes('/read/'))).toEqual([]);
    const sentence = 'A guess would cost you more than no answer.';
    const saying = files.filter((file) => file.text.includes(sentence)).map(({ name }) => name);
    expect(saying.map((name) => name.replace(/-[A-Z0-9]{8}\.js$/, ''))).toEqual(['said-of-logs']);
  });

  test('has no examples, no reference, and of signatures only what is told', () => {
    const bundle = text();
    const examples = Object.values(EXAMPLES).flatMap(({ matches, not }) => [...matches, ...not]);
    const long = examples.filter((line) => line.length > 70);
    expect(long.length).toBeGreaterThan(50);
    expect(long.filter((line) => bundle.includes(line))).toEqual([]);
    // A fix may name more than the same source, which people see.
    const sources = SIGNATURES.filter(({ finding, also }) => finding === null && also === undefined);
    const kept = sources.filter(({ source }) => source.includes('()') && bundle.includes(`"${source}"`));
    expect(kept.map(({ id }) => id)).toEqual([]);
    expect(sources.filter(({ means }) => bundle.includes(means)).map(({ id }) => id)).toEqual([]);
    expect(files.flatMap((file) => file.sources).filter((path) => /reference|examples/.test(path))).toEqual(
      [],
    );
  });

  test('reads archives by a part of its own', () => {
    const withArchives = files.filter((file) => file.sources.some((path) => path.includes('fflate')));
    expect(withArchives.map(({ name }) => name.replace(/-.*/, ''))).toEqual(['archive']);
  });
});

/** Sources of a page below a folder of the diagnosis. */
async function sourcesIn(folder: string): Promise<readonly string[]> {
  const path = `harness/diagnosis/${folder}`;
  const names = await readdir(join(ROOT, path));
  return names
    .filter((name) => /(?<!\.test)\.ts$/.test(name) && name !== 'examples.ts')
    .map((name) => `${path}/${name}`);
}

/** The parts of these names with all that is loaded with them. */
function loadedWith(names: readonly string[], built = files): typeof files {
  const loaded = new Set(
    built.filter(({ name }) => names.includes(name.replace(/(?:-[A-Z0-9]{8})?\.js$/, ''))),
  );
  for (const { needs } of loaded)
    for (const name of needs) for (const file of built.filter((one) => one.name === name)) loaded.add(file);
  return [...loaded];
}

function sizeOf(some: typeof files): number {
  return some.reduce((sum, { gzip }) => sum + gzip, 0);
}

interface Case {
  readonly name: string;
  readonly as: 'text' | 'file' | 'bytes';
  readonly body: Uint8Array;
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const CONF =
  'bios: ovmf\nmachine: q35\nargs: -set device.hostpci0.x-igd-gms=0x99\nhostpci0: 0000:00:02.0\nvga: std\n';
const CASES: readonly Case[] = [
  { name: 'facts', as: 'text', body: utf8('CPU: N100\nPVE 9.0\nguest: Windows 11, Code 43 – “überall”\n') },
  { name: '103.conf', as: 'file', body: utf8(CONF) },
  {
    name: 'all.log',
    as: 'file',
    body: utf8(`${MATCHED_LINES.map((line) => `[    1.5] ${line}`).join('\n')}\n`),
  },
  {
    name: 'logs.tgz',
    as: 'bytes',
    body: new Uint8Array(gzipSync(tarOf({ 'dmesg.txt': MATCHED_LINES.join('\n') }))),
  },
  { name: 'probe.txt', as: 'file', body: utf8(framed(answer({ gpu: [problem(43)] }))) },
  { name: 'some.rom', as: 'bytes', body: writeTestRom('legacy-only', { vendor: '8086', device: '46d1' }) },
];

/** All inputs of a case, with what is read of each in Node. */
const HARD: readonly (readonly Case[])[] = HARD_CASES.map(({ given }) =>
  Object.entries(given).map(([name, content]) => ({
    name,
    as: 'file' as const,
    body: typeof content === 'string' ? utf8(content) : content,
  })),
);
/** What is diagnosed at once: each case by itself, all of them, and the inputs of each hard case. */
const GIVEN: readonly (readonly Case[])[] = [...CASES.map((one) => [one]), CASES, ...HARD];

const PAGE = `<!doctype html><meta charset="utf-8"><title>test</title><script type="module">
try {
  const { diagnose } = await import('/diagnose.js');
  const answers = [];
  for (const [at, cases] of (await (await fetch('/cases')).json()).entries()) {
    const given = [];
    for (const [index, { name, as }] of cases.entries()) {
      const bytes = await (await fetch('/case/' + at + '/' + index)).arrayBuffer();
      const content = as === 'text' ? new TextDecoder().decode(bytes) : as === 'file' ? new File([bytes], name) : bytes;
      given.push({ name, content });
    }
    answers.push(await diagnose(given));
  }
  await fetch('/answer', { method: 'POST', body: JSON.stringify(answers) });
} catch (error) {
  await fetch('/answer', { method: 'POST', body: 'failed: ' + error + error.stack });
}
</script>`;

inBrowser('a browser comes to the same answers as Node, byte for byte', async () => {
  const wanted = await Promise.all(GIVEN.map(inNode));
  expect(wanted.every(({ findings }) => findings.length > 0)).toBe(true);
  expect(await answerOfBrowser()).toBe(JSON.stringify(wanted));
});

test('the bundle says of every line that a signature matches what the sources say', async () => {
  const built = (await import(
    /* @vite-ignore */ pathToFileURL(join(folder, 'site/diagnose.js')).href
  )) as typeof Browser;
  const said = ['', 'Windows 11, Code 43\n', 'Debian 12 guest with a VF, no /dev/dri\n'];
  for (const [at, line] of MATCHED_LINES.entries()) {
    const body = `${said[at % said.length] ?? ''}${dmesg([line])}`;
    const answer = await built.diagnose([{ name: 'post.txt', content: body }]);
    expect(JSON.stringify(answer)).toBe(
      JSON.stringify(await inNode([{ name: 'post.txt', as: 'text', body: utf8(body) }])),
    );
  }
});

async function inNode(given: readonly Case[]): Promise<ReturnType<typeof diagnose>> {
  const read = await Promise.all(given.map(async ({ name, body }) => readBytes(name, [body])));
  return diagnose(read.flat());
}

/** What the page posts. It speaks to this process alone. */
async function answerOfBrowser(): Promise<string> {
  const { promise, resolve } = later<string>();
  const server = createServer((request, response) => {
    const [type, body] = served(request.url ?? '/');
    if (request.method !== 'POST') {
      response.setHeader('content-type', type).end(body);
      return;
    }
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      response.end();
      resolve(Buffer.concat(pieces).toString());
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const child = spawn(
    browser ?? '',
    [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'],
      ...[
        '--disable-background-networking',
        `--user-data-dir=${join(folder, 'profile')}`,
        '--remote-debugging-pipe',
      ],
      `http://127.0.0.1:${port}/`,
    ],
    // It ends with its debugging pipe, so it outlives nobody.
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const ended = once(child, 'exit').then(() => 'the browser ended without an answer');
  try {
    return await Promise.race([promise, ended]);
  } finally {
    child.kill();
    await ended;
    server.closeAllConnections();
    server.close();
  }
}

function served(url: string): readonly [string, string | Uint8Array] {
  if (url === '/') return ['text/html', PAGE];
  if (url === '/cases')
    return [
      'application/json',
      JSON.stringify(GIVEN.map((given) => given.map(({ name, as }) => ({ name, as })))),
    ];
  const [, at, index] = /^\/case\/(\d+)\/(\d+)$/.exec(url) ?? [];
  if (index !== undefined)
    return ['application/octet-stream', GIVEN[Number(at)]?.[Number(index)]?.body ?? ''];
  return ['text/javascript', files.find(({ name }) => url === `/${name}`)?.text ?? ''];
}

function later<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve };
}
