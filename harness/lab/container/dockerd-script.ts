/** What a container runtime of our own has for itself: it, what it starts and what it writes end together. */
export const OWN: readonly string[] = ['unshare', '--mount', '--pid', '--fork', '--kill-child', '--'];

/** Where it listens, below its own root. */
export const SOCKET = '/run/docker.sock';

/**
 * Run by `sh` as the first process of namespaces of its own: Debian's dockerd out of a folder, with all its data in
 * memory, that leaves this machine's network alone. Says on file descriptor 3 which PID namespace this is, and ends with
 * that. Cgroups are the one thing that outlasts a killed one: the next one removes them, for rmdir takes only what is empty.
 *
 * Argument: the folder that the packages were unpacked to.
 */
export const DOCKERD = String.raw`set -eu
tree=$1
readlink /proc/self/ns/pid >&3
mount -t proc proc /proc
mount -t tmpfs -o mode=755 code43-dockerd /run
remove_cgroups() {
  find /sys/fs/cgroup -depth -type d -path '*/code43-dockerd*' -exec rmdir {} + 2>/dev/null || true
}
remove_cgroups
libraries=$tree/usr/lib/x86_64-linux-gnu
PATH=$tree/usr/sbin:$tree/usr/bin:$PATH LD_LIBRARY_PATH=$libraries dockerd \
  --data-root /run/data --exec-root /run/exec --pidfile /run/dockerd.pid --host unix://${SOCKET} \
  --bridge=none --iptables=false --ip6tables=false --ip-forward=false --ip-masq=false --userland-proxy=false \
  --cgroup-parent /code43-dockerd --shutdown-timeout 2 --log-level warn 3>&- &
daemon=$!
{ cat <&3 >/dev/null; kill "$daemon"; } 2>/dev/null &
code=0
wait "$daemon" || code=$?
remove_cgroups
exit "$code"
`;
