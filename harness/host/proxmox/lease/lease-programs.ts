/**
 * What runs on the node, each as `perl -e <text> -- <words>`: the texts are fixed, and what differs comes as words.
 *
 * Perl, since Proxmox VE itself is written in it and perl-base is an essential package of Debian; nothing outside
 * perl-base is used. A shell would not do: bash's `read -t` reckons by the wall clock (bash 5.2, lib/sh/timers.c), so a
 * clock that is set ends a live lease or keeps a dead one; its flock is another program, whose children inherit the
 * lock; and a write that blocks would stop its clock. Here alarm(2) ends the holder whatever it does, Perl closes the
 * file in every child ($^F), and there is no child.
 */

/** Where the file is, whether it still is the one that was opened, and what it says, as one line of at most 1 kB. */
const LOOK = `
use strict; use warnings; use Fcntl qw(:DEFAULT :flock :mode); use POSIX ();
my ($file, $path);
sub is_still_there {
  my (@open, @there) = ();
  @open = stat $file; @there = lstat $path;
  return @there && $open[0] == $there[0] && $open[1] == $there[1];
}
sub said {
  my $text = '';
  sysseek $file, 0, 0;
  sysread $file, $text, 1024;
  $text =~ tr/\\x20-\\x7e/ /cs;
  $text =~ s/ +\\z//;
  return $text;
}
`;

/**
 * Takes the lease and holds it for as long as its owner's beats renew it. `stepHolder` says when that is; here the
 * deadline is the kernel's own alarm. The holder leaves the process group it was started in, for a connection that ends
 * has that group killed at once, and its owner may live on; the process that was started only waits for its end.
 *
 * Words: directory, address, token, who (one line of JSON), seconds to wait, seconds to hold.
 */
export const HOLDER_PROGRAM = `${LOOK}
my ($directory, $address, $token, $who, $wait, $hold) = @ARGV;
$path = "$directory/$address.lease";
$0 = "code43 lease $address";
my ($buffer, $beat, $held, $first) = ('', 0, 0, 1);
my (%read_at, @beats, $deadline);
# The clock of alarm(2): it stands still while the node sleeps, and nobody can set it.
sub now { return (POSIX::times())[0] / POSIX::sysconf(POSIX::_SC_CLK_TCK()) }
sub say_line { my $line = "$_[0]\\n"; syswrite STDOUT, $line }
sub failed { say_line("failed $_[0]"); exit 1 }
sub leave { unlink $path if $held && is_still_there(); exit 0 }
sub heard {
  my ($number, $echo) = @_;
  my $now = now();
  kill 'ALRM', $$ if $now >= $deadline;
  if (exists $read_at{$echo} && $read_at{$echo} + $hold > $deadline) {
    $deadline = $read_at{$echo} + $hold;
    alarm POSIX::ceil($deadline - $now);
  }
  $beat = $number;
  push @beats, $number unless exists $read_at{$number};
  $read_at{$number} = $now;
  delete $read_at{shift @beats} if @beats > 64;
  if ($held) { is_still_there() or failed("$path was taken away"); utime undef, undef, $file; say_line("beat $beat") }
  else { say_line("busy $beat " . time . ' ' . said()) }
}
sub listen_once {
  my $got = sysread STDIN, $buffer, 4096, length $buffer;
  return if !defined $got && $!{EINTR};
  if (!$got) {
    leave() unless $held;
    # The owner may live on behind a cut connection and trust its lease: the alarm ends this.
    select undef, undef, undef, 60 while 1;
  }
  while ($buffer =~ s/\\A([^\\n]*)\\n//) {
    my $line = $1;
    leave() if $line eq 'end';
    heard($1 + 0, $2 + 0) if $line =~ /\\Abeat (\\d{1,9}) (\\d{1,9})\\z/;
  }
  $buffer = '' if length $buffer > 4096;
}
defined(my $holder = fork) or failed("fork: $!");
if ($holder) {
  1 until waitpid($holder, 0) == $holder;
  exit($? & 127 ? 128 + ($? & 127) : $? >> 8);
}
POSIX::setsid();
$SIG{ALRM} = 'DEFAULT';
POSIX::sigprocmask(POSIX::SIG_SETMASK(), POSIX::SigSet->new);
$read_at{0} = now(); @beats = (0); $deadline = $read_at{0} + $hold;
alarm $hold;
# A connection that ends hangs up; who means this process ends it.
$SIG{HUP} = $SIG{PIPE} = 'IGNORE';
$SIG{TERM} = $SIG{INT} = \\&leave;
umask 022;
mkdir $directory, 0755 or $!{EEXIST} or failed("mkdir $directory: $!");
my @is = lstat $directory or failed("$directory: $!");
S_ISDIR($is[2]) && $is[4] == $> && !($is[2] & 022) or failed("$directory is no directory that only uid $> may write to");
my $gives_up = now() + ($wait > 1 ? $wait : 1);
until ($held) {
  sysopen $file, $path, O_RDWR | O_CREAT | O_NOFOLLOW, 0600 or failed("open $path: $!");
  -f $file or failed("$path is no plain file");
  until (flock $file, LOCK_EX | LOCK_NB) {
    $!{EAGAIN} or failed("flock $path: $!");
    if (now() >= $gives_up) { say_line('taken ' . time . ' ' . said()); exit 0 }
    say_line("busy $beat " . time . ' ' . said()) if $first;
    $first = 0;
    vec(my $in = '', 0, 1) = 1;
    listen_once() if select($in, undef, undef, 0.1) > 0;
  }
  # Who lets go takes the file away: then the lock is on nothing.
  $held = is_still_there();
}
my $left = said();
my $says = time . " $token $who\\n";
truncate $file, 0 and sysseek $file, 0, 0 and (syswrite($file, $says) // 0) == length $says or failed("write $path: $!");
say_line("held $beat " . time . " $left");
listen_once() while 1;
`;

