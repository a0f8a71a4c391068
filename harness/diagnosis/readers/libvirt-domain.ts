import type { Part } from '../part.ts';
import { hostDevices, takenByOthers } from './libvirt-domain/host-devices.ts';
import { readCpu } from './libvirt-domain/cpu.ts';
import { applyOverrides, firmwareOf } from './libvirt-domain/overrides.ts';
import { childAt, elementsNamed, readXml, type XmlElement } from './libvirt-domain/xml.ts';
import { lineQuote } from './line-quote.ts';
import { setupFacts } from './setup-facts.ts';
import type { SetupRead } from './setup-read.ts';
import { machineOf, type VmDraft, vmDraft, vmSetup } from './vm-draft/vm-draft.ts';

/** Elements of which one at least makes a text a libvirt domain, or a piece of one. */
const TELLING = ['domain', 'hostdev', 'os', 'features', 'cpu', 'commandline', 'override', 'video'];

/** A libvirt domain's XML, whole or a piece of it, such as one `<hostdev>`. */
export function readLibvirtDomain(part: Part): SetupRead {
  const root = readXml(part.lines.map(({ text }) => text).join('\n'));
  if (TELLING.every((name) => elementsNamed(root, name).length === 0))
    return { setup: null, facts: [], notUnderstood: [] };
  const quoteOf = ({ line }: XmlElement) => lineQuote(part, part.lines[line] ?? { n: part.from, text: '' });
  const draft = vmDraft('libvirt', part.input);
  readBasics(draft, root, quoteOf);
  draft.cpu = readCpu(root);
  draft.devices.push(...hostDevices(root, draft.machine, quoteOf));
  draft.taken.push(...takenByOthers(root, quoteOf));
  applyOverrides(draft, root, quoteOf);
  const setup = vmSetup(draft);
  const unraid = elementsNamed(root, 'vmtemplate').length > 0;
  return { setup, facts: setupFacts(setup, unraid ? 'unraid' : 'libvirt'), notUnderstood: [] };
}

function readBasics(draft: VmDraft, root: XmlElement, quoteOf: (element: XmlElement) => VmQuote): void {
  const note = (key: string, element: XmlElement | undefined): void => {
    if (element !== undefined) draft.at.set(key, quoteOf(element));
  };
  const [os] = elementsNamed(root, 'os').filter(({ children }) => children.length > 0);
  const type = childAt(os, 'type');
  draft.machine = machineOf(type?.attributes.get('machine') ?? '');
  note('machine', type);
  draft.firmware = firmwareOf(root);
  note('bios', childAt(os, 'loader') ?? os);
  const [memory] = elementsNamed(root, 'memory').filter(({ text }) => /^\d{1,12}$/.test(text));
  const [current] = elementsNamed(root, 'currentMemory');
  const [balloon] = elementsNamed(root, 'memballoon');
  draft.memory = mebibytes(memory);
  const now = mebibytes(current);
  const none = balloon?.attributes.get('model') === 'none';
  draft.ballooning = !none && now !== null && draft.memory !== null && now < draft.memory;
  note('balloon', current);
  const [video] = elementsNamed(root, 'video');
  const model = childAt(video, 'model')?.attributes.get('type');
  draft.display =
    model === 'vga' ? 'std' : (model ?? (elementsNamed(root, 'devices').length > 0 ? 'none' : null));
  note('vga', video);
  const [info] = elementsNamed(root, 'libosinfo').flatMap((element) => elementsNamed(element, 'os'));
  const [template] = elementsNamed(root, 'vmtemplate');
  draft.ostype = info?.attributes.get('id') ?? template?.attributes.get('os') ?? null;
  note('ostype', info ?? template);
  note('cpu', elementsNamed(root, 'cpu')[0]);
  note('features', elementsNamed(root, 'features')[0]);
  const agent = elementsNamed(root, 'target').some(
    ({ attributes }) => attributes.get('name') === 'org.qemu.guest_agent.0',
  );
  draft.agent = agent || (elementsNamed(root, 'devices').length > 0 ? false : null);
}

type VmQuote = ReturnType<typeof lineQuote>;

const UNITS: Readonly<Record<string, number>> = {
  b: 2 ** -20,
  bytes: 2 ** -20,
  k: 2 ** -10,
  kib: 2 ** -10,
  m: 1,
  mib: 1,
  g: 1024,
  gib: 1024,
  t: 2 ** 20,
  tib: 2 ** 20,
};

/** libvirt counts in KiB where no unit stands. */
function mebibytes(element: XmlElement | undefined): number | null {
  if (element === undefined || !/^\d{1,12}$/.test(element.text)) return null;
  return (
    Number(element.text) *
    (UNITS[element.attributes.get('unit')?.toLowerCase() ?? 'kib'] ?? UNITS['kib'] ?? 1)
  );
}
