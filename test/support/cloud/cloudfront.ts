/** A distribution as the templates describe it: behaviours by path, the function of viewers, a cache, and its origins. */
import { type ViewerFunction, viewerFunction } from './cloudfront-function.ts';
import type { Cloud, Resource } from './template.ts';
import {
  forwardedFor,
  type Header,
  headerOf,
  jsonAnswer,
  type Site,
  type WebAnswer,
  type WebRequest,
  withoutHeaders,
} from './web.ts';

export interface EdgeOptions {
  readonly cloud: Cloud;
  readonly host: string;
  /** The sites behind it, by host. */
  readonly origins: ReadonlyMap<string, Site>;
  /** As origins see the edge. */
  readonly edgeIp: string;
  readonly now: () => number;
  readonly onFault: (fault: unknown) => void;
}

interface Behaviour {
  readonly PathPattern?: string;
  readonly TargetOriginId: string;
  readonly AllowedMethods?: readonly string[];
  readonly CachePolicyId: string;
  readonly OriginRequestPolicyId?: string;
  readonly ViewerProtocolPolicy: string;
  readonly FunctionAssociations?: readonly { readonly EventType: string; readonly FunctionARN: string }[];
  readonly LambdaFunctionAssociations?: readonly unknown[];
}

interface Origin {
  readonly Id: string;
  readonly DomainName: string;
  readonly OriginPath?: string;
  readonly OriginCustomHeaders?: readonly { readonly HeaderName: string; readonly HeaderValue: string }[];
  readonly CustomOriginConfig?: { readonly OriginProtocolPolicy: string };
}

interface DistributionConfig {
  readonly Enabled: boolean;
  readonly Origins: readonly Origin[];
  readonly DefaultCacheBehavior: Behaviour;
  readonly CacheBehaviors?: readonly Behaviour[];
}

// Managed policies have the same ids in every account.
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const allViewerExceptHostHeader = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

export function distribution(resource: Resource, options: EdgeOptions): Site {
  // As CloudFormation has it.
  const config = resource.properties['DistributionConfig'] as DistributionConfig;
  const functions = new Map(
    options.cloud
      .ofType('AWS::CloudFront::Function')
      .map((one) => [
        one.identity.ref,
        viewerFunction(requireSource(one), { id: resource.identity.ref, host: options.host }),
      ]),
  );
  const cached = new Map<string, Kept>();

  return async (request) => {
    try {
      const behaviour = behaviourOf(config, request.path);
      if (!(behaviour.AllowedMethods ?? ['GET', 'HEAD']).includes(request.method)) return forbidden();
      const verdict = (await functionOf(behaviour, functions)?.(request)) ?? { request };
      if ('answer' in verdict) return verdict.answer;
      const policy = cachePolicyOf(behaviour, options.cloud);
      return await fromCache({ policy, cached, now: options.now }, verdict.request, () =>
        forward(config, behaviour, policy, verdict.request, options),
      );
    } catch (fault) {
      options.onFault(fault);
      return jsonAnswer(502, { message: 'The edge cannot answer' }, [['x-cache', 'Error from cloudfront']]);
    }
  };
}

const forbidden = (): WebAnswer => ({
  status: 403,
  headers: [
    ['content-type', 'text/html'],
    ['x-cache', 'Error from cloudfront'],
  ],
  body: Buffer.from('This distribution is not configured to allow the HTTP request method.'),
});

function requireSource({ properties, logicalId }: Resource): string {
  const config = properties['FunctionConfig'] as { readonly Runtime: string } | undefined;
  if (config?.Runtime !== 'cloudfront-js-2.0') throw new Error(`${logicalId} runs on another runtime`);
  if (properties['AutoPublish'] !== true) throw new Error(`${logicalId} is not published`);
  return String(properties['FunctionCode']);
}

/** The first behaviour whose pattern fits, in the order of the template. */
function behaviourOf({ CacheBehaviors = [], DefaultCacheBehavior }: DistributionConfig, path: string): Behaviour {
  return CacheBehaviors.find(({ PathPattern = '' }) => fits(PathPattern, path)) ?? DefaultCacheBehavior;
}

