import { generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

/** PEM, as it stands in files. */
export interface Identity {
  cert: string;
  key: string;
}

/** An authority of certificates that nobody trusts unless told to. */
export interface Authority {
  cert: string;
  /** A certificate for these names (`DNS:localhost`, `IP:127.0.0.1`), valid until `notAfter` (default: tomorrow). */
  issue(names: readonly string[], notAfter?: Date): Identity;
}

const DAY_MS = 86_400_000;

/** Makes an authority; its two keys live as long as the test. */
export function makeAuthority(): Authority {
  const keys = newKeys();
  // One for all of them: to make a key, and to read it, takes longer than all else.
  const { publicKey, privateKey } = newKeys();
  const key = forge.pki.privateKeyToPem(privateKey);
  const name = [{ name: 'commonName', value: 'test authority' }];
  const root = newCertificate(keys.publicKey, name, name, tomorrow());
  root.setExtensions([{ name: 'basicConstraints', cA: true, critical: true }]);
  root.sign(keys.privateKey, forge.md.sha256.create());
  return {
    cert: forge.pki.certificateToPem(root),
    issue(names, notAfter = tomorrow()) {
      const cert = newCertificate(publicKey, [{ name: 'commonName', value: 'test' }], name, notAfter);
      cert.setExtensions([{ name: 'subjectAltName', altNames: names.map(altName) }]);
      cert.sign(keys.privateKey, forge.md.sha256.create());
      return { cert: forge.pki.certificateToPem(cert), key };
    },
  };
}

let serials = 0;

function newCertificate(
  publicKey: forge.pki.PublicKey,
  subject: forge.pki.CertificateField[],
  issuer: forge.pki.CertificateField[],
  notAfter: Date,
): forge.pki.Certificate {
  const cert = forge.pki.createCertificate();
  cert.publicKey = publicKey;
  serials += 1;
  // An integer of DER: a leading zero would be one too many.
  cert.serialNumber = `01${serials.toString(16).padStart(6, '0')}`;
  cert.validity.notBefore = new Date(notAfter.getTime() - 2 * DAY_MS);
  cert.validity.notAfter = notAfter;
  cert.setSubject(subject);
  cert.setIssuer(issuer);
  return cert;
}

/** Types of names as RFC 5280 numbers them. */
function altName(name: string): object {
  const value = name.replace(/^(DNS|IP):/, '');
  return name.startsWith('IP:') ? { type: 7, ip: value } : { type: 2, value };
}

function tomorrow(): Date {
  return new Date(Date.now() + DAY_MS);
}

/** Made by OpenSSL: in JavaScript a key takes seconds. */
function newKeys(): forge.pki.rsa.KeyPair {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2_048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const key = forge.pki.privateKeyFromPem(privateKey);
  return { privateKey: key, publicKey: forge.pki.setRsaPublicKey(key.n, key.e) };
}
