/** The certificate of the https port, as clients meet it. */
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Certificate, haveCertificate } from '../../lambdas/adapters/local/certificate.ts';

const names = ['localhost', '127.0.0.1', '::1'];
const day = 24 * 3_600_000;

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'millpond-tls-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'tls');
}

/** Why a client that trusts `ca` does not trust the server under this name; `undefined` when it does. */
async function objection(certificate: Certificate, name: string, ca: string | undefined): Promise<unknown> {
  const server = createServer({ key: certificate.key, cert: certificate.cert }, (socket) => socket.end());
  server.on('tlsClientError', () => undefined); // What the client says is asserted.
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // It listens on a port.
  const host = '127.0.0.1';
  const socket = connect({ host, port, servername: name, ...(ca === undefined ? {} : { ca }), checkServerIdentity });
  const outcome = await once(socket, 'secureConnect').then(
    () => undefined,
    (error) => error.code,
  );
  socket.destroy();
  server.close();
  return outcome;

  function checkServerIdentity(_: string, { raw }: { raw: Buffer }): Error | undefined {
    const leaf = new X509Certificate(raw);
    const isNamed = (name.includes(':') || /^\d/.test(name) ? leaf.checkIP(name) : leaf.checkHost(name)) !== undefined;
    return isNamed ? undefined : Object.assign(new Error('Another name'), { code: 'ANOTHER_NAME' });
  }
}

describe('the certificate of the https port', () => {
  test('is trusted for every name by a client that trusts the CA, and by no other', async () => {
    const certificate = await haveCertificate(await aFolder(), names, Date.now());
    const ca = await readFile(certificate.caFile, 'utf8');
    expect(await objection(certificate, 'localhost', ca)).toBeUndefined();
    const leaf = new X509Certificate(certificate.cert);
    expect([leaf.checkIP('127.0.0.1'), leaf.checkIP('::1')]).toEqual(['127.0.0.1', '::1']);
    expect(await objection(certificate, 'example.com', ca)).toBe('ANOTHER_NAME');
    expect(await objection(certificate, 'localhost', undefined)).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    const stranger = await haveCertificate(await aFolder(), names, Date.now());
    const other = await readFile(stranger.caFile, 'utf8');
    expect(await objection(certificate, 'localhost', other)).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  });

  test('leaves no key on disk but its own, which its owner alone may read', async () => {
    const folder = await aFolder();
    await haveCertificate(folder, names, Date.now());
    expect((await readdir(folder)).sort()).toEqual(['ca.crt', 'server.crt', 'server.key']);
    expect((await stat(join(folder, 'server.key'))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  test('signs for a server alone, under a CA that is one and nothing else', async () => {
    const { cert, caFile } = await haveCertificate(await aFolder(), names, Date.now());
    const ca = new X509Certificate(await readFile(caFile));
    const leaf = new X509Certificate(cert);
    expect([ca.ca, leaf.ca]).toEqual([true, false]);
    expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(leaf.checkIssued(ca)).toBe(true);
    expect(Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)).toBeLessThanOrEqual(825 * day);
  });

  test('is used again at the next start', async () => {
    const folder = await aFolder();
    const now = Date.now();
    const first = await haveCertificate(folder, names, now);
    expect(await haveCertificate(folder, ['localhost'], now + 780 * day)).toEqual(first);
  });

  test.each([
    ['it ends within 30 days', names, 800 * day],
    ['it lacks a name', [...names, 'dev.localhost'], 0],
  ])('is made anew when %s', async (_, wanted, later) => {
    const folder = await aFolder();
    const now = Date.now();
    const first = await haveCertificate(folder, names, now);
    expect((await haveCertificate(folder, wanted, now + later)).cert).not.toBe(first.cert);
  });

  test.each(['ca.crt', 'server.key', 'server.crt'])('is made anew when %s is damaged', async (file) => {
    const folder = await aFolder();
    const first = await haveCertificate(folder, names, Date.now());
    await writeFile(join(folder, file), 'no longer PEM');
    const second = await haveCertificate(folder, names, Date.now());
    expect(second.cert).not.toBe(first.cert);
    expect(await objection(second, 'localhost', await readFile(second.caFile, 'utf8'))).toBeUndefined();
  });
});
