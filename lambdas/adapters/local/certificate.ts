/** The certificate of the https port: a leaf for this machine's names under a CA of its own, kept and renewed. */
import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import type { Issued } from './certificate-authority.ts';
import { nameConstraints } from './name-constraints.ts';

export interface Certificate {
  /** PEM. */
  readonly key: string;
  /** PEM, the leaf alone: clients know the CA. */
  readonly cert: string;
  /** The file to trust. */
  readonly caFile: string;
  /** When to ask again. */
  readonly renewAt: number;
}

const DAY_MS = 24 * 3_600_000;
const CA_DAYS = 3650;
/** Apple's platforms refuse more than 825 days, even under a CA that the user trusts. */
const LEAF_DAYS = 397;
const RENEWED_BEFORE_DAYS = 30;

/** `folder` is made when missing; its certificates are used again while they name all of `names` and live long enough. */
export async function haveCertificate(folder: string, names: readonly string[], now: number): Promise<Certificate> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const ca = await haveAuthority(folder, names, now);
  const leaf = await haveLeaf(folder, ca, names, now);
  const renewAt = Date.parse(new X509Certificate(leaf.cert).validTo) - RENEWED_BEFORE_DAYS * DAY_MS;
  return { ...leaf, caFile: join(folder, 'ca.crt'), renewAt };
}

/** The CA must outlive every leaf that it is going to sign. */
async function haveAuthority(folder: string, names: readonly string[], now: number): Promise<Issued> {
  const kept = await readPair(folder, 'ca');
  const needed = now + (LEAF_DAYS + RENEWED_BEFORE_DAYS) * DAY_MS;
  // What the CA may sign for stands in it: its key, wherever it gets, makes no certificate for any other name.
  const isFitting = (cert: X509Certificate) => cert.raw.includes(nameConstraints(names)) && livesUntil(cert, needed);
  if (kept && isFitting(new X509Certificate(kept.cert))) return kept;
  const { issueAuthority } = await import('./certificate-authority.ts');
  return writePair(folder, 'ca', await issueAuthority(names, { from: now - DAY_MS, to: now + CA_DAYS * DAY_MS }));
}

async function haveLeaf(folder: string, ca: Issued, names: readonly string[], now: number): Promise<Issued> {
  const kept = await readPair(folder, 'server');
  if (kept && isLeafFitting(new X509Certificate(kept.cert), ca, names, now)) return kept;
  const { issueLeaf } = await import('./certificate-authority.ts');
  return writePair(folder, 'server', await issueLeaf(ca, names, { from: now - DAY_MS, to: now + LEAF_DAYS * DAY_MS }));
}

function isLeafFitting(leaf: X509Certificate, ca: Issued, names: readonly string[], now: number): boolean {
  return (
    livesUntil(leaf, now + RENEWED_BEFORE_DAYS * DAY_MS) &&
    leaf.verify(new X509Certificate(ca.cert).publicKey) &&
    names.every((name) => (isIP(name) ? leaf.checkIP(name) : leaf.checkHost(name)) !== undefined)
  );
}

const livesUntil = (cert: X509Certificate, time: number): boolean => Date.parse(cert.validTo) > time;

async function readPair(folder: string, name: string): Promise<Issued | undefined> {
  try {
    const [key, cert] = await Promise.all(['key', 'crt'].map((end) => readFile(join(folder, `${name}.${end}`), 'utf8')));
    return key && cert ? { key, cert } : undefined;
  } catch {
    return undefined;
  }
}

/** The certificate goes last: a pair that a crash cut in two does not fit and is made anew. */
async function writePair(folder: string, name: string, pair: Issued): Promise<Issued> {
  await replaceFile(join(folder, `${name}.key`), pair.key, 0o600);
  await replaceFile(join(folder, `${name}.crt`), pair.cert, 0o644);
  return pair;
}

async function replaceFile(path: string, text: string, mode: number): Promise<void> {
  await writeFile(`${path}.new`, text, { mode });
  await rename(`${path}.new`, path);
}
