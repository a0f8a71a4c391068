import { type HostAccess, NotGathered } from './access.ts';

const LIMIT = { seconds: 10, bytes: 262_144 };

/** Names by which a host and its people are known, so that they can be hidden: nothing of this is kept. */
export async function namesOfHost(access: HostAccess): Promise<readonly string[]> {
  const uname = await quiet(access.run(['uname', '-n'], LIMIT).then(({ out }) => out));
  const full = await quiet(access.run(['hostname', '-f'], LIMIT).then(({ out }) => out));
  const hosts = await quiet(access.read('/etc/hosts', LIMIT).then(({ text }) => text));
  const passwd = await quiet(access.read('/etc/passwd', LIMIT).then(({ text }) => text));
  const nodes = await quiet(access.list('/etc/pve/nodes', LIMIT).then((list) => list.join('\n')));
  const fqdn = full.trim();
  return [
    ...new Set(
      [
        uname,
        fqdn,
        fqdn.split('.').slice(1).join('.'),
        ...nodes.split('\n'),
        ...hostsNames(hosts),
        ...usersOf(passwd),
      ]
        .map((name) => name.trim())
        .filter((name) => name.length >= 3),
    ),
  ].toSorted((a, b) => b.length - a.length);
}

/** Names that stand beside addresses other than the loop-back ones. */
function hostsNames(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim().split(/\s+/))
    .filter(
      ([address = '']) => address !== '' && !/^(?:127\.0\.0\.1|::1|fe00|ff0\d|0\.0\.0\.0)/.test(address),
    )
    .flatMap(([, ...names]) => names);
}

/** People, not services: from uid 1000 on (Debian Policy 9.2.2). */
function usersOf(passwd: string): readonly string[] {
  return passwd
    .split('\n')
    .map((line) => line.split(':'))
    .filter(([, , uid = '']) => /^\d+$/.test(uid) && Number(uid) >= 1000 && Number(uid) < 65_000)
    .flatMap(([name = '', , , , gecos = '']) => [name, gecos.split(',')[0] ?? '']);
}

/** What is not there has no names. */
async function quiet(look: Promise<string>): Promise<string> {
  try {
    return await look;
  } catch (error) {
    if (error instanceof NotGathered) return '';
    throw error;
  }
}
