/** Closes the network for tests: whatever is not on this machine is refused, by name and by address. */
import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const marker = Symbol.for('millpond.network-closed');

class NetworkClosed extends Error {
  override readonly name = 'NetworkClosed';
  constructor(host: string) {
    super(`The network is closed in tests: ${host} is not this machine.`);
  }
}

export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (bare === 'localhost' || bare.endsWith('.localhost') || bare === '::1') return true;
  const v4 = bare.replace(/^::ffff:/, '');
  return net.isIPv4(v4) && v4.startsWith('127.');
}

/** The host that `socket.connect(...)` was asked for; undefined for a Unix socket and for the default, localhost. */
function hostOf(args: readonly unknown[]): string | undefined {
  // net.connect() hands its normalized arguments on as one array: [options, callback].
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === 'object' && first !== null) return 'host' in first ? String(first.host) : undefined;
  return typeof second === 'string' ? second : undefined;
}

function closeSockets(): void {
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]): net.Socket {
    const host = hostOf(args);
    if (host !== undefined && host !== 'undefined' && !isLoopback(host)) return this.destroy(new NetworkClosed(host));
    return Reflect.apply(connect, this, args);
  };
  for (const method of ['send', 'connect'] as const) {
    dgram.Socket.prototype[method] = () => {
      throw new NetworkClosed('a datagram');
    };
  }
}

type Callback = (error: Error) => void;

function closeNames(): void {
  const { lookup } = dns;
  const lookupLater = dns.promises.lookup;
  // The casts give the replacements the overloads of what they stand in for.
  dns.lookup = ((host: string, ...rest: unknown[]): void => {
    if (isLoopback(host) || net.isIP(host) !== 0) Reflect.apply(lookup, dns, [host, ...rest]);
    else (rest.at(-1) as Callback)(new NetworkClosed(host));
  }) as typeof dns.lookup;
  dns.promises.lookup = (async (host: string, ...rest: unknown[]) => {
    if (isLoopback(host) || net.isIP(host) !== 0) return Reflect.apply(lookupLater, dns.promises, [host, ...rest]);
    throw new NetworkClosed(host);
  }) as typeof dns.promises.lookup;
}

/** Files share a worker, so this runs before each of them; once is enough. */
if (!Reflect.has(globalThis, marker)) {
  Reflect.set(globalThis, marker, true);
  closeSockets();
  closeNames();
  syncBuiltinESMExports();
}
