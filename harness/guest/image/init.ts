/**
 * The word on the kernel command line that makes `/init` offer a shell on the serial console. It stands there only where
 * somebody asked to look into the VM.
 */
export const CONSOLE_WORD = 'code43.console=1';

/**
 * `/init` of every guest image: brings up what the guest agent needs, starts the stand-in display driver where
 * there is one, and keeps the agent running, each as `hooks` has it, on the serial port that the kernel's command line
 * names if it names one. Kernel messages from "info" up reach the serial console from here on, so that the guest's own
 * words about an option ROM are seen.
 *
 * No backquote and no dollar-brace of the shell's may stand in it: it is a template string here.
 */
export const INIT = String.raw`#!/bin/sh
PATH=/usr/lib/guest:/bin:/sbin:/usr/sbin
export PATH
mount -t devtmpfs devtmpfs /dev
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mkdir -p /run /var/run /tmp /dev/virtio-ports
while read -r module; do insmod "/lib/modules/$module.ko"; done </lib/modules/order
echo 7 >/proc/sys/kernel/printk
. /usr/lib/guest/hooks
before_driver
if [ -x /usr/lib/guest/display-driver ]; then display-driver; fi

# A session of its own makes the console the shell's terminal, so that Ctrl-C stops what runs in it.
offer_shell() {
  export TERM=vt220 HOME=/ PS1='guest# '
  while :; do
    printf 'code43 guest: press Enter for a shell\n' >/dev/ttyS0
    read -r _ </dev/ttyS0 || sleep 1
    setsid sh -c 'exec sh -i </dev/ttyS0 >/dev/ttyS0 2>&1'
  done
}

agent=/dev/virtio-ports/org.qemu.guest_agent.0
method=virtio-serial
read -r words </proc/cmdline
for word in $words; do
  case $word in code43.agent=ttyS[0-9]) method=isa-serial agent=/dev/$(echo "$word" | cut -d = -f 2) ;; esac
done
link_ports() {
  for port in /sys/class/virtio-ports/*; do
    [ -r "$port/name" ] && read -r name <"$port/name" && ln -sf "/dev/$(basename "$port")" "/dev/virtio-ports/$name"
  done
}
serve_agent() {
  until [ -e $agent ]; do
    link_ports
    [ -e $agent ] || sleep 0.2
  done
  seconds_up >/run/agent-since
  before_agent
  while :; do
    link_ports
    [ -e $agent ] && run_agent
    sleep 0.2
  done
}
# What a shell starts with & ignores Ctrl-C for good, and so would all that a person starts.
if grep -qwF ${CONSOLE_WORD} /proc/cmdline; then
  serve_agent &
  offer_shell
fi
serve_agent
`;

/** `/sbin/shutdown`, which the guest agent calls for guest-shutdown: `-h -P`, `-h -H` or `-h -r` (QEMU qga/commands-posix.c). */
export const SHUTDOWN = String.raw`#!/bin/sh
sync
for flag in "$@"; do
  case $flag in
    -r) exec reboot -f ;;
    -H) exec halt -f ;;
  esac
done
exec poweroff -f
`;

/** What the agent's guest-get-osinfo answers from: not Windows, so all results of these guests are simulated. */
export const OS_RELEASE = `NAME="Debian GNU/Linux"
ID=debian
PRETTY_NAME="Debian GNU/Linux (code43 guest)"
`;
