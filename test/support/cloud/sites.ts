/** What answers under which host name: as the templates connect distributions, domains and APIs. */
import { distribution } from './cloudfront.ts';
import { type GatewayParts, httpApi } from './http-api.ts';
import type { Hosts } from './identities.ts';
import { restApi } from './rest-api.ts';
import { routedDomain } from './routing-rules.ts';
import type { Site } from './web.ts';

/** As APIs see the edge. */
const edgeIp = '130.176.0.7';

export function sitesOf(parts: GatewayParts, hosts: Hosts): ReadonlyMap<string, Site> {
  const { cloud, onFault, now } = parts;
  const sites = new Map<string, Site>();
  const [api, ...others] = cloud.ofType('AWS::ApiGatewayV2::Api');
  if (others.length > 0) throw new Error('More than one HTTP API has no host here');
  if (api) sites.set(hosts.api, httpApi(api, parts));
  for (const one of cloud.ofType('AWS::CloudFront::Distribution')) {
    sites.set(
      hosts.front,
      distribution(one, { cloud, host: hosts.front, origins: new Map(sites), edgeIp, now, onFault }),
    );
  }
  const apis = cloud.ofType('AWS::ApiGateway::RestApi').map((one) => restApi(one, parts));
  for (const type of [
    'AWS::ApiGatewayV2::DomainName',
    'AWS::ApiGateway::DomainName',
    'AWS::ApiGateway::DomainNameV2',
  ]) {
    for (const domain of cloud.ofType(type)) sites.set(hosts.front, routedDomain(domain, cloud, apis));
  }
  return sites;
}
