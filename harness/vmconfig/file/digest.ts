import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * Proxmox's digest of a config, by which `qm set --digest` tells whether somebody changed it: SHA-1 of the raw file,
 * in hex. The text must be the whole file. Source: qemu-server PVE/QemuServer.pm, parse_vm_config.
 */
export function configDigest(text: string): string {
  return bytesToHex(sha1(utf8ToBytes(text)));
}
