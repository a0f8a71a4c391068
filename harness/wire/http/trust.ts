import type { TLSSocket } from 'node:tls';

/**
 * By what a server's certificate is known. `authorities`: those that Node trusts (NODE_EXTRA_CA_CERTS adds to them).
 * `authority`: this one alone, PEM. `fingerprint`: exactly this certificate, by its SHA-256, whoever signed it.
 */
export type Trust =
  | { readonly by: 'authorities' }
  | { readonly by: 'authority'; readonly pem: string }
  | { readonly by: 'fingerprint'; readonly sha256: string };

/**
 * A SHA-256 fingerprint as certificates' tools print it: `AB:CD:…`, 32 bytes in capitals.
 *
 * @param text with or without colons, in any case
 * @returns null where it is none
 */
export function readFingerprint(text: string): string | null {
  const digits = text.trim().replaceAll(':', '').toUpperCase();
  const pairs = digits.match(/../g);
  return pairs !== null && /^[0-9A-F]{64}$/.test(digits) ? pairs.join(':') : null;
}

/** The server showed another certificate than the one it is known by. */
export class OtherCertificate extends Error {
  override readonly name = 'OtherCertificate';

  constructor(shown: string | null, wanted: string) {
    super(`its certificate has the SHA-256 fingerprint ${shown ?? '(none)'}, not ${wanted}`);
  }
}

/** Options of a TLS connection that follow from a trust. */
export function tlsOptions(trust: Trust): { readonly ca?: string; readonly rejectUnauthorized: boolean } {
  switch (trust.by) {
    case 'authorities':
      return { rejectUnauthorized: true };
    case 'authority':
      return { ca: trust.pem, rejectUnauthorized: true };
    case 'fingerprint':
      // No authority is asked: `checkFingerprint` looks before the first byte is sent.
      return { rejectUnauthorized: false };
  }
}

/** @returns what is wrong with the certificate of a connection whose handshake is done; null: nothing */
export function checkFingerprint(trust: Trust, socket: TLSSocket): OtherCertificate | null {
  if (trust.by !== 'fingerprint') return null;
  const wanted = readFingerprint(trust.sha256);
  const shown = socket.getPeerX509Certificate()?.fingerprint256 ?? null;
  return wanted !== null && shown === wanted ? null : new OtherCertificate(shown, wanted ?? trust.sha256);
}
