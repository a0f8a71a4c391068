import type { Case } from '../case.ts';
import type { Claim } from '../finding.ts';
import { readSet } from '../readers/vm-draft/apply-options.ts';
import { claim, type Rule } from '../rule.ts';
import { SAID_OF_OPEN_QUOTE } from '../said.ts';
import { hasSymptom, works } from '../subject/trouble.ts';
import type { VmSetup } from '../vm-setup.ts';
import * as context from './config-context.ts';

/** `args` that QEMU never gets, and settings of devices that are not there. */
export const CONFIG_ARGS: Rule = {
  id: 'config-args',
  findings: ['config.args-quote', 'config.args-unknown-device'],
  conclude: (of) => of.vms.flatMap((vm) => [...openQuote(of, vm), ...unknownDevices(of, vm)]),
};

function openQuote(of: Case, { args, form }: VmSetup): readonly Claim[] {
  if (args?.words !== null || form !== 'proxmox') return [];
  const needed = /hostpci|vfio|igd|-cpu/.test(args.text);
  return [
    claim({
      id: 'config.args-quote',
      severity: needed && !works(of) ? 'cause' : 'warning',
      ...SAID_OF_OPEN_QUOTE,
      evidence: [args.quote],
      fix: context.fixOf(
        'With the quotes in pairs the options reach QEMU.',
        'Perl Text::ParseWords, which Proxmox splits args with',
        [{ edit: 'args', from: args.text, to: args.text.replace(/['"]/g, '') }],
      ),
    }),
  ];
}

// Names that can only be meant for a passed device: all others may be devices of Proxmox’ or of `args`.
const PASSED = /^(?:hostpci|hostdev|vfio|igpu|igd|gpu)/i;

function unknownDevices(of: Case, vm: VmSetup): readonly Claim[] {
  const { args, devices, form } = vm;
  // An excerpt may lack the lines of the devices.
  if (args === null || args.words === null || devices.length === 0) return [];
  const sets = args.words.flatMap((word, index) =>
    args.words?.[index - 1] === '-set' ? (readSet(word) ?? []) : [],
  );
  const ids = new Set(devices.map(({ name }) => name));
  const unknown = new Set(
    sets.filter(({ group, id }) => group === 'device' && !ids.has(id) && PASSED.test(id)).map(({ id }) => id),
  );
  const ofLibvirt = form === 'libvirt' ? sets.filter(({ id }) => ids.has(id)) : [];
  return [
    ...[...unknown].map((id) =>
      claim({
        id: 'config.args-unknown-device',
        ...context.refusal(of),
        title: `args set something on ${id}, and the VM has no such device`,
        detail: `QEMU refuses to start: there is no device "${id}" defined. Passed are: ${[...ids].join(', ')}.`,
        evidence: [args.quote, ...devices.map(({ quote }) => quote)],
        fix: renamed(vm, id),
      }),
    ),
    ...(ofLibvirt.length > 0 ? [libvirtSet(of, vm)] : []),
  ];
}

function renamed({ args, devices }: VmSetup, id: string): Claim['fix'] {
  const [device] = devices;
  if (args === null || device === undefined || devices.length > 1) return null;
  const to = args.text.replaceAll(`device.${id}.`, `device.${device.name}.`);
  return context.fixOf('The option then names the device that is passed.', 'QEMU system/vl.c, -set', [
    { edit: 'args', from: args.text, to },
  ]);
}

/** libvirt describes devices as JSON today, which `-set` does not reach. */
function libvirtSet(of: Case, { args, devices }: VmSetup): Claim {
  const fails = hasSymptom(of, 'vm-does-not-start') && !works(of);
  return claim({
    id: 'config.args-unknown-device',
    severity: fails ? 'cause' : 'info',
    confidence: fails ? 'likely' : 'possible',
    title: 'libvirt’s devices cannot be changed with -set any more',
    detail:
      'Since libvirt gives QEMU its devices as JSON, -set finds none of them and QEMU refuses to start: there is no device defined. <qemu:override> is for that.',
    evidence: args === null ? [] : [args.quote],
    fix: context.fixOf('<qemu:override> sets properties of a device by its alias.', 'libvirt docs/drvqemu', [
      ...(devices[0] === undefined ? [] : [...devices[0].properties])
        .filter(([name]) => name.startsWith('x-'))
        .map(([name, value]) => ({ edit: 'device-property' as const, name, value })),
    ]),
  });
}
