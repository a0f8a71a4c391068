/** The API did not show the certificate it is known by, and was sent nothing. Waiting does not help. */
export class PveUntrusted extends Error {
  override readonly name = 'PveUntrusted';

  constructor(words: string, options?: ErrorOptions) {
    super(
      `${words}; give the SHA-256 fingerprint of the node's certificate (\`pvenode cert info\` there shows it), or its ` +
        'CA (/etc/pve/pve-root-ca.pem)',
      options,
    );
  }
}
