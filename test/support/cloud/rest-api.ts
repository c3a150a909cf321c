/** A REST API as the templates describe it: its resources, methods and stage. */
import { FunctionError } from './function.ts';
import type { GatewayParts } from './http-api.ts';
import { restAnswer, restEvent } from './rest-event.ts';
import type { Cloud, Resource } from './template.ts';
import { bodyLimit, headerOf, headLimit, jsonAnswer, sizeOfHead, type WebAnswer, type WebRequest } from './web.ts';

export interface RestApi {
  readonly id: string;
  readonly stages: readonly string[];
  /** `fullPath`: as it came in, before a base path was taken off. */
  answer(request: WebRequest, stage: string, fullPath: string): Promise<WebAnswer>;
}

interface Method {
  readonly path: string;
  readonly segments: readonly string[];
  readonly httpMethod: string;
  readonly uri: string;
  readonly asksIam: boolean;
}

export function restApi(api: Resource, parts: GatewayParts): RestApi {
  const { ref: id, attributes } = api.identity;
  if (api.properties['BinaryMediaTypes'] !== undefined) throw new Error('Binary media types are not known here');
  const methods = methodsOf(parts.cloud, id, attributes['RootResourceId'] ?? '');
  const stages = stagesOf(parts.cloud, id);
  const { region, account, partition } = parts.cloud.place;

  async function answer(request: WebRequest, stage: string, fullPath: string): Promise<WebAnswer> {
    if (sizeOfHead(request) > headLimit) return jsonAnswer(431, { message: 'Request Header Fields Too Large' });
    if (request.body.length > bodyLimit) return jsonAnswer(413, { message: 'Request Too Long' });
    const method = findMethod(methods, request);
    const arn = `arn:${partition}:execute-api:${region}:${account}:${id}/${stage}/${request.method}`;
    const caller = method?.asksIam
      ? parts.authorize({ ...request, path: fullPath }, `${arn}${request.path}`)
      : undefined;
    if (method === undefined || (method.asksIam && caller === undefined)) {
      const type = [['x-amzn-errortype', 'MissingAuthenticationTokenException']] as const;
      return jsonAnswer(403, { message: 'Missing Authentication Token' }, type);
    }
    const proxy = /\{(\w+)\+\}$/.exec(method.path)?.[1];
    const event = restEvent(request, {
      account,
      apiId: id,
      stage,
      domainName: headerOf(request, 'host') ?? '',
      resourcePath: method.path,
      pathParameters: parametersIn(method, request.path.split('/'), proxy),
      fullPath,
      caller,
      at: parts.now(),
    });
    try {
      const found = parts.invoker.find(method.uri, 'apigateway.amazonaws.com', `${arn}${method.path}`);
      const result = restAnswer(await found.invoke(event));
      if (result === undefined) throw new Error(`${method.path} answers what no gateway understands`);
      return result;
    } catch (fault) {
      parts.onFault(fault);
      const isLate = fault instanceof FunctionError && fault.message.includes('timed out');
      return isLate
        ? jsonAnswer(504, { message: 'Endpoint request timed out' })
        : jsonAnswer(502, { message: 'Internal server error' });
    }
  }

  return { id, stages, answer };
}

/** Of deployments that are there. */
function stagesOf(cloud: Cloud, apiId: string): readonly string[] {
  const ofApi = (type: string) => cloud.ofType(type).filter(({ properties }) => properties['RestApiId'] === apiId);
  const deployments = new Set(ofApi('AWS::ApiGateway::Deployment').map(({ identity }) => identity.ref));
  return ofApi('AWS::ApiGateway::Stage')
    .filter(({ properties }) => deployments.has(String(properties['DeploymentId'])))
    .map(({ identity }) => identity.ref);
}

function methodsOf(cloud: Cloud, apiId: string, root: string): readonly Method[] {
  const ofApi = (type: string) => cloud.ofType(type).filter(({ properties }) => properties['RestApiId'] === apiId);
  const resources = new Map(ofApi('AWS::ApiGateway::Resource').map((one) => [one.identity.ref, one.properties]));
  const pathOf = (id: string): string => {
    if (id === root) return '';
    const found = resources.get(id);
    if (found === undefined) throw new Error(`The API ${apiId} has no resource ${id}`);
    return `${pathOf(String(found['ParentId']))}/${found['PathPart']}`;
  };
  return ofApi('AWS::ApiGateway::Method').map(({ properties, logicalId }) => {
    const integration = properties['Integration'] as { readonly Type: string; readonly Uri: string } | undefined;
    if (integration?.Type !== 'AWS_PROXY') throw new Error(`${logicalId} leads to no function`);
    const kind = properties['AuthorizationType'] ?? 'NONE';
    if (kind !== 'NONE' && kind !== 'AWS_IAM') throw new Error(`${logicalId} has an unknown authorizer`);
    const path = pathOf(String(properties['ResourceId'])) || '/';
    return {
      path,
      segments: path.split('/'),
      httpMethod: String(properties['HttpMethod']),
      uri: integration.Uri,
      asksIam: kind === 'AWS_IAM',
    };
  });
}

/** A literal part comes before a named one, and that before a greedy one; then a method comes before ANY. */
export function findMethod(
  methods: readonly Method[],
  { method, path }: Pick<WebRequest, 'method' | 'path'>,
): Method | undefined {
  const sent = path.split('/');
  const rank = ({ segments, httpMethod }: Method): string =>
    segments.map((one) => (one.endsWith('+}') ? 2 : one.startsWith('{') ? 1 : 0)).join('') +
    (httpMethod === 'ANY' ? 1 : 0);
  return methods
    .filter(({ httpMethod, segments }) => (httpMethod === method || httpMethod === 'ANY') && covers(segments, sent))
    .toSorted((one, other) => (rank(one) < rank(other) ? -1 : 1))[0];
}

function covers(segments: readonly string[], sent: readonly string[]): boolean {
  const isGreedy = segments.at(-1)?.endsWith('+}') === true;
  if (isGreedy ? sent.length < segments.length : sent.length !== segments.length) return false;
  return segments.every((segment, index) => (segment.startsWith('{') ? sent[index] !== '' : segment === sent[index]));
}

function parametersIn({ segments }: Method, sent: readonly string[], proxy: string | undefined) {
  const entries = segments.flatMap((segment, index): [string, string][] => {
    const name = /^\{(\w+)\+?\}$/.exec(segment)?.[1];
    if (name === undefined) return [];
    return [[name, name === proxy ? sent.slice(index).join('/') : (sent[index] ?? '')]];
  });
  return entries.length === 0 ? null : Object.fromEntries(entries);
}
