import { words, type Kind } from '../kind.ts';
import { PRODUCT_KEY, word } from '../shapes.ts';

const SECRET = word('secret');
/** One that is a UUID is replaced as such: the same may stand elsewhere, and nothing there says what it is. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const secret = (pattern: RegExp): Kind =>
  words('secrets', SECRET, pattern, {
    accept: (found) => !UUID.test(found) && !/^(?:required|incorrect|expired|bearer|basic)$/i.test(found),
  });

/** What opens something. First in the table: what is inside them is no identity of its own. */
export const SECRETS: readonly Kind[] = [
  {
    name: 'product keys',
    pattern: /(?<![A-Z0-9-])[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}(?![A-Z0-9-])/gi,
    canonical: (found) => found.toUpperCase(),
    shape: PRODUCT_KEY,
    spreads: 'none',
  },
  // Up to its end mark; of one whose end is missing, all that looks like it.
  secret(/(?<=-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----)(?:[\w+/=\s\\.,:;()]|-(?!-)){16,65536}/g),
  // ssh public keys: their bytes name their owner as surely as the words behind them.
  secret(
    /(?<=\b(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d{3}|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com)[ \t]{1,4})AAAA[A-Za-z0-9+/]{16,16384}={0,3}/g,
  ),
  words(
    'user names',
    word('user'),
    /(?<=\b(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d{3}|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com)[ \t]{1,4}\S{20,8192}[ \t]{1,4})[^\s"'<>|;,]{2,200}/g,
  ),
  // Proxmox VE: tickets, and what goes with them.
  secret(/(?<=\bPVE(?:Auth|MailGateway)?Cookie["']?\s{0,2}[=:]\s{0,2}["']?)[^\s"';,]{4,4096}/gi),
  secret(/(?<![\w])PVE:[\w.+-]{1,64}@[\w.-]{1,32}:[0-9A-F]{8}::[A-Za-z0-9+/=]{16,2048}/g),
  secret(/(?<=\bCSRFPreventionToken["'\\]{0,2}\s{0,2}[=:]\s{0,2}["'\\]{0,2})[^\s"';,\\]{4,512}/gi),
  secret(/(?<=(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,32}!)[A-Za-z][\w.-]{1,64}(?![\w.-])/g),
  secret(/(?<=(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,32}![\w.-]{1,64}=)[^\s"',;]{8,256}/g),
  // RFC 9110, 11.6.2: a scheme and what it carries.
  secret(
    /(?<=\b(?:Proxy-)?Authorization["'\\]{0,2}\s{0,2}[:=]\s{0,2}["'\\]{0,2}(?:Bearer|Basic|Token|Digest)[ \t]{1,4})[^\s"'\\,;]{4,8192}/gi,
  ),
  secret(/(?<=\bBearer[ \t]{1,4})[\w.~+/-]{12,8192}={0,2}/g),
  secret(/(?<=\b(?:Set-)?Cookie["']?[ \t]{0,2}[:=][ \t]{0,2}["']?[\w.-]{1,64}=)[^\s"';,]{8,4096}/gi),
  // Forms that say by themselves whose they are: GitHub, GitLab, Slack, AWS, JSON Web Tokens (RFC 7519), crypt(5).
  secret(
    /(?<!\w)(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_\w{20,255}|glpat-[\w-]{16,128}|xox[abeprs]-[\w-]{10,255}|A[KS]IA[0-9A-Z]{16})(?!\w)/g,
  ),
  secret(/(?<![\w-])eyJ[\w-]{8,4096}\.eyJ[\w-]{8,8192}\.[\w-]{8,4096}/g),
  secret(/(?<![\w$])\$(?:[156y]|2[aby]|7|gy)\$[\w./$=,]{8,256}/g),
  // RFC 3986, 3.2.1: what stands between the scheme and the host.
  secret(/(?<=\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/@:"']{0,128}:)[^\s/@"']{1,256}(?=@)/gi),
  words(
    'user names',
    word('user'),
    /(?<=\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@:"']{1,128}(?=(?::[^\s/@"']{1,256})?@)/gi,
  ),
  // Whatever somebody calls a secret.
  secret(
    /(?<=[=: \t"'\\])(?<=(?<![A-Za-z])(?:[a-z0-9]{0,20}[_-])?(?:password|passwd|passphrase|api[_-]?key|access[_-]?key|auth[_-]?key|private[_-]?key|cipassword|psk)["'\\]{0,2}[ \t]{0,2}[=:][ \t]{0,2}["'\\]{0,2})[^\s"'\\&,;<>]{4,1024}/gi,
  ),
  // These are words of plain language, too: "token: expired".
  words(
    'secrets',
    SECRET,
    /(?<=[=: \t"'\\])(?<=(?<![A-Za-z])(?:[a-z0-9]{0,20}[_-])?(?:secret|token|ticket)["'\\]{0,2}[ \t]{0,2}[=:][ \t]{0,2}["'\\]{0,2})[^\s"'\\&,;<>]{4,1024}/gi,
    { accept: (found) => !UUID.test(found) && !/^[a-z]{1,15}[.,]?$/i.test(found) },
  ),
  secret(/(?<=(?:^|\s)--?(?:ci)?(?:password|passwd|token|secret|api-?key)[ \t=]{1,2}["']?)[^\s"']{4,1024}/gi),
  // ssh-keygen -l: the digest of a key names it. A bare SHA-256 stays: it names a file.
  secret(/(?<=\bSHA256:)[A-Za-z0-9+/]{43}(?![A-Za-z0-9+/])/g),
  secret(/(?<=\bMD5:)[0-9a-f]{2}(?::[0-9a-f]{2}){15}(?![:0-9a-f])/gi),
  // A certificate's, as openssl and Proxmox VE write it: SHA-1 or SHA-256 in pairs.
  secret(/(?<![0-9a-f:])[0-9a-f]{2}(?::[0-9a-f]{2}){19}(?:(?::[0-9a-f]{2}){12})?(?![0-9a-f]|:[0-9a-f]{2})/gi),
];
