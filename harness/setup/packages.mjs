import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { call, onPath } from './shell.mjs';

const SSHD = 'usr/sbin/sshd';
/** Debian's own switch: while this file is there, neither systemd nor init starts the ssh server (README.Debian). */
const SSHD_OFF = 'etc/ssh/sshd_not_to_be_run';

/**
 * What a run on this machine needs beyond Node: by what it is known to be there, which Debian packages bring it, and
 * what is lost without it. Without the first one nothing boots; the next are for config keys, the last for tests only.
 * @type {readonly Part[]}
 */
const PARTS = [
  { program: 'qemu-system-x86_64', packages: ['qemu-system-x86', 'seabios'], lost: 'every boot' },
  { file: 'usr/share/OVMF/OVMF_CODE_4M.fd', packages: ['ovmf'], lost: 'bios: ovmf' },
  { program: 'swtpm', packages: ['swtpm'], lost: 'tpmstate0' },
  { program: 'xorriso', packages: ['xorriso'], lost: 'guest build win11' },
  { program: 'ssh', packages: ['openssh-client'], lost: 'test of what goes over ssh', testsOnly: true },
  { file: SSHD, packages: ['openssh-server'], lost: 'test of what goes over ssh', testsOnly: true },
  { program: 'socat', packages: ['socat'], lost: 'test of sockets over ssh', testsOnly: true },
  {
    program: 'qemu-img',
    packages: ['qemu-utils'],
    lost: 'test against the stand-in Proxmox node',
    testsOnly: true,
  },
];
const SAFELY = ['--no-remove', '--no-install-recommends', '-y'];
const UNKNOWN = /unable to locate package|has no installation candidate/i;
const OUTDATED = /404 +not found|unable to fetch some archives|hash sum mismatch/i;

/**
 * @typedef {object} Part
 * @property {string} [program] on PATH
 * @property {string} [file] below the machine's root
 * @property {readonly string[]} packages
 * @property {string} lost what cannot be had without it
 * @property {boolean} [testsOnly] only tests need it
 */

/**
 * @typedef {object} Machine
 * @property {NodeJS.ProcessEnv} env
 * @property {string} root where the machine's files are: `/`, or a directory in tests
 * @property {(line: string) => void} say
 * @property {boolean} backports take QEMU from the backports of this Debian, whose sources are added if need be
 * @property {'start' | 'test'} need what is to be done here
 */

/**
 * Installs the Debian packages that are missing, if that can be done without harm: never on a Proxmox node (Debian's
 * QEMU conflicts with Proxmox's), never if apt would remove anything, only as root or with passwordless sudo.
 * What it is going to install is said first.
 * @param {Machine} machine
 * @returns {Promise<string[]>} what is missing afterwards and what to do, a sentence each; empty when all is there
 */
export async function installPackages(machine) {
  const { env, say, backports, need } = machine;
  const parts = PARTS.filter(({ testsOnly }) => testsOnly !== true || need === 'test');
  const absent = parts.filter((part) => !isThere(part, machine));
  if (absent.length === 0 && !backports) return [];
  const hypervisor = await whyHypervisor(machine);
  if (hypervisor !== null) {
    say(`${hypervisor}: nothing is installed here, the QEMU that is there is used`);
    // Proxmox's own firmware and swtpm do for the rest.
    const missing = absent.filter(({ program }) => program !== undefined);
    return missing.map(
      ({ program, lost }) =>
        `${program} is not on PATH, and ${hypervisor}, so nothing was installed: no ${lost}`,
    );
  }
  if (!onPath('apt-get', env) || !onPath('dpkg-query', env)) return absent.map(notDebian);
  const wanted = (backports ? parts : absent).flatMap(({ packages }) => packages);
  return install(wanted, machine);
}

/**
 * @param {Part} part
 * @param {Machine} machine
 */
function isThere({ program, file }, { env, root }) {
  return program === undefined ? existsSync(join(root, file ?? '')) : onPath(program, env);
}

