/** The names under which this machine's service is addressed: whoever signs for another one is not meant. */
import { hostname as machineName, networkInterfaces } from 'node:os';
import { isEveryAddress, type StartSettings } from './start-settings.ts';

/** In lower case, without ports; IPv6 addresses in brackets. */
export function ownHosts({ hostname, addresses, issuer }: StartSettings): ReadonlySet<string> {
  const names = [hostname, 'localhost', '127.0.0.1', '[::1]', machineName()];
  // Whoever names an issuer has given the service that name.
  if (issuer !== undefined) names.push(new URL(issuer).host);
  if (addresses.some(isEveryAddress)) names.push(...addressesOfMachine());
  return new Set(names.flatMap((name) => URL.parse(`http://${name}`)?.hostname ?? []));
}

const addressesOfMachine = (): readonly string[] =>
  Object.values(networkInterfaces()).flatMap((all = []) =>
    all.map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address)),
  );
