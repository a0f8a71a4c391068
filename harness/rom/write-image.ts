import type { PciId } from './pci-id.ts';
import { testPe } from './test-pe.ts';

/** What an image of a test ROM carries. */
export interface ImagePlan {
  readonly ids: PciId;
  /** Bytes, a multiple of 512. */
  readonly length: number;
  readonly last: boolean;
}

/** Display controller, neither VGA nor 3D, as the bytes of PCIR: interface, sub class, base class. */
const CLASS_DISPLAY_OTHER = [0x00, 0x80, 0x03];
const FAR_RETURN = 0xcb;

/** A PC-AT image with a right checksum. SeaBIOS really calls offset 3 (measured with QEMU 7.2), where one far return stands. */
export function pcAtImage(plan: ImagePlan): Uint8Array {
  const { bytes, view } = blank(plan.length);
  view.setUint8(2, plan.length / 512);
  view.setUint8(3, FAR_RETURN);
  writePcir(view, plan, 0x00);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  view.setUint8(plan.length - 1, (256 - (sum % 256)) % 256);
  return bytes;
}

/** An Open Firmware image without a body: neither Linux, UEFI firmware nor SeaBIOS does more than step over it. */
export function openFirmwareImage(plan: ImagePlan): Uint8Array {
  const { bytes, view } = blank(plan.length);
  writePcir(view, plan, 0x01);
  return bytes;
}

/** An EFI image (boot-service driver, x86-64, not compressed) around the test body of `testPe`. */
export function efiImage(plan: ImagePlan): Uint8Array {
  const bodyOffset = 0x200;
  const { bytes, view } = blank(plan.length);
  view.setUint16(2, plan.length / 512, true);
  view.setUint32(4, 0x0ef1, true);
  view.setUint16(8, 0x0b, true);
  view.setUint16(0x0a, 0x8664, true);
  view.setUint16(0x16, bodyOffset, true);
  writePcir(view, plan, 0x03);
  bytes.set(testPe(), bodyOffset);
  return bytes;
}

function blank(length: number): { bytes: Uint8Array; view: DataView } {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xaa55, true);
  view.setUint16(0x18, PCIR_OFFSET, true);
  return { bytes, view };
}

export const PCIR_OFFSET = 0x1c;

function writePcir(view: DataView, plan: ImagePlan, codeType: number): void {
  const at = PCIR_OFFSET;
  view.setUint32(at, 0x52494350, true);
  view.setUint16(at + 4, Number.parseInt(plan.ids.vendor, 16), true);
  view.setUint16(at + 6, Number.parseInt(plan.ids.device, 16), true);
  view.setUint16(at + 0x0a, 0x18, true);
  CLASS_DISPLAY_OTHER.forEach((byte, i) => {
    view.setUint8(at + 0x0d + i, byte);
  });
  view.setUint16(at + 0x10, plan.length / 512, true);
  view.setUint8(at + 0x14, codeType);
  view.setUint8(at + 0x15, plan.last ? 0x80 : 0x00);
}