/** @param {Part} part */
function notDebian({ program, file, packages, lost }) {
  const what = program ?? `/${file}`;
  return `${what} is missing, and this is no Debian: install what Debian has in ${packages.join(' and ')} yourself; without it no ${lost}`;
}

/**
 * @param {Machine} machine
 * @returns {Promise<string | null>}
 */
async function whyHypervisor({ env, root }) {
  if (existsSync(join(root, 'etc/pve'))) return 'this is a Proxmox node (/etc/pve exists)';
  const { code, stdout } = await call(['dpkg-query', '-W', '-f', '${db:Status-Status}', 'pve-qemu-kvm'], {
    env,
  });
  return code === 0 && stdout.trim() === 'installed'
    ? 'this is a Proxmox node (pve-qemu-kvm is installed)'
    : null;
}

/**
 * @param {readonly string[]} packages
 * @param {Machine} machine
 * @returns {Promise<string[]>}
 */
async function install(packages, machine) {
  const { env, say, backports } = machine;
  const root = await asRoot(env);
  say(`Debian packages needed: ${packages.join(' ')}`);
  if (backports) {
    const problem = await addBackports(machine, root);
    if (problem !== null) return [problem];
  }
  const from = backports ? ['-t', `${codename(machine) ?? ''}-backports`] : [];
  const command = ['apt-get', 'install', ...SAFELY, ...from, ...packages];
  if (root === null) {
    const first = packages.includes('openssh-server') ? `sudo install -D /dev/null /${SSHD_OFF} && ` : '';
    return [
      `${packages.join(', ')}: neither root nor passwordless sudo here; run: ${first}sudo ${command.join(' ')}`,
    ];
  }

  let plan = await simulate(packages, from, env);
  if (plan.code !== 0 && UNKNOWN.test(plan.stderr)) {
    await update(root, machine);
    plan = await simulate(packages, from, env);
  }
  if (plan.code !== 0) return [`apt cannot install ${packages.join(', ')}:\n${plan.stderr.trim()}`];
  if (plan.removes.length > 0)
    return [
      `installing ${packages.join(', ')} would remove ${plan.removes.join(', ')}: nothing was installed. ` +
        'Look into it with: apt-get -s install ' +
        packages.join(' '),
    ];
  say(`apt installs: ${plan.installs.join(' ') || 'nothing new'}`);
  if (plan.installs.includes('openssh-server')) {
    const problem = await keepSshdOff(machine, root);
    if (problem !== null) return [problem];
  }
  return carryOut(command, root, machine);
}

/**
 * Tests start an ssh server of their own, on the loopback interface; the one that the package brings shall not answer
 * to the world for that, neither now nor after the next boot. One that was installed before stays as it is.
 * @param {Machine} machine
 * @param {readonly string[]} root
 * @returns {Promise<string | null>} why it could not
 */
async function keepSshdOff(machine, root) {
  const file = join(machine.root, SSHD_OFF);
  if (existsSync(join(machine.root, SSHD)) || existsSync(file)) return null;
  machine.say(`the ssh server is for tests and stays off: ${file} (to use it, remove that file)`);
  const { env } = machine;
  const input = 'code43 installed this server for its tests only. Remove this file to have it started.\n';
  // A bare Debian has not even the client, and so not the folder.
  const made = await call([...root, 'mkdir', '-p', dirname(file)], { env });
  const { code, stderr } = made.code === 0 ? await call([...root, 'tee', file], { env, input }) : made;
  return code === 0 ? null : `openssh-server was not installed: cannot write ${file}: ${stderr.trim()}`;
}

/**
 * @param {readonly string[]} command
 * @param {readonly string[]} root
 * @param {Machine} machine
 * @returns {Promise<string[]>}
 */
