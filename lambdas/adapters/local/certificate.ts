/** The certificate of the https port: kept in a folder, and made anew when it ends soon or lacks a name. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import type { Issued } from './certificate-authority.ts';

export interface Certificate {
  /** PEM. */
  readonly key: string;
  /** PEM, the leaf alone: clients know the CA. */
  readonly cert: string;
  /** The file to trust. */
  readonly caFile: string;
}

const dayMs = 24 * 3_600_000;
/** Apple's platforms refuse more than 825 days, even under a CA that the user trusts. */
const lifeDays = 820;
const renewedBeforeDays = 30;

/** `folder` is made when missing; what it holds is used again while it names all of `names` and lives long enough. */
export async function haveCertificate(folder: string, names: readonly string[], now: number): Promise<Certificate> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const kept = await readKept(folder);
  const { key, cert } = kept && isFitting(kept, names, now) ? kept : await renew(folder, names, now);
  return { key, cert, caFile: join(folder, 'ca.crt') };
}

function isFitting({ ca, key, cert }: Issued, names: readonly string[], now: number): boolean {
  try {
    const leaf = new X509Certificate(cert);
    return (
      Date.parse(leaf.validTo) > now + renewedBeforeDays * dayMs &&
      leaf.verify(new X509Certificate(ca).publicKey) &&
      leaf.checkPrivateKey(createPrivateKey(key)) &&
      names.every((name) => (isIP(name) ? leaf.checkIP(name) : leaf.checkHost(name)) !== undefined)
    );
  } catch {
    return false; // What cannot be read is replaced.
  }
}

async function readKept(folder: string): Promise<Issued | undefined> {
  try {
    const read = (name: string) => readFile(join(folder, name), 'utf8');
    const [ca, key, cert] = await Promise.all([read('ca.crt'), read('server.key'), read('server.crt')]);
    return { ca, key, cert };
  } catch {
    return undefined;
  }
}

/** Files that a crash left behind in part do not fit together, and are made anew at the next start. */
async function renew(folder: string, names: readonly string[], now: number): Promise<Issued> {
  const { issue } = await import('./certificate-authority.ts');
  const issued = await issue(names, { from: now - dayMs, to: now + lifeDays * dayMs });
  await replaceFile(join(folder, 'server.key'), issued.key, 0o600);
  await replaceFile(join(folder, 'server.crt'), issued.cert, 0o644);
  await replaceFile(join(folder, 'ca.crt'), issued.ca, 0o644);
  return issued;
}

async function replaceFile(path: string, text: string, mode: number): Promise<void> {
  await writeFile(`${path}.new`, text, { mode });
  await rename(`${path}.new`, path);
}