/**
 * Runs a command only while this owner holds the lease, by the node's own look at it: without a lease, or under
 * another's, it says so and ends with 43. Words: directory, address, token, then the command.
 */
export const FENCE_PROGRAM = `${LOOK}
my ($directory, $address, $token, @command) = @ARGV;
$path = "$directory/$address.lease";
sub refused { print STDERR "code43: the lease of $address is not ours any more\\n"; exit 43 }
sysopen $file, $path, O_RDONLY | O_NOFOLLOW or refused();
said() =~ /\\A\\d+ \\Q$token\\E / or refused();
refused() if flock $file, LOCK_SH | LOCK_NB;
close $file;
exec { $command[0] } @command or do { print STDERR "$command[0]: $!\\n"; exit 127 };
`;

/** Says of every lease: address, held or not, the node's time, when a beat came last, what it says. Word: directory. */
export const DESCRIBE_PROGRAM = `${LOOK}
my ($directory) = @ARGV;
my ($found, $list) = (0);
opendir $list, $directory or do { exit 0 if $!{ENOENT}; die "$directory: $!\\n" };
for my $name (sort readdir $list) {
  my ($address) = $name =~ /\\A([0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7])\\.lease\\z/ or next;
  last if ++$found > 64;
  $path = "$directory/$name";
  sysopen $file, $path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK or do { next if $!{ENOENT}; die "$path: $!\\n" };
  -f $file or die "$path is no plain file\\n";
  my $is = flock($file, LOCK_SH | LOCK_NB) ? 'dead' : 'live';
  print "$address $is ", time, ' ', (stat $file)[9], ' ', said(), "\\n";
  close $file;
}
`;

/** Takes the file of a lease away if nobody holds it, and says what it found. Words: directory, address. */
export const REMOVE_PROGRAM = `${LOOK}
my ($directory, $address) = @ARGV;
$path = "$directory/$address.lease";
sysopen $file, $path, O_RDWR | O_NOFOLLOW or do { if ($!{ENOENT}) { print "absent\\n"; exit 0 } die "$path: $!\\n" };
flock $file, LOCK_EX | LOCK_NB or do { print "live\\n"; exit 0 };
is_still_there() or do { print "absent\\n"; exit 0 };
unlink $path or die "$path: $!\\n";
print "removed\\n";
`;
