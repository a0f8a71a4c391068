import type { QmStep } from './qm-steps.ts';
import type { TemplateRecord } from './template-record.ts';

/** Said wherever this tool speaks of the template. */
export const UNVERIFIED =
  'UNVERIFIED: nobody has installed a real Windows with this yet. It is made from documentation and from what others ' +
  'report. Read what the check says before you trust the template.';

/** The page that lies beside the ISO. It holds neither the password nor the key. */
export function readme({ windows, virtio, driver }: TemplateRecord, steps: readonly QmStep[]): string {
  const { name, build, revision, language, index } = windows;
  return `# Windows template

**${UNVERIFIED}**

- Windows: ${name}, build ${build}.${revision}, ${language} (image ${index} of the medium)
- Drivers for virtual hardware and the guest agent: ${virtio.label}
- Display driver: ${driver === null ? 'none was given' : `${driver.kind}, SHA-256 ${driver.sha256}`}

**Whoever boots the medium of Windows beside \`code43-win11.iso\` loses disk 0 of that machine without a question.** Give
it to this VM only.

The password of the account \`code43\` is in \`autounattend.xml\`, here and in the ISO. Nobody needs it: the agent runs as
SYSTEM and nobody is logged on. Where set-up went wrong it is your way in at the VM's console; once the agent answers,
\`qm guest passwd "$VMID" code43\` sets one of your own.

What is switched off in Windows, and why: docs/windows-template.md of code43.

${stepsText(steps)}
Then tell code43 of it, in \`hosts.yaml\` (docs/scenarios.md), by the name of the guest that your scenarios use:

\`\`\`yaml
guests: { win11-iot: { template: 9000 } }
\`\`\`
`;
}

/** The steps with numbers, commands in blocks. */
export function stepsText(steps: readonly QmStep[]): string {
  return steps
    .map(
      ({ title, why, commands }, at) =>
        `## ${at + 1}. ${title}\n\n${why}\n\n\`\`\`sh\n${commands.join('\n')}\n\`\`\`\n`,
    )
    .join('\n');
}
