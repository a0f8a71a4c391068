import { PROPERTY_SINCE } from '../../igpu/property-since.ts';
import { isBefore, qemuVersionOf } from '../../igpu/qemu-version.ts';
import type { Case } from '../case.ts';
import type { Signal, Signature } from '../signature.ts';
import { fix, inVm, onHost } from './fix.ts';
import { certain, refusal } from './severity.ts';

function propertyOf(signal: Signal | undefined): string | undefined {
  const { property, property2, property3, property4 } = signal?.captures ?? {};
  return property ?? property2 ?? property3 ?? property4;
}

/** Whether a newer QEMU has the property: this one lacks it, unless it is known to be new enough. */
function isNewer(signal: Signal, { facts }: Case): boolean {
  const since = qemuVersionOf(PROPERTY_SINCE.get(propertyOf(signal) ?? '') ?? '');
  const own = qemuVersionOf(facts.get('qemuVersion') ?? '');
  return since !== null && (own === null || isBefore(own, since));
}

/** QEMU: properties and options that it does not know or does not take. The VM does not start. */
export const QEMU_PROPERTIES: readonly Signature[] = [
  {
    id: 'property-unknown',
    emitters: ['qemu'],
    literals: [
      "' not found",
      'property vfio-pci',
      'property x-',
      'property .x-',
      'property "',
      'property `',
      'property [',
      '] property',
      'property in vfio',
      'property of vfio',
    ],
    // As QEMU says it; as people tell of it, with other quotes or none; “no x-igd-lpc property in vfio-pci”.
    pattern:
      /\bProperty (?:['"`‘“[](?:(?<device>[\w.-]{1,60})?\.)?(?<property>[\w-]{1,60})['"`’”\]]|(?:vfio-pci)?\.?(?<property2>x-[\w-]{1,60})) (?:(?:is |was |could |can )?not (?:be )?(?:found|known)|is unknown|does(?: not|n't|n’t) exist)|\b(?:no|unknown) (?:['"`‘“[]?(?<property3>[\w-]{1,60})['"`’”\]]? property (?:in|of|for) (?:the )?(?:\w{1,10} )?vfio-pci\b|property ['"`‘“[]?(?:vfio-pci)?\.?(?<property4>x-[\w-]{1,60}))/i,
    means: 'This QEMU does not know the property: misspelt, or of another version.',
    source: 'qom/object.c, object_property_find_err(); paraphrases of users',
    finding: {
      id: 'config.args-unknown-property',
      title: 'QEMU does not know a property that the config sets',
      severity: (signals, of) => (signals.some((one) => !isNewer(one, of)) ? refusal(signals, of) : null),
      confidence: certain,
      fix: (signals) => ({
        why: 'QEMU starts with properties only that it knows.',
        source: 'qom/object.c',
        vm: [],
        steps: [inVm(`Remove ${propertyOf(signals[0]) ?? 'the property'}, or correct its name`)],
      }),
    },
    also: {
      id: 'qemu.too-old',
      title: 'The config sets a property that only a newer QEMU has',
      severity: (signals, of) => (signals.some((one) => isNewer(one, of)) ? refusal(signals, of) : null),
      confidence: certain,
      fix: (signals) => ({
        why: 'x-igd-legacy-mode and x-igd-lpc came with QEMU 10.0.',
        source: 'QEMU hw/vfio/igd.c, patches of March 2025',
        vm: [],
        steps: [inVm(`Remove ${propertyOf(signals[0]) ?? 'the property'}`), onHost('or update QEMU')],
      }),
    },
  },
  {
    id: 'property-type',
    emitters: ['qemu', 'libvirt'],
    literals: [
      "expects 'on' or 'off'",
      'Invalid parameter type for',
      'does not accept value',
      'expects a number',
      'expects uint',
      "doesn't take value",
    ],
    pattern:
      /Invalid parameter type for '(?<name>[\w.-]{1,60})', expected: (?<type>\w{1,20})|[Pp]arameter '(?<name2>x-[\w.-]{1,60})' (?:expects (?:'on' or 'off'|a number|uint\d{1,2})|does not accept value '(?<value>[^']{1,40})')|Property '[\w.-]{1,80}' doesn't take value '(?<value2>[^']{1,40})'/,
    means: 'A property has a value of the wrong kind: x-igd-legacy-mode takes on, off or auto as text.',
    source: 'qapi/qobject-input-visitor.c; qom/object.c',
    finding: {
      id: 'config.property-type',
      title: 'A property has a value of the wrong kind',
      severity: refusal,
      confidence: certain,
      fix: fix(
        'libvirt must pass it as text.',
        'qapi/qobject-input-visitor.c',
        inVm("<qemu:property name='x-igd-legacy-mode' type='string' value='off'/>"),
      ),
    },
  },
  {
    id: 'invalid-parameter',
    emitters: ['qemu'],
    literals: ["Invalid parameter '"],
    pattern: /: Invalid parameter '(?<name>[\w.-]{1,60})'/,
    means: 'An option of QEMU has a part that it does not know.',
    source: 'util/qemu-option.c',
    finding: {
      id: 'config.args-unknown-property',
      title: 'QEMU does not know a part of an option',
      severity: refusal,
      confidence: certain,
    },
  },
  {
    id: 'invalid-option',
    emitters: ['qemu'],
    literals: [': invalid option'],
    pattern: /\b(?:kvm|qemu[\w-]{0,30}): (?<option>-{1,2}[\w-]{1,60}): invalid option/,
    means: 'QEMU does not know an option in args.',
    source: 'system/vl.c',
    finding: {
      id: 'config.args-unknown-property',
      title: 'QEMU does not know an option in args',
      severity: refusal,
      confidence: certain,
    },
  },
  {
    id: 'parameter-value',
    emitters: ['qemu'],
    literals: ['does not accept value', "' expects "],
    pattern: /Parameter '(?<name>[\w.-]{1,60})' (?:does not accept value|expects)/,
    means: 'An option has a value that it cannot have.',
    source: 'qapi/qobject-input-visitor.c; util/qemu-option.c',
    finding: null,
  },
];
