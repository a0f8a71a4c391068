/** Who asks the API. A token, also one of root@pam, is not root: only a login of root@pam with its password is. */
export type Credentials =
  | { readonly kind: 'token'; /** `ci@pve!code43` */ readonly id: string; readonly secret: string }
  | { readonly kind: 'login'; /** `root@pam` */ readonly user: string; readonly password: string };

const TOKEN =
  /^([^\s:/!@=]{1,60}@[A-Za-z][A-Za-z0-9._-]{1,31}![A-Za-z][A-Za-z0-9._-]{1,100})=([0-9A-Za-z-]{8,100})$/;
const USER = /^[^\s:/!@]{1,60}@[A-Za-z][A-Za-z0-9._-]{1,31}$/;

/**
 * A token as Proxmox VE shows it once, `ci@pve!code43=…`, such as a file holds.
 *
 * @throws RangeError it is none; the text does not stand in the error
 */
export function readToken(text: string): Credentials {
  const [, id, secret] = TOKEN.exec(text.trim()) ?? [];
  if (id === undefined || secret === undefined)
    throw new RangeError('no token of the API: expected user@realm!name=secret, as Proxmox VE shows it once');
  return { kind: 'token', id, secret };
}

/** @throws RangeError they would not reach the API as they are meant; no secret stands in the error */
export function checkCredentials(credentials: Credentials): void {
  if (credentials.kind === 'token') readToken(`${credentials.id}=${credentials.secret}`);
  else if (!USER.test(credentials.user))
    throw new RangeError('no user of the API: expected one such as root@pam');
}

/** For messages: `ci@pve!code43`, `root@pam`. */
export function nameOf(credentials: Credentials): string {
  return credentials.kind === 'token' ? credentials.id : credentials.user;
}

export function isRoot(credentials: Credentials): boolean {
  return credentials.kind === 'login' && credentials.user === 'root@pam';
}
