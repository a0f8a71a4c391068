/** What Proxmox VE's words mean for whoever asked. */
export type RefusalReason =
  | 'lock-timeout'
  | 'locked'
  | 'changed'
  | 'already-running'
  | 'running'
  | 'not-running'
  | 'no-such-vm'
  | 'vm-exists'
  | 'no-such-snapshot'
  | 'snapshot-exists'
  | 'no-snapshots'
  | 'no-linked-clone'
  | 'still-in-use'
  | 'protected'
  | 'is-template'
  | 'device-in-use'
  | 'shutdown-timeout'
  | 'root-only'
  | 'no-right'
  | 'not-logged-in'
  | 'bad-parameter'
  | 'no-such-node'
  | 'no-such-command'
  | 'not-ready';

interface Row {
  readonly reason: RefusalReason;
  readonly words: RegExp;
  /** Transcripts that have these words, by their names in `transcripts/`; empty: read in the source that is named. */
  readonly seen: readonly string[];
  readonly source?: string;
}

/**
 * Texts by which Proxmox VE's answers are known: its exit codes are leftovers, and its HTTP status says less than its
 * words. The first row that fits counts.
 */
export const REFUSALS: readonly Row[] = [
  // What has the config's lock lets go in time: it can be tried again.
  {
    reason: 'lock-timeout',
    words: /can't lock file '[^']*' - got timeout/,
    seen: ['k01', 'k02', 'e43', 'e44b'],
  },
  // A lock that is written in the config stays until its task, or somebody, takes it away.
  {
    reason: 'locked',
    words: /^VM is locked \([\w-]+\)/m,
    seen: ['k10', 'k11', 'k12', 'k13', 'k14', 'k15', 'k17', 'k18', 'k18c', 'k18e', 'k42', 'k43', 'm54'],
  },
  { reason: 'changed', words: /^checksum mismatch/m, seen: ['b31', 'm5b'] },
  {
    reason: 'already-running',
    words: /^VM \d+ already running/m,
    seen: ['d09', 'n04', 'm65-status'],
  },
  { reason: 'running', words: /^VM \d+ is running - destroy failed/m, seen: ['j23'] },
  { reason: 'not-running', words: /^VM \d+ not running/m, seen: ['g07'] },
  {
    reason: 'no-such-vm',
    words: /^Configuration file '[^']*\.conf' does not exist/m,
    seen: ['a16', 'a21', 'c04', 'j27', 'n02', 'm07', 'm08', 'm93'],
  },
  {
    reason: 'vm-exists',
    words: /^unable to create VM \d+(: config file already exists| - VM \d+ already exists)/m,
    seen: ['j06', 'm61'],
  },
  {
    reason: 'no-such-snapshot',
    words: /^snapshot '[^']*' does not exist/m,
    seen: ['h14', 'h15', 'j07', 'm8a-status'],
  },
  { reason: 'snapshot-exists', words: /^snapshot name '[^']*' already used/m, seen: ['h11'] },
  { reason: 'no-snapshots', words: /^snapshot feature is not available/m, seen: ['h29'] },
  { reason: 'no-linked-clone', words: /^Linked clone feature is not supported/m, seen: ['j05'] },
  { reason: 'still-in-use', words: /^base volume '[^']*' is still in use/m, seen: ['j15'] },
  { reason: 'protected', words: /protection mode enabled/, seen: ['j29'] },
  { reason: 'is-template', words: /^you can't start a vm if it's a template/m, seen: ['j13'] },
  {
    reason: 'device-in-use',
    words: /^PCI device '[^']*' already in use by VMID '\d+'/m,
    seen: ['e03', 'e04-status'],
  },
  { reason: 'shutdown-timeout', words: /^VM quit\/powerdown failed - got timeout/m, seen: ['g23'] },
  {
    reason: 'root-only',
    words: /\bonly root(@pam)? (can|may)\b|^please run as root/im,
    seen: ['m40a', 'm41b', 'm43a', 'm43d', 'm44a', 'm46a', 'm47a', 'm48a', 'm49a', 'm4aa', 'm56'],
    source: 'please run as root: pve-common 9.2.1, PVE/RESTEnvironment.pm',
  },
  { reason: 'no-right', words: /^Permission check failed/m, seen: ['m31', 'm33', 'm34', 'm35'] },
  {
    reason: 'not-logged-in',
    words:
      /^(No ticket|Authentication failed!|authentication failure|Permission denied - invalid csrf token)/m,
    seen: ['m20', 'm21', 'm24', 'm26', 'm27', 'm30'],
  },
  {
    reason: 'bad-parameter',
    words: /^(400 )?(Parameter verification failed|unable to parse option)/m,
    seen: ['a14', 'b03', 'b29', 'h12', 'n03', 'm12', 'm13', 'm95'],
  },
  { reason: 'no-such-node', words: /^hostname lookup '[^']*' failed/m, seen: ['a22', 'm10'] },
  // The node has been started, and its cluster file system has not.
  {
    reason: 'not-ready',
    words: /^(ipcc_send_rec\[\d+\] failed: Connection refused|Unable to load access control list: )/m,
    seen: [],
    source: 'pve-cluster 9.1.6, PVE/Cluster.pm; pve-access-control 9.1.1, PVE/RPCEnvironment.pm',
  },
  { reason: 'no-such-command', words: /: command not found$|: exec: \S+: not found$/m, seen: ['n10'] },
];

/** @param words what came on stderr, in the reason of an HTTP status, or as a task's end. @returns null: not known */
export function refusalReason(words: string): RefusalReason | null {
  return REFUSALS.find((row) => row.words.test(words))?.reason ?? null;
}
