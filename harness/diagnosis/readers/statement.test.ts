import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readStatement } from './statement.ts';

/** `key=value` of every fact, sorted. */
function says(text: string): string {
  return [...new Set(readStatement(text).facts.map(({ key, value }) => `${key}=${String(value)}`))]
    .toSorted()
    .join(' ');
}

const CODE_43 = 'outcome=fails problemCode=43 symptom=code-43';
const NO_PICTURE = 'outcome=fails symptom=no-picture';

describe.each([
  [
    'Code 43',
    CODE_43,
    [
      'Device Manager shows Code 43',
      'error 43 after installing WSL',
      'driver error code is 43',
      'still code 43',
      'got error code 43',
      'VM boots but code 43',
      'Fehler 43',
      'Fehlercode 43',
      '代码43',
      '错误代码 43',
      'код 43',
      'código 43',
      'コード 43',
      'driver fails with code43',
      'works fine for a minute, then code 43',
    ],
  ],
  ['no Code 43', 'problemCode=0', ['no code 43', 'no Error 43', 'without code 43', 'there is no code 43']],
  [
    'success',
    'outcome=works',
    [
      'works',
      'works fine, HDMI ok',
      'everything works',
      'it works perfectly now',
      'had Code 43, fixed',
      'was code 43, now works',
      'code 43 at first, now works',
      'passthrough working',
      'no problems',
      'no issues',
      'works without any problems',
      'picture on HDMI ok',
      'funktioniert',
      'läuft jetzt',
      '正常',
      'funciona',
      'работает',
      'hardware transcoding works',
      'Windows VM works fine',
    ],
  ],
  [
    'failure',
    'outcome=fails',
    [
      'does not work',
      "doesn't work",
      "can't get it to work",
      'not working',
      'no luck',
      'no success',
      'it used to work',
      'worked before',
      'not fixed yet',
      'no longer works',
      'does not work anymore',
      'funktioniert nicht',
      'geht nicht',
      'не работает',
      '不工作',
    ],
  ],
  [
    'a dark monitor',
    NO_PICTURE,
    [
      'black screen after driver install',
      'monitor stays dark but RDP works',
      'no picture on HDMI',
      'no output on the monitor',
      'HDMI: no signal',
      'screen is black',
      'kein Bild, aber RDP geht',
      '黑屏',
      'nothing on the screen',
      'écran noir',
    ],
  ],
  [
    'no render node',
    'outcome=fails symptom=no-render-node',
    ['VM boots but no /dev/dri', '/dev/dri is missing', 'renderD128 does not exist', '/dev/dri is gone'],
  ],
  [
    'no acceleration',
    'outcome=fails symptom=no-acceleration',
    ['vainfo fails', 'no hardware acceleration', 'Quick Sync does not work'],
  ],
  [
    'a host that freezes',
    'outcome=fails symptom=host-freezes',
    ['host freezes when I start the VM', 'when I start the VM the host hangs', 'Proxmox crashes'],
  ],
  [
    'a VM that freezes',
    'outcome=fails symptom=vm-freezes',
    ['VM freezes', 'Windows hangs at boot', 'the VM crashes when the driver loads'],
  ],
  [
    'a VM that does not start',
    'outcome=fails symptom=vm-does-not-start',
    ['VM does not start', "VM won't boot", 'the VM fails to start', 'startet nicht', 'VMs no longer start'],
  ],
  [
    'a device that is not seen',
    'outcome=fails symptom=no-device',
    ['device not detected', 'guest does not see the GPU', 'no GPU in the guest'],
  ],
  [
    'virtual functions that are missing',
    'outcome=fails symptom=vfs-missing',
    ['no VFs created', 'VFs do not appear', 'VFs are gone'],
  ],
  ['a blue screen', 'outcome=fails symptom=bsod', ['Windows bluescreens', 'BSOD', 'blue screen']],
  [
    'success but for the sound',
    'outcome=works symptom=no-audio',
    ['everything ok except sound', 'works fine but no sound', 'HDMI works, no HDMI audio'],
  ],
  [
    'what broke with an update',
    'outcome=fails symptom=after-update',
    ['worked until I updated to 6.8.12-5', 'before the update: worked', 'broken since the upgrade'],
  ],
  [
    'success once',
    'outcome=fails symptom=only-first-boot',
    ['works only after a host reboot', 'only works after host reboot'],
  ],
  [
    'success that is said of what a colon or "and" named before',
    'outcome=works',
    [
      'picture and HDMI sound ok',
      'HDMI and DisplayPort: fine',
      'monitor on the second port: ok',
      'Quick Sync in the container and the VM: works',
      'Frigate: QSV decode active',
      'hardware decoding available in Emby',
      'up and running',
      'GPU ok in Windows',
      'gets the desktop on the monitor, fully accelerated',
      'transcoding at 140 fps',
    ],
  ],
  [
    'a picture only later',
    'symptom=no-firmware-picture',
    [
      'no output until login',
      'screen is black until Windows loads',
      'the picture comes only after login',
      'no boot logo',
      'no BIOS screen',
    ],
  ],
  [
    'a guest that starts only once',
    'outcome=fails symptom=only-first-boot',
    ["Windows can't reboot", 'the guest does not survive a reboot', 'VM cannot be rebooted'],
  ],
  [
    'no virtual functions',
    'outcome=fails symptom=vfs-missing',
    [
      'VFs get disabled when the VM starts',
      'the vGPUs disappeared',
      'need VFs but lspci shows only 00:02.0',
      'SR-IOV enabled, the list only shows the PF',
    ],
  ],
  ['faults', 'symptom=dma-faults', ['IOMMU fault storm from the iGPU', 'endless DMAR faults on the host']],
  [
    'a complaint beside which all is well',
    'outcome=works symptom=corrupt-picture symptom=intermittent',
    ['works, but flickers now and then', 'works fine but sometimes after a while: stripes'],
  ],
  [
    'only a small complaint',
    'symptom=corrupt-picture',
    ['the only issue: the cursor flickers', 'only problem is a glitch in the taskbar'],
  ],
  [
    'failure of one of two',
    'outcome=fails',
    [
      "in the container it is fine, the Windows VM isn't",
      'the iGPU is unusable',
      'vGPU is dead in both guests',
      'all games crash',
      'host: GuC loading error',
      'GVT-d does not come up',
    ],
  ],
  [
    'failure since an update',
    'outcome=fails symptom=after-update symptom=vm-freezes',
    ['works; since the upgrade the VM hangs', 'was fine; after updating the host: VM freezes'],
  ],
  [
    'no acceleration by other words',
    'outcome=fails symptom=no-acceleration',
    ['OpenGL renderer: llvmpipe', 'Plex sees no GPU', 'Emby: hardware decoding greyed out', 'ffmpeg crashed'],
  ],
  [
    'nothing of the whole',
    '',
    [
      'no errors in the log',
      'VM boots fine',
      'RDP works',
      'sound works',
      'should work',
      'expected to work',
      'another server works',
      'another box with the same BIOS and config works',
      'permissions ok',
      'dkms status and dmesg look fine',
      'picture in the VM firmware: OK',
      'passed with all functions',
      'Device Manager: this device is working properly',
      'GPU looks ok in Device Manager',
      'does Quick Sync work?',
      'the RTX is here too, passthrough of that one is ok',
      'GVT-d',
      'Windows 11',
    ],
  ],
] as const)('a statement says %s', (_what, expected, wordings) => {
  test.each(wordings)('%j', (wording) => {
    expect(says(wording)).toBe(expected);
  });
});

const WORDINGS = [
  'Had Code 43, fixed',
  'monitor stays dark but RDP works',
  'worked until I updated',
  'no code 43 anymore but low resolution',
];

test('case and trailing punctuation do not matter', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...WORDINGS),
      fc.constantFrom('', '.', '!', ' .', '...'),
      fc.boolean(),
      (wording, end, upper) => {
        expect(says((upper ? wording.toUpperCase() : wording.toLowerCase()) + end)).toBe(says(wording));
      },
    ),
  );
});

test('a contradiction gives both', () => {
  expect(says('HDMI works, but Device Manager says code 43')).toBe(
    'outcome=fails outcome=works problemCode=43 symptom=code-43',
  );
});

test('no text makes it throw', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 600 }),
        fc
          .array(
            fc.constantFrom('no', 'code 43', 'until', 'works', 'but', 'gone', 'except', ',', 'after', 'VM'),
          )
          .map((words) => words.join(' ')),
      ),
      (text) => {
        readStatement(text);
      },
    ),
  );
});
