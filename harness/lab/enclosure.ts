/** What a node has for itself. */
export const NAMESPACES: readonly string[] = ['--mount', '--uts', '--ipc', '--pid', '--fork', '--kill-child'];

/**
 * Run by `sh` as the first process of new namespaces: puts together a file system that shows this machine's own below a
 * layer in memory, with folders of the node's own where a node writes, and goes to live there. Nothing that happens
 * there reaches this machine's files, and all of it is gone with the last process.
 *
 * Arguments: megabytes of the node's disk, Node.js, the bundle, `FIRST`; then of each system that a disk may hold its name,
 * kernel, packed kernel, initrd and kernel command line. The options of the node come over stdin, as one line; what is
 * said on stdout first is its PID namespace, by which it is found from outside.
 *
 * No backquote and no dollar-brace of the shell's may stand in it: it is a template string here.
 */
export const ENCLOSURE = String.raw`set -eu
readlink /proc/self/ns/pid
megabytes=$1 node=$2 bundle=$3 first=$4
shift 4
show() {
  mount --bind "$1" "$2"
  mount -o remount,bind,ro "$2"
}
mount -t tmpfs -o mode=755,size="$megabytes"m code43-lab /run
mkdir /run/upper /run/work /run/root
mount -t overlay -o lowerdir=/,upperdir=/run/upper,workdir=/run/work code43-lab /run/root
cd /run/root
for folder in usr var opt; do
  if mountpoint -q /$folder; then
    mkdir /run/upper-$folder /run/work-$folder
    mount -t overlay -o lowerdir=/$folder,upperdir=/run/upper-$folder,workdir=/run/work-$folder code43-lab $folder
  fi
done
mkdir -p lab
for folder in lab run tmp root home sys dev; do
  [ -d $folder ] || mkdir $folder
  mount -t tmpfs -o mode=755 code43-lab $folder
done
chmod 1777 tmp
mount -t proc proc proc
for name in null zero full random urandom tty; do
  : >dev/$name
  mount --bind /dev/$name dev/$name
done
if [ -e /dev/kvm ]; then
  : >dev/kvm
  mount --bind /dev/kvm dev/kvm
fi
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666,mode=0620,gid=5 devpts dev/pts
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
mkdir lab/bin lab/systems lab/was
: >lab/bin/node
show "$node" lab/bin/node
cp "$bundle" lab/bin/node.mjs
chmod 755 lab/bin/node.mjs
printf '%s' "$first" >lab/bin/first
ln -s node.mjs lab/bin/code43-node
while [ $# -gt 0 ]; do
  system=lab/systems/$1
  mkdir "$system"
  for name in kernel vmlinuz initrd; do : >"$system/$name"; done
  show "$2" "$system/kernel"
  show "$3" "$system/vmlinuz"
  show "$4" "$system/initrd"
  printf '%s\n' "$5" >"$system/append"
  shift 5
done
pivot_root . lab/was
umount -l /lab/was
rmdir /lab/was
cd /
hostname pve
umask 022
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8
read -r options
printf '%s\n' "$options" >/lab/options.json
exec sh /lab/bin/first
`;

/**
 * The first process then: it reaps what nobody waits for, such as a QEMU that went its own way. What a shell starts in the
 * background has no stdin unless it is given one.
 */
export const FIRST = 'exec 3<&0\n/lab/bin/code43-node <&3 3<&- &\nwait $!\n';
