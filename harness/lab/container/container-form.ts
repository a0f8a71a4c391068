import type { Enclosed, HeldNode, LabForm } from '../lab-form.ts';
import { LabFailed } from '../lab-error.ts';
import { importImage } from './import-image.ts';
import { LeashedContainer } from './leashed-container.ts';
import { findNodeImage } from './node-image.ts';
import { whyNoContainer } from './why-no-container.ts';

/** By this label its containers are known. */
export const LABEL = 'code43.lab';

/** A container on an image of Debian packages. Has no KVM. */
export const CONTAINER_FORM: LabForm = {
  whyNot: whyNoContainer,
  async start({ argv, files, onStderr }: Enclosed): Promise<HeldNode> {
    const image = await findNodeImage();
    if (image === null) throw new LabFailed('its image is gone: npm run setup');
    return (
      new LeashedContainer(await importImage(image), onStderr)
        .withLabels({ [LABEL]: 'node' })
        .withCommand([...argv])
        .withBindMounts(files.map((file) => ({ source: file, target: file, mode: 'ro' })))
        // The node's ssh is on this machine's 127.0.0.1, as in every form.
        .withNetworkMode('host')
        // It puts its own file system together, for which the usual confinement has no mounts, and no pivot_root(2).
        .withAddedCapabilities('SYS_ADMIN')
        .withSecurityOpt('seccomp=unconfined', 'apparmor=unconfined')
        .hold()
    );
  },
};
