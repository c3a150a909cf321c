/** Opens the ports of a start: plain HTTP, and HTTPS where it was asked for. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { badMachine } from './cannot-start.ts';
import { haveCertificate } from './certificate.ts';
import { codeOf } from './error-code.ts';
import { type Gateway, type GatewayOptions, startGateway } from './gateway.ts';
import { givenNames } from './own-hosts.ts';
import type { StartSettings } from './start-settings.ts';

export interface Endpoints {
  readonly endpoint: string;
  readonly httpsEndpoint?: string;
  /** The file to trust for `httpsEndpoint`. */
  readonly caFile?: string;
  /** Takes no more requests; resolves once those in flight are answered, after half a second at the latest. */
  close(): Promise<void>;
}

type Parts = Pick<GatewayOptions, 'entry' | 'routes' | 'onFault'>;

export async function openEndpoints(settings: StartSettings, parts: Parts): Promise<Endpoints> {
  const plain = await open(settings, 'port', settings.port, parts);
  const endpoint = `http://${settings.hostname}:${plain.port}`;
  if (settings.httpsPort === undefined) return { endpoint, close: () => plain.close() };
  try {
    const secure = await openSecure(settings, settings.httpsPort, parts);
    return {
      endpoint,
      httpsEndpoint: `https://${settings.hostname}:${secure.port}`,
      caFile: secure.caFile,
      async close() {
        await Promise.all([plain.close(), secure.close()]);
      },
    };
  } catch (error) {
    await plain.close();
    throw error;
  }
}

async function openSecure(settings: StartSettings, port: number, parts: Parts): Promise<Gateway & { caFile: string }> {
  // Nothing is kept in memory mode, but clients read the CA from a file.
  const kept = settings.data && join(settings.data, 'tls');
  const folder = kept ?? (await mkdtemp(join(tmpdir(), 'millpond-')));
  const forget = async () => {
    if (!kept) await rm(folder, { recursive: true, force: true });
  };
  try {
    // Clients look at the real time, whatever the clock of the service says.
    const tls = await haveCertificate(folder, namesOf(settings), Date.now());
    const gateway = await open(settings, 'https-port', port, { ...parts, tls });
    return {
      port: gateway.port,
      caFile: tls.caFile,
      async close() {
        await gateway.close();
        await forget();
      },
    };
  } catch (error) {
    await forget();
    throw error;
  }
}

/** The name in the endpoint first; they all lead here. */
const namesOf = (settings: StartSettings): readonly string[] => {
  const given = givenNames(settings).map((name) => name.replace(/^\[(.*)\]$/, '$1'));
  return [...new Set([...given, 'localhost', '127.0.0.1', '::1'])];
};

type Listening = Parts & Pick<GatewayOptions, 'tls'>;

async function open(settings: StartSettings, option: string, port: number, parts: Listening): Promise<Gateway> {
  const { addresses, hostname } = settings;
  try {
    return await startGateway({ ...parts, port, host: addresses });
  } catch (error) {
    throw badMachine(reason(codeOf(error), { option, port, hostname }), error);
  }
}

interface Tried {
  readonly option: string;
  readonly port: number;
  readonly hostname: string;
}

function reason(code: unknown, { option, port, hostname }: Tried): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use; choose another with --${option}, or 0 for a free one.`;
    case 'EACCES':
      return `Port ${port} is not for this user; choose one above 1023 with --${option}.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This machine has no address ${hostname}; choose another with --host.`;
    default:
      return `Port ${port} of ${hostname} cannot be listened on (${code}).`;
  }
}
