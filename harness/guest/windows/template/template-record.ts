import type { DisplayDriver } from './display-driver.ts';
import type { WindowsImage } from './medium/windows-images.ts';
import type { PinnedVirtio } from './stage-template.ts';

/** What went in, to be kept with the template. Neither the password nor the key, nor a place of this machine. */
export interface TemplateRecord {
  readonly schema: 1;
  readonly iso: { readonly sha256: string; readonly size: number };
  readonly windows: WindowsImage;
  readonly virtio: PinnedVirtio;
  readonly driver: Omit<DisplayDriver, 'path'> | null;
  readonly withKey: boolean;
}
