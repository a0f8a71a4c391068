import { TemplateRefused } from './template-refused.ts';

/** A file of virtio-win that the guest needs, and its place below the ISO's `code43/`. */
export interface VirtioFile {
  /** On virtio-win's ISO. */
  readonly from: string;
  readonly to: string;
}

/** The drivers that are installed: the agent's channel, and the network card. The disk needs none: it is SATA. */
export const VIRTIO_DRIVERS = [
  { id: 'driver-vioserial', folder: 'vioserial/w11/amd64', inf: 'vioser.inf', to: 'drivers/vioserial' },
  { id: 'driver-netkvm', folder: 'NetKVM/w11/amd64', inf: 'netkvm.inf', to: 'drivers/netkvm' },
] as const;

/** The agent's own installer, for 64-bit Windows. */
const AGENT = { from: 'guest-agent/qemu-ga-x86_64.msi', to: 'qemu-ga.msi' } as const;

const NAME = /^[a-z0-9_.-]{1,60}$/;

/**
 * Picks what the guest needs out of the names on virtio-win's ISO, in upper or lower case. Debug symbols (`.pdb`) stay
 * behind.
 *
 * @param paths such as `/vioserial/w11/amd64/vioser.inf`
 * @throws TemplateRefused it is no virtio-win, or one that is older than Windows 11
 */
export function virtioFiles(paths: readonly string[]): readonly VirtioFile[] {
  const agent = paths.find((path) => path.toLowerCase() === `/${AGENT.from}`);
  const drivers = VIRTIO_DRIVERS.map(({ folder, inf, to }) => {
    const inside = paths.flatMap((path) => {
      const name = path.slice(folder.length + 2).toLowerCase();
      const here = path.toLowerCase().startsWith(`/${folder.toLowerCase()}/`);
      return here && NAME.test(name) && !name.endsWith('.pdb')
        ? [{ name, from: path, to: `${to}/${name}` }]
        : [];
    });
    return inside.some(({ name }) => name === inf) ? inside : null;
  });
  const missing = [
    ...(agent === undefined ? [AGENT.from] : []),
    ...VIRTIO_DRIVERS.filter((_, at) => drivers[at] === null).map(({ folder, inf }) => `${folder}/${inf}`),
  ];
  if (agent === undefined || missing.length > 0)
    throw new TemplateRefused(
      `it has no ${missing.join(' and no ')}: give the ISO of virtio-win; one from before Windows 11 has no w11/amd64`,
    );
  const found = drivers.flatMap((list) => list ?? []);
  return [{ from: agent, to: AGENT.to }, ...found.map(({ from, to }) => ({ from, to }))];
}
