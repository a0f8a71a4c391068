import type { Cell, CellRom } from '../scenario/cell.ts';

const HOST: Cell['host'] = {
  id: 'local-qemu',
  name: 'QEMU on this machine',
  platform: 'qemu',
  igpu: { device: 'bochs-display', id: '1234:1111', address: '0000:00:02.0', driver: {} },
  facts: {},
};

/** A cell for the local QEMU, with what a test wants to be different. */
export function localCell(
  wanted: {
    readonly config?: string;
    readonly recipe?: string;
    readonly image?: string;
    readonly guestConfig?: string;
  } & Partial<Cell> = {},
): Cell {
  const { recipe, image = 'standin-windows', guestConfig, ...cell } = wanted;
  const probe = image === 'linux' ? 'linux' : 'windows';
  return {
    id: 'test/cell',
    scenario: 'test/cell',
    file: 'scenarios/test/cell.yaml',
    name: 'a test',
    axes: {},
    host: HOST,
    guest: {
      ...{ id: image, name: image, probe, image, agentDeadline: 90 },
      ...(guestConfig === undefined ? {} : { config: guestConfig }),
    },
    rom: romOf(recipe),
    fault: null,
    config: 'machine: q35\nmemory: 512\nvga: none\nhostpci0: 0000:00:02.0,pcie=1\n',
    ownerArgs: [],
    boots: ['start'],
    settle: { unchanged: 1, uptime: 1, samples: 2, limit: 60 },
    expect: { verdict: 'pass' },
    ...cell,
  };
}

function romOf(recipe: string | undefined): CellRom {
  if (recipe === undefined) return { ref: 'none' };
  return { ref: `test/${recipe}`, file: `${recipe}.rom`, sha256: null, url: null, recipe };
}
