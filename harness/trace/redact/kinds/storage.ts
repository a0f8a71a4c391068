import { words, type Kind } from '../kind.ts';
import { word } from '../shapes.ts';

const STORAGE = word('storage');
const storage = (pattern: RegExp): Kind => words('storage names', STORAGE, pattern);

/** Where somebody keeps disks: storages of Proxmox VE, and the volume groups, pools and folders behind them. */
export const STORAGES: readonly Kind[] = [
  // A volume: `storage:vm-9000-disk-0`, `storage:9000/vm-9000-disk-0.qcow2`, `storage:iso/x.iso`.
  storage(
    /(?<![\w.-])[A-Za-z][\w.-]{0,99}(?=:(?:\d{1,10}\/)?(?:vm|base|subvol|basevol)-\d{1,10}-|:(?:iso|vztmpl|backup|import|snippets|images|rootdir)\/|:cloudinit\b)/g,
  ),
  // A disk to be made: `scsi0: storage:32`.
  storage(
    /(?<=[:= ])(?<=\b(?:scsi|ide|sata|virtio|efidisk|tpmstate|unused|mp|rootfs)\d{0,2}[:=]? ?(?:file=|volume=)?)[A-Za-z][\w.-]{0,99}(?=:\d{1,10}(?![\w:]))/g,
  ),
  storage(
    /(?<=(?<![A-Za-z])(?:storage|storage[ _-]?id|target-?storage|vmstatestorage|datastore|volume group|vg_?name|zpool|pool)["'\\]{0,2}[ \t]{0,2}[=: ][ \t]{0,2}["'\\]{1,2})[\w.-]{1,100}(?=["'\\])/gi,
  ),
  storage(
    /(?<=[:= ])(?<=(?<![\w-])(?:--)?(?:storage|target-?storage|vmstatestorage|datastore|zpool)(?:=|: ?|(?<=--[\w-]{1,20}) ))[A-Za-z][\w.-]{0,99}/gi,
  ),
  storage(
    /(?<=\/storage\/)[A-Za-z][\w.-]{0,99}(?=\/(?:content|status|prunebackups|upload|download-url|rrd))/g,
  ),
  storage(/(?<=\/mnt\/(?:pve|pbs|bindmounts)\/)[^\s/,'":;)\]]{1,100}/g),
  storage(/(?<=\/mnt\/)(?!pve\b|pbs\b|bindmounts\b)[^\s/,'":;)\]]{1,100}/g),
  storage(
    /(?<=\/dev\/(?:zvol\/)?)[\w.+-]{1,100}(?=\/(?:[\w.+-]{1,64}\/){0,3}(?:vm|base|subvol|snap_vm)-\d{1,10})/g,
  ),
  // The device mapper doubles the dashes of a name.
  storage(/(?<=\/dev\/mapper\/)[\w.+]{1,100}(?:--[\w.+]{1,100}){0,8}(?=-(?:vm|base|snap_vm)--\d)/g),
  storage(/(?<=\brbd:)[\w.-]{1,100}(?=\/(?:vm|base)-\d)/g),
  storage(
    /(?<=['"\s])[A-Za-z][\w.-]{0,99}(?=(?:\/[\w.-]{1,64}){0,3}\/(?:vm|base|subvol)-\d{1,10}-(?:disk|cloudinit|state)\b)/g,
  ),
];
