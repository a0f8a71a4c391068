import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Connection } from './connection.ts';
import { withHostEntry, type OwnerWish } from './owner-edit.ts';
import { loadOwner } from './owner.ts';
import { scenarioTree } from './scenario-tree.ts';
import { SourceFiles } from './source-files.ts';

const WISH: OwnerWish = {
  reach: { ssh: 'root@pve' },
  vmids: { from: 9100, to: 9199 },
  guests: { 'win11-iot': { template: 9000 } },
};

/** What a text says of a host when it is loaded as the owner's file. */
async function inForce(text: string, host: string): Promise<Connection | null> {
  const file = path.join(await scenarioTree({}), 'hosts.yaml');
  await writeFile(file, text);
  const files = new SourceFiles(path.dirname(file));
  const owners = await loadOwner(file, files);
  expect(files.problems).toEqual([]);
  return owners.get(host)?.connection ?? null;
}

test('a file that does not exist yet says all of it, and is read as it was meant', async () => {
  const text = withHostEntry(null, 'n100', WISH, null);
  expect(await inForce(text, 'n100')).toEqual({
    ...WISH,
    guests: { 'win11-iot': { template: 9000, clone: 'linked' } },
    reboot: false,
    power: null,
  });
  expect(withHostEntry(text, 'n100', WISH, await inForce(text, 'n100'))).toBe(text);
});

const OTHERS = `# mine
local:
  args: # of the demo
    - -device pvpanic-pci
`;

test('a host more is added behind the others, which stay as they are', async () => {
  const text = withHostEntry(OTHERS, 'n100', WISH, null);
  expect(text.startsWith(`${OTHERS}\nn100: #`)).toBe(true);
  expect((await inForce(text, 'n100'))?.reach).toEqual(WISH.reach);
});

test('of a host that is there only what differs is written, and all else it has stays', async () => {
  const text = `${OTHERS}n100:
  # the small one
  reach: here
  reboot: true
  guests:
    mine: { vm: 103 } # rolled back
    win11-iot: { template: 8000, clone: full, storage: fast }
`;
  const edited = withHostEntry(text, 'n100', WISH, await inForce(text, 'n100'));
  expect(edited).toBe(text.replace('here', '{ ssh: root@pve }').replace('template: 8000', 'template: 9000'));
  expect(withHostEntry(edited, 'n100', WISH, await inForce(edited, 'n100'))).toBe(edited);
});

test('an entry that only allows lines gets the rest', async () => {
  const edited = withHostEntry(OTHERS, 'local', WISH, null);
  expect(edited.startsWith(OTHERS)).toBe(true);
  expect(await inForce(edited, 'local')).toMatchObject({ reach: WISH.reach, vmids: WISH.vmids });
});
