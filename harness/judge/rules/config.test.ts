import { expect, test } from 'vitest';
import { CONFIG, Script, verdictOf } from '../fixtures/traces.ts';

const failing = (): Script => new Script().boot().code(43, 4).end();

test('args with an open quote are named: Proxmox drops all of them', () => {
  const config = CONFIG.replace('args: ', 'args: "');
  const result = verdictOf(failing(), { cell: { config } });
  expect(result.findings.map(({ id }) => id)).toContain('config.args-dropped');
});

test('an iGPU elsewhere than 00:02.0 is named when Windows fails, and only then', () => {
  const elsewhere = { guest: { deviceAddress: '00:10.0' } };
  const ids = (script: Script): readonly string[] =>
    verdictOf(script, elsewhere).findings.map(({ id }) => id);
  expect(ids(new Script().boot().samples(4, []).end())).toContain('config.guest-address');
  expect(verdictOf(new Script().boot().healthy(4).end()).findings).toEqual([]);
});