function fits(pattern: string, path: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^/?${source}$`).test(path);
}

function functionOf(
  { FunctionAssociations = [], LambdaFunctionAssociations = [] }: Behaviour,
  functions: ReadonlyMap<string, ViewerFunction>,
): ViewerFunction | undefined {
  if (LambdaFunctionAssociations.length > 0) throw new Error('Functions of Lambda at the edge are not known here');
  const [association, ...others] = FunctionAssociations;
  if (association === undefined) return undefined;
  if (others.length > 0 || association.EventType !== 'viewer-request')
    throw new Error('One function, of viewer requests');
  const found = functions.get(association.FunctionARN);
  if (found === undefined) throw new Error(`There is no function ${association.FunctionARN}`);
  return found;
}

interface CachePolicy {
  readonly minimum: number;
  readonly usual: number;
  readonly maximum: number;
  readonly hasQuery: boolean;
  readonly headers: readonly string[];
}

const noCaching: CachePolicy = { minimum: 0, usual: 0, maximum: 0, hasQuery: false, headers: [] };

interface PolicyConfig {
  readonly MinTTL: number;
  readonly DefaultTTL: number;
  readonly MaxTTL: number;
  readonly ParametersInCacheKeyAndForwardedToOrigin: {
    readonly CookiesConfig: { readonly CookieBehavior: string };
    readonly QueryStringsConfig: { readonly QueryStringBehavior: string };
    readonly HeadersConfig: { readonly HeaderBehavior: string; readonly Headers?: readonly string[] };
  };
}

function cachePolicyOf({ CachePolicyId: id }: Behaviour, cloud: Cloud): CachePolicy {
  if (id === cachingDisabled) return noCaching;
  const found = cloud.ofType('AWS::CloudFront::CachePolicy').find(({ identity }) => identity.ref === id);
  if (found === undefined) throw new Error(`Nothing is known of the cache policy ${id}`);
  // As CloudFormation has it.
  const config = found.properties['CachePolicyConfig'] as PolicyConfig;
  const { CookiesConfig, QueryStringsConfig, HeadersConfig } = config.ParametersInCacheKeyAndForwardedToOrigin;
  if (CookiesConfig.CookieBehavior !== 'none') throw new Error('Cookies as part of the cache key are not known here');
  return {
    minimum: config.MinTTL,
    usual: config.DefaultTTL,
    maximum: config.MaxTTL,
    hasQuery: QueryStringsConfig.QueryStringBehavior === 'all',
    headers: (HeadersConfig.Headers ?? []).map((name) => name.toLowerCase()),
  };
}

interface Kept {
  readonly answer: WebAnswer;
  readonly until: number;
}

interface Cache {
  readonly policy: CachePolicy;
  readonly cached: Map<string, Kept>;
  readonly now: () => number;
}

async function fromCache(
  { policy, cached, now }: Cache,
  request: WebRequest,
  fetched: () => Promise<WebAnswer>,
): Promise<WebAnswer> {
  const isCacheable = policy.maximum > 0 && (request.method === 'GET' || request.method === 'HEAD');
  const key = JSON.stringify([
    request.method,
    request.path,
    policy.hasQuery && request.query,
    policy.headers.map((name) => headerOf(request, name)),
  ]);
  const kept = isCacheable ? cached.get(key) : undefined;
  if (kept !== undefined && kept.until > now()) return withCacheHeader(kept.answer, 'Hit from cloudfront');
  const answer = await fetched();
  const seconds = isCacheable && answer.status === 200 ? lifetime(answer, policy) : 0;
  if (seconds > 0) cached.set(key, { answer, until: now() + seconds * 1000 });
  return withCacheHeader(answer, answer.status < 400 ? 'Miss from cloudfront' : 'Error from cloudfront');
}

function lifetime(answer: WebAnswer, { minimum, usual, maximum }: CachePolicy): number {
  const control = headerOf(answer, 'cache-control') ?? '';
  const asked = /\b(?:no-store|no-cache|private)\b/.test(control)
    ? 0
    : Number(/max-age=(\d+)/.exec(control)?.[1] ?? usual);
  return Math.min(Math.max(asked, minimum), maximum);
}

const withCacheHeader = ({ headers, ...answer }: WebAnswer, value: string): WebAnswer => ({
  ...answer,
  headers: [...headers, ['x-cache', value], ['via', '1.1 edge.cloudfront.net (CloudFront)']],
});

async function forward(
  { Origins }: DistributionConfig,
  behaviour: Behaviour,
  policy: CachePolicy,
  request: WebRequest,
  { origins, edgeIp }: EdgeOptions,
): Promise<WebAnswer> {
  const origin = Origins.find(({ Id }) => Id === behaviour.TargetOriginId);
  const site = origins.get(origin?.DomainName ?? '');
  if (origin === undefined || site === undefined) throw new Error(`There is no origin ${behaviour.TargetOriginId}`);
  if (origin.CustomOriginConfig?.OriginProtocolPolicy !== 'https-only') throw new Error('Origins are reached by https');
  if (behaviour.ViewerProtocolPolicy === 'allow-all') throw new Error('Viewers come by https');
  const forwarded = forwardedHeaders(behaviour, policy, request);
  const custom = (origin.OriginCustomHeaders ?? []).map(
    ({ HeaderName, HeaderValue }) => [HeaderName, HeaderValue] as const,
  );
  // Whoever sends one of these is overruled.
  const own = custom.map(([name]) => name.toLowerCase());
  return site({
    ...request,
    path: `${origin.OriginPath ?? ''}${request.path}`,
    query: behaviour.OriginRequestPolicyId !== undefined || policy.hasQuery ? request.query : '',
    headers: [
      ...withoutHeaders(forwarded, ...own, 'host', 'x-forwarded-for', 'via', 'connection'),
      ['host', origin.DomainName],
      ['x-forwarded-for', forwardedFor(request)],
      ['via', '2.0 edge.cloudfront.net (CloudFront)'],
      ['x-amz-cf-id', 'cf-request-id'],
      ...custom,
    ],
    sourceIp: edgeIp,
  });
}

function forwardedHeaders(
  { OriginRequestPolicyId }: Behaviour,
  policy: CachePolicy,
  request: WebRequest,
): readonly Header[] {
  if (OriginRequestPolicyId === allViewerExceptHostHeader) return request.headers;
  if (OriginRequestPolicyId !== undefined) throw new Error(`Nothing is known of the policy ${OriginRequestPolicyId}`);
  return request.headers.filter(([name]) => policy.headers.includes(name.toLowerCase()));
}
