import Docker from 'dockerode';
import type { NodeImage } from './node-image.ts';

const NAME = 'code43-lab';

/** Hands an image to the container runtime unless it has it, and has it forget those that came before. Gives its name. */
export async function importImage({ file, tag }: NodeImage): Promise<string> {
  const docker = new Docker();
  const name = `${NAME}:${tag}`;
  const there = await docker.listImages({ filters: { reference: [NAME] } });
  const names = there.flatMap(({ RepoTags }) => RepoTags ?? []);
  if (!names.includes(name)) {
    const progress = await docker.importImage(file, { repo: NAME, tag });
    await new Promise<void>((resolve, reject) => {
      docker.modem.followProgress(progress, (error) => {
        if (error === null) resolve();
        else reject(error);
      });
    });
  }
  // One that somebody still uses stays.
  for (const old of names.filter((each) => each !== name))
    await docker
      .getImage(old)
      .remove()
      .catch(() => undefined);
  return name;
}
