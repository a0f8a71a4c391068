import { collectedText } from './collected-text.ts';
import type { Gathered } from './gather.ts';
import type { Hider } from './hide-identities.ts';
import { hostFacts } from './host-facts.ts';
import type { ArchiveFile } from './tar.ts';

/** A folder of its own, so that unpacking litters nothing. */
const FOLDER = 'code43-collected';

/**
 * The files of an archive, with everything that identifies somebody replaced. Pure.
 *
 * @param vmFound why it is this VM, or none
 */
export function collectionFiles(
  gathered: Gathered,
  hide: Hider,
  about: { readonly version: string; readonly vmFound: string },
): readonly ArchiveFile[] {
  const files = gathered.outcomes
    .filter(({ missing }) => missing === null)
    .map(({ collector, pieces }) => ({
      name: collector.file,
      text: pieces
        .map(({ how, text }) => {
          const shown = collector.id === 'vm-config' ? hide.config(text) : hide.text(text);
          return `root@host:~# ${hide.text(how).slice(0, 240)}\n${shown}${shown.endsWith('\n') ? '' : '\n'}`;
        })
        .join('\n'),
    }));
  const facts = hide.text(hostFacts(gathered.outcomes));
  const own = [
    { name: 'collected.txt', text: hide.text(collectedText(gathered, about.version, about.vmFound)) },
    ...(facts === '' ? [] : [{ name: 'facts.txt', text: facts }]),
  ];
  return [...own, ...files].map(({ name, text }) => ({
    name: `${FOLDER}/${name}`,
    bytes: Buffer.from(text),
  }));
}
