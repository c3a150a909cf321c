/** The names under which this machine's service is addressed: whoever signs for another one is not meant. */
import { hostname as machineName, networkInterfaces } from 'node:os';
import { isEveryAddress, type StartSettings } from './start-settings.ts';

/** In lower case, without ports; IPv6 addresses in brackets. */
export function ownHosts(settings: StartSettings): ReadonlySet<string> {
  const names = [...givenNames(settings), 'localhost', '127.0.0.1', '[::1]', machineName()];
  if (settings.addresses.some(isEveryAddress)) names.push(...addressesOfMachine());
  return new Set(names.flatMap((name) => URL.parse(`http://${name}`)?.hostname ?? []));
}

/** The name in the endpoint, and that in the issuer: whoever names an issuer has given the service that name. */
export const givenNames = ({ hostname, issuer }: Pick<StartSettings, 'hostname' | 'issuer'>): readonly string[] =>
  issuer === undefined ? [hostname] : [hostname, new URL(issuer).hostname];

const addressesOfMachine = (): readonly string[] =>
  Object.values(networkInterfaces()).flatMap((all = []) =>
    all.map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address)),
  );
