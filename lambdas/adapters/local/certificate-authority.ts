/** Issues a certificate for this machine's names, under a CA whose key is forgotten as soon as it has signed. */
import { KeyObject, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import type { JsonGeneralName, X509Certificate, X509CertificateCreateParamsBase } from '@peculiar/x509';

export interface Issued {
  /** The CA's certificate, PEM. */
  readonly ca: string;
  /** The leaf's private key, PEM. */
  readonly key: string;
  /** The leaf, PEM. */
  readonly cert: string;
}

export interface Validity {
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

type Library = typeof import('@peculiar/x509');
type Pair = webcrypto.CryptoKeyPair;

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** Nobody holds the CA's key: whoever trusts the CA trusts this one leaf, and nothing else will ever be under it. */
export async function issue(names: readonly string[], { from, to }: Validity): Promise<Issued> {
  const library = await import('@peculiar/x509');
  const [caKeys, leafKeys] = await Promise.all([makeKeys(), makeKeys()]);
  const dates = { notBefore: new Date(from), notAfter: new Date(to), signingAlgorithm: algorithm };
  const ca = await selfSign(library, caKeys, dates);
  const leaf = await library.X509CertificateGenerator.create({
    ...dates,
    subject: [{ CN: [nameOf(names)] }],
    issuer: ca.subject,
    publicKey: leafKeys.publicKey,
    signingKey: caKeys.privateKey,
    extensions: await leafExtensions(library, ca, leafKeys, names),
  });
  return { ca: pem(ca), key: privatePem(leafKeys), cert: pem(leaf) };
}

const makeKeys = (): Promise<Pair> => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

async function selfSign(
  library: Library,
  keys: Pair,
  dates: X509CertificateCreateParamsBase,
): Promise<X509Certificate> {
  const { BasicConstraintsExtension, KeyUsagesExtension, KeyUsageFlags, SubjectKeyIdentifierExtension } = library;
  const identifier = await SubjectKeyIdentifierExtension.create(keys.publicKey);
  return library.X509CertificateGenerator.createSelfSigned({
    ...dates,
    // With a part of its own, so that lists of trusted certificates tell the CAs of two data folders apart.
    name: [{ CN: [`Millpond local CA ${identifier.keyId.slice(0, 8)}`] }],
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
      identifier,
    ],
  });
}

/** Strict verifiers (Python's from 3.13 on) ask for both key identifiers. */
async function leafExtensions(library: Library, ca: X509Certificate, keys: Pair, names: readonly string[]) {
  const { serverAuth } = library.ExtendedKeyUsage;
  return [
    new library.BasicConstraintsExtension(false, undefined, true),
    new library.KeyUsagesExtension(library.KeyUsageFlags.digitalSignature, true),
    new library.ExtendedKeyUsageExtension([serverAuth]),
    new library.SubjectAlternativeNameExtension(names.map(generalName)),
    await library.SubjectKeyIdentifierExtension.create(keys.publicKey),
    await library.AuthorityKeyIdentifierExtension.create(ca.publicKey),
  ];
}

const generalName = (name: string): JsonGeneralName => ({ type: isIP(name) ? 'ip' : 'dns', value: name });

const nameOf = (names: readonly string[]): string => names[0] ?? 'localhost';

const pem = (certificate: X509Certificate): string => `${certificate.toString('pem')}\n`;

const privatePem = ({ privateKey }: Pair): string =>
  KeyObject.from(privateKey).export({ type: 'pkcs8', format: 'pem' }).toString();
