import { parseHostpci } from '../../../vmconfig/hostpci.ts';
import { isKnownKey } from '../conf/keys.ts';
import { NotInStandIn } from '../refusal.ts';
import { readCard } from '../vm/network-cards.ts';

const OSTYPES = 'other wxp w2k w2k3 w2k8 wvista win7 win8 win10 win11 l24 l26 solaris'.split(' ');
const CARDS =
  'e1000 e1000-82540em e1000-82544gc e1000-82545em e1000e i82551 i82557b i82559er ne2k_isa ne2k_pci pcnet rtl8139 virtio vmxnet3'.split(
    ' ',
  );
const HOSTPCI = new Set(
  'host mapping mdev driver device-id legacy-igd pcie rombar romfile sub-device-id sub-vendor-id vendor-id x-vga'.split(
    ' ',
  ),
);

/**
 * What is wrong with a value, in Proxmox's words (transcripts `qm create with several bad parameters`, `hostpci0 with an
 * unknown key`); empty where nothing is. Most values are taken as they are.
 *
 * @throws NotInStandIn a key that is not here
 */
export function valueProblem(key: string, value: string): string {
  if (!isKnownKey(key)) throw new NotInStandIn(`the key ${key}`);
  const wrong = (why: string): string => `${key}: invalid format - format error\n${key}.${why}\n\n`;
  if (key === 'memory') {
    if (!/^\d+$/.test(value)) return wrong(`current: type check ('integer') failed - got '${value}'`);
    return Number(value) < 16 ? wrong('current: value must have a minimum value of 16') : '';
  }
  if (key === 'cores' && Number(value) < 1) return `${key}: value must have a minimum value of 1\n`;
  if (key === 'ostype' && !OSTYPES.includes(value))
    return `ostype: value '${value}' does not have a value in the enumeration '${OSTYPES.join(', ')}'\n`;
  if (/^net\d+$/.test(key) && !CARDS.includes(readCard(value).model))
    return wrong(
      `model: value '${readCard(value).model || value}' does not have a value in the enumeration '${CARDS.join(', ')}'`,
    );
  if (/^hostpci\d+$/.test(key)) return hostpciProblem(value, wrong);
  return '';
}

function hostpciProblem(value: string, wrong: (why: string) => string): string {
  const names = value.split(',').flatMap((part) => /^([^=]+)=/.exec(part)?.[1] ?? []);
  const unknown = names.find((name) => !HOSTPCI.has(name));
  if (unknown !== undefined)
    return wrong(
      `${unknown}: property is not defined in schema and the schema does not allow additional properties`,
    );
  const [problem] = parseHostpci(value).problems;
  if (problem !== undefined) throw new NotInStandIn(`hostpci: ${problem.message}`);
  return '';
}