async function carryOut(command, root, machine) {
  const apt = [...root, 'env', 'DEBIAN_FRONTEND=noninteractive', 'LC_ALL=C', ...command];
  const options = ['-q', '-o', 'DPkg::Lock::Timeout=120', '-o', 'Dpkg::Use-Pty=0'];
  let outcome = await call([...apt, ...options], { env: machine.env });
  if (outcome.code !== 0 && OUTDATED.test(outcome.stderr)) {
    await update(root, machine);
    outcome = await call([...apt, ...options], { env: machine.env });
  }
  if (outcome.code === 0) return [];
  const end = outcome.stderr.trim().split('\n').slice(-6).join('\n');
  return [`${command.join(' ')} failed (exit code ${outcome.code}):\n${end}`];
}

/**
 * @param {readonly string[]} packages
 * @param {readonly string[]} from
 * @param {NodeJS.ProcessEnv} env
 */
async function simulate(packages, from, env) {
  const argv = ['apt-get', '-s', '-q', '--no-install-recommends', ...from, 'install', ...packages];
  const outcome = await call(argv, { env: { ...env, LC_ALL: 'C' } });
  /** @param {string} verb */
  const named = (verb) =>
    [...outcome.stdout.matchAll(new RegExp(`^${verb} (\\S+)`, 'gm'))].map(([, name]) => name ?? '');
  return { ...outcome, installs: named('Inst'), removes: [...named('Remv'), ...named('Purg')] };
}

/**
 * @param {readonly string[]} root
 * @param {Machine} machine
 */
async function update(root, { env, say }) {
  say("apt's package lists are missing or too old: apt-get update");
  const { code, stderr } = await call([...root, 'apt-get', 'update', '-q'], { env });
  if (code !== 0) say(`apt-get update failed: ${stderr.trim().split('\n').at(-1) ?? ''}`);
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<readonly string[] | null>} what to put before a command to run it as root; null where nothing helps
 */
async function asRoot(env) {
  const { code, stdout } = await call(['id', '-u'], { env });
  if (code === 0 && stdout.trim() === '0') return [];
  const sudo = await call(['sudo', '-n', 'true'], { env });
  return sudo.code === 0 ? ['sudo', '-n'] : null;
}

/**
 * @param {Machine} machine
 * @returns {string | null} such as `bookworm`
 */
function codename({ root }) {
  try {
    const release = readFileSync(join(root, 'etc/os-release'), 'utf8');
    return /^VERSION_CODENAME="?([a-z]+)"?$/m.exec(release)?.[1] ?? null;
  } catch {
    return null;
  }
}

/**
 * Adds this Debian's backports, from the mirror that the machine's own sources name.
 * @param {Machine} machine
 * @param {readonly string[] | null} root
 * @returns {Promise<string | null>} why it could not
 */
async function addBackports(machine, root) {
  const { env, say } = machine;
  const name = codename(machine);
  if (name === null) return 'backports: /etc/os-release names no Debian release';
  const format = '$(SITE) $(RELEASE) $(COMPONENT)';
  const { stdout } = await call(['apt-get', 'indextargets', '--format', format, 'Created-By: Packages'], {
    env,
  });
  const sources = stdout.split('\n').map((line) => line.trim().split(' '));
  if (sources.some(([, release]) => release === `${name}-backports`)) return null;
  const site = sources.find(([, release, component]) => release === name && component === 'main')?.[0] ?? '';
  if (!/^https?:\/\/[\w.:/~-]+$/.test(site)) return `backports: apt's sources name no mirror for ${name}`;

  const file = join(machine.root, 'etc/apt/sources.list.d/code43-backports.sources');
  const text = [
    'Types: deb',
    `URIs: ${site}`,
    `Suites: ${name}-backports`,
    'Components: main',
    'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg',
  ].join('\n');
  if (root === null)
    return `backports: neither root nor passwordless sudo here; put this into ${file}:\n${text}`;
  say(`adding ${file}: ${name}-backports from ${site}`);
  const { code, stderr } = await call([...root, 'tee', file], { env, input: `${text}\n` });
  if (code !== 0) return `backports: cannot write ${file}: ${stderr.trim()}`;
  await update(root, machine);
  return null;
}
