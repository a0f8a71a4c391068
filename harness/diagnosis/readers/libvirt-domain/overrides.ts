import type { Quote } from '../../quote.ts';
import { applyOptions } from '../vm-draft/apply-options.ts';
import { qemuOptions } from '../vm-draft/qemu-option.ts';
import { deviceDraft } from '../vm-draft/device-draft.ts';
import type { VmDraft } from '../vm-draft/vm-draft.ts';
import { childAt, elementsNamed, type XmlElement } from './xml.ts';

const TYPES: Readonly<Record<string, 'string' | 'boolean' | 'number'>> = {
  string: 'string',
  bool: 'boolean',
  signed: 'number',
  unsigned: 'number',
};

/** What `<qemu:override>` and `<qemu:commandline>` add, in libvirt's order: the command line comes last. */
export function applyOverrides(
  draft: VmDraft,
  root: XmlElement,
  quoteOf: (element: XmlElement) => Quote,
): void {
  for (const element of elementsNamed(root, 'override').flatMap((each) => elementsNamed(each, 'device'))) {
    const alias = element.attributes.get('alias') ?? '';
    // Of an excerpt without its `<hostdev>`; only passed devices are overridden here in practice.
    if (draft.devices.length === 0 && alias !== '') draft.devices.push(deviceDraft(alias, quoteOf(element)));
    for (const { attributes, ...rest } of elementsNamed(element, 'property')) {
      const name = attributes.get('name') ?? '';
      const type = TYPES[attributes.get('type') ?? ''];
      if (type === undefined || name === '') continue;
      const given = attributes.get('value') ?? '';
      const value = type === 'boolean' ? (/^(?:true|yes|on|1)$/.test(given) ? 'on' : 'off') : given;
      const quote = quoteOf({ attributes, ...rest });
      draft.typed.push({ device: alias, name, value, type, quote });
      draft.devices.find((device) => device.name === alias)?.properties.set(name, value);
    }
  }
  const args = elementsNamed(root, 'commandline').flatMap((element) =>
    element.children.filter(({ name }) => name === 'arg'),
  );
  const words = args.map((arg) => ({ text: arg.attributes.get('value') ?? '', quote: quoteOf(arg) }));
  const [first] = words;
  if (first === undefined) return;
  const { display, memory } = draft;
  const texts = words.map(({ text }) => text);
  draft.args = { text: texts.join(' '), words: texts, quote: first.quote };
  applyOptions(draft, qemuOptions(words));
  draft.display = display ?? draft.display;
  draft.memory = memory ?? draft.memory;
}

/** `<loader>`, `<nvram>` and `firmware='efi'`. */
export function firmwareOf(root: XmlElement): VmDraft['firmware'] {
  const [os] = elementsNamed(root, 'os').filter(({ children }) => children.length > 0);
  if (os === undefined) return null;
  const loader = childAt(os, 'loader');
  const efi = os.attributes.get('firmware') === 'efi' || childAt(os, 'nvram') !== undefined;
  return efi || loader?.attributes.get('type') === 'pflash' || /ovmf|edk2|efi/i.test(loader?.text ?? '')
    ? 'ovmf'
    : 'seabios';
}
