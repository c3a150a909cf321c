/** An HTTP API as the templates describe it: its routes, their integrations, its stage. */
import { FunctionError } from './function.ts';
import { httpAnswer, httpEvent, type Route } from './http-event.ts';
import type { Authorize } from './iam-authorizer.ts';
import type { Invoker } from './invoker.ts';
import type { Cloud, Resource } from './template.ts';
import { bodyLimit, headerOf, headLimit, jsonAnswer, type Site, sizeOfHead, type WebRequest } from './web.ts';

export interface GatewayParts {
  readonly cloud: Cloud;
  readonly invoker: Invoker;
  readonly authorize: Authorize;
  readonly now: () => number;
  /** Hears of functions that threw, and of integrations that cannot work. */
  readonly onFault: (fault: unknown) => void;
}

interface HttpRoute {
  readonly key: string;
  readonly method: string;
  readonly segments: readonly string[];
  readonly isGreedy: boolean;
  readonly integrationUri: string;
  readonly asksIam: boolean;
}

const stageName = '$default';

export function httpApi(api: Resource, parts: GatewayParts): Site {
  const { ref: apiId } = api.identity;
  const routes = routesOf(parts.cloud, apiId);
  requireDeployed(parts.cloud, apiId);
  if (api.properties['CorsConfiguration'] !== undefined) throw new Error('CORS is the business of the functions');

  return async (request) => {
    if (sizeOfHead(request) > headLimit) return jsonAnswer(431, { message: 'Request Header Fields Too Large' });
    if (request.body.length > bodyLimit) return jsonAnswer(413, { message: 'Request Entity Too Large' });
    const found = findRoute(routes, request);
    if (found === undefined) return jsonAnswer(404, { message: 'Not Found' });
    const { route, pathParameters } = found;
    const { region, account, partition } = parts.cloud.place;
    const arn = `arn:${partition}:execute-api:${region}:${account}:${apiId}/${stageName}`;
    const caller = route.asksIam ? parts.authorize(request, `${arn}/${request.method}${request.path}`) : undefined;
    if (route.asksIam && caller === undefined) return jsonAnswer(403, { message: 'Forbidden' });
    const event = httpEvent(request, {
      account,
      apiId,
      stage: stageName,
      domainName: headerOf(request, 'host') ?? '',
      route: { key: route.key, pathParameters },
      caller,
      at: parts.now(),
    });
    try {
      const source =
        route.key === '$default' ? '/$default' : `/${request.method}${route.key.slice(route.key.indexOf('/'))}`;
      const answer = httpAnswer(
        await parts.invoker.find(route.integrationUri, 'apigateway.amazonaws.com', `${arn}${source}`).invoke(event),
      );
      if (answer === undefined) throw new Error(`${route.key} answers what no gateway understands`);
      return answer;
    } catch (fault) {
      parts.onFault(fault);
      const isLate = fault instanceof FunctionError && fault.message.includes('timed out');
      return isLate
        ? jsonAnswer(503, { message: 'Service Unavailable' })
        : jsonAnswer(500, { message: 'Internal Server Error' });
    }
  };
}

/** Without a stage that deploys by itself, nothing would be there. */
function requireDeployed(cloud: Cloud, apiId: string): void {
  const stages = cloud.ofType('AWS::ApiGatewayV2::Stage').filter(({ properties }) => properties['ApiId'] === apiId);
  if (!stages.some(({ properties }) => properties['StageName'] === stageName && properties['AutoDeploy'] === true)) {
    throw new Error(`The API ${apiId} has no stage ${stageName} that deploys by itself`);
  }
}

function routesOf(cloud: Cloud, apiId: string): readonly HttpRoute[] {
  const ofApi = (type: string) => cloud.ofType(type).filter(({ properties }) => properties['ApiId'] === apiId);
  const integrations = new Map(
    ofApi('AWS::ApiGatewayV2::Integration').map((one) => [one.identity.ref, one.properties]),
  );
  return ofApi('AWS::ApiGatewayV2::Route').map(({ properties, logicalId }) => {
    const key = String(properties['RouteKey']);
    const integration = integrations.get(String(properties['Target']).replace(/^integrations\//, ''));
    if (integration?.['IntegrationType'] !== 'AWS_PROXY' || integration['PayloadFormatVersion'] !== '2.0') {
      throw new Error(`${logicalId} leads to no function with payload format 2.0`);
    }
    const kind = properties['AuthorizationType'] ?? 'NONE';
    if (kind !== 'NONE' && kind !== 'AWS_IAM') throw new Error(`${logicalId} has an unknown authorizer`);
    const [method = '', path = ''] = key.split(' ');
    return {
      key,
      method,
      segments: path.split('/'),
      isGreedy: path.endsWith('+}'),
      integrationUri: String(integration['IntegrationUri']),
      asksIam: kind === 'AWS_IAM',
    };
  });
}

interface Found {
  readonly route: HttpRoute;
  readonly pathParameters: Route['pathParameters'];
}

/** A full match comes before a greedy one, a method before ANY, and `$default` last. */
export function findRoute(
  routes: readonly HttpRoute[],
  { method, path }: Pick<WebRequest, 'method' | 'path'>,
): Found | undefined {
  const rank = ({ route }: Found): number => (route.isGreedy ? 2 : 0) + (route.method === 'ANY' ? 1 : 0);
  const matching = routes
    .filter((route) => route.method === method || route.method === 'ANY')
    .flatMap((route): Found[] => {
      const pathParameters = parametersIn(route, path.split('/'));
      return pathParameters === undefined ? [] : [{ route, pathParameters }];
    })
    .toSorted((one, other) => rank(one) - rank(other));
  const fallback = routes.find(({ key }) => key === '$default');
  return matching[0] ?? (fallback && { route: fallback, pathParameters: {} });
}

function parametersIn({ segments, isGreedy }: HttpRoute, sent: readonly string[]): Found['pathParameters'] | undefined {
  if (isGreedy ? sent.length < segments.length : sent.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const name = /^\{(.*?)\+?\}$/.exec(segment)?.[1];
    const value = isGreedy && index === segments.length - 1 ? sent.slice(index).join('/') : (sent[index] ?? '');
    if (name === undefined ? segment !== value : value === '') return undefined;
    if (name !== undefined) parameters[name] = value;
  }
  return parameters;
}
