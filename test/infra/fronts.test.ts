/** What stands in front of the functions: the distribution, the HTTP API, REST APIs behind a domain name, the firewall. */
import { describe, expect, test } from 'vitest';
import { roomNames } from '../../lib/functions.ts';
import { resourcesOf, routings, stackOf, synthesised } from './synthesised.ts';

type Context = Readonly<Record<string, string>>;

const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555';
const zone = { hostedZoneId: 'Z0123456789', zoneName: 'example.com' };
const named = { ...routings.edge, domainName: 'pools.example.com', certificateArn, ...zone };
const privately = { ...routings.rules, vpcEndpointId: 'vpce-0123abcd' };

const allOf = (context: Context, stack: string, type: string) =>
  resourcesOf(stackOf(synthesised(context), stack), type);
const oneOf = (context: Context, stack: string, type: string) => {
  const [one, ...others] = allOf(context, stack, type);
  if (!one || others.length > 0) throw new Error(`There is not one ${type} in ${stack}`);
  return one.Properties;
};

describe('The distribution', () => {
  const configuration = (context: Context) =>
    oneOf(context, 'Edge', 'AWS::CloudFront::Distribution').DistributionConfig;

  /** AWS names its own policies by these ids. */
  const managed = {
    noCache: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
    allButHost: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
  };

  test('passes calls on whole, and keeps none of them', () => {
    expect(configuration(routings.edge).DefaultCacheBehavior).toMatchObject({
      AllowedMethods: expect.arrayContaining(['POST', 'OPTIONS', 'GET']),
      CachePolicyId: managed.noCache,
      OriginRequestPolicyId: managed.allButHost,
      ViewerProtocolPolicy: 'https-only',
      FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: expect.anything() }],
    });
  });

  test('keeps published documents for as long as they say', () => {
    const [behaviour, ...others] = configuration(routings.edge).CacheBehaviors;
    expect(others).toEqual([]);
    expect(behaviour).toMatchObject({
      PathPattern: '*/.well-known/*',
      AllowedMethods: ['GET', 'HEAD', 'OPTIONS'],
      OriginRequestPolicyId: managed.allButHost,
      FunctionAssociations: [{ EventType: 'viewer-request' }],
    });
    const { CachePolicyConfig: policy } = oneOf(routings.edge, 'Edge', 'AWS::CloudFront::CachePolicy');
    expect(policy).toMatchObject({ MinTTL: 0, DefaultTTL: 0, MaxTTL: 86_400 });
    expect(policy.ParametersInCacheKeyAndForwardedToOrigin).toMatchObject({
      CookiesConfig: { CookieBehavior: 'none' },
      QueryStringsConfig: { QueryStringBehavior: 'none' },
    });
  });

  test('proves itself to its origin with a secret that the template does not hold', () => {
    const [origin, ...others] = configuration(routings.edge).Origins;
    expect(others).toEqual([]);
    expect(origin.CustomOriginConfig).toMatchObject({
      OriginProtocolPolicy: 'https-only',
      OriginSSLProtocols: ['TLSv1.2'],
    });
    const [{ HeaderName, HeaderValue }] = origin.OriginCustomHeaders;
    expect(HeaderName).toBe('x-origin-verify');
    expect(JSON.stringify(HeaderValue)).toContain('{{resolve:secretsmanager:');
  });

  test('speaks HTTP/2 and HTTP/3, over both versions of IP', () => {
    expect(configuration(routings.edge)).toMatchObject({ HttpVersion: 'http2and3', IPV6Enabled: true });
    expect(configuration(routings.edge)).not.toHaveProperty('PriceClass');
  });

  test('has the name of its own with TLS 1.2 and nothing older, written for both versions of IP', () => {
    expect(configuration(named)).toMatchObject({
      Aliases: ['pools.example.com'],
      ViewerCertificate: {
        AcmCertificateArn: certificateArn,
        MinimumProtocolVersion: 'TLSv1.2_2021',
        SslSupportMethod: 'sni-only',
      },
    });
    const records = allOf(named, 'Edge', 'AWS::Route53::RecordSet').map(({ Properties }) => Properties);
    expect(records.map(({ Name, Type, HostedZoneId }) => [Name, Type, HostedZoneId])).toEqual([
      ['pools.example.com.', 'A', 'Z0123456789'],
      ['pools.example.com.', 'AAAA', 'Z0123456789'],
    ]);
  });

  test('writes access logs without cookies outside of sandboxes', () => {
    expect(configuration({ ...routings.edge, profile: 'staging' }).Logging).toMatchObject({
      Bucket: expect.anything(),
    });
    expect(configuration({ ...routings.edge, profile: 'staging' }).Logging.IncludeCookies).not.toBe(true);
    expect(configuration(routings.edge)).not.toHaveProperty('Logging');
    const bucket = oneOf({ ...routings.edge, profile: 'production' }, 'Edge', 'AWS::S3::Bucket');
    expect(bucket.LifecycleConfiguration.Rules).toMatchObject([{ ExpirationInDays: 365, Status: 'Enabled' }]);
  });
});

describe('The firewall', () => {
  test('lets calls of an API pass, counts what its bodies look like, and bounds each address', () => {
    const acl = oneOf({ ...routings.edge, profile: 'production' }, 'Firewall', 'AWS::WAFv2::WebACL');
    expect(acl).toMatchObject({ Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} } });
    const names = acl.Rules.map(({ Name }: { Name: string }) => Name);
    expect(names).toEqual([
      'AWSManagedRulesAmazonIpReputationList',
      'AWSManagedRulesKnownBadInputsRuleSet',
      'AWSManagedRulesCommonRuleSet',
      'RequestsOfAddress',
    ]);
    const counted = acl.Rules[2].Statement.ManagedRuleGroupStatement.RuleActionOverrides;
    expect(counted.map(({ Name }: { Name: string }) => Name)).toContain('CrossSiteScripting_BODY');
    expect(acl.Rules[3].Statement.RateBasedStatement).toEqual({ AggregateKeyType: 'IP', Limit: 10_000 });
    expect(JSON.stringify(acl)).not.toContain('"SampledRequestsEnabled":true');
  });

  test('stands before each REST API where there is no distribution', () => {
    const context = { ...routings.rules, profile: 'staging' };
    expect(oneOf(context, 'Service', 'AWS::WAFv2::WebACL').Scope).toBe('REGIONAL');
    expect(allOf(context, 'Service', 'AWS::WAFv2::WebACLAssociation')).toHaveLength(roomNames.length + 2);
  });

  test("is the operator's where there is one", () => {
    const webAclArn = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/front/11111111-2222-3333-4444-555555555555';
    const context = { ...routings.edge, profile: 'production', webAclArn };
    expect([...synthesised(context).stacks.keys()]).not.toContain('Firewall');
    const { DistributionConfig } = oneOf(context, 'Edge', 'AWS::CloudFront::Distribution');
    expect(DistributionConfig.WebACLId).toBe(webAclArn);
  });
});

describe('The HTTP API', () => {
  const routes = (context: Context) =>
    Object.fromEntries(
      allOf(context, 'Service', 'AWS::ApiGatewayV2::Route').map(({ Properties }) => [
        Properties.RouteKey,
        [Properties.AuthorizationType, JSON.stringify(Properties.Target).match(/RoutesTo(\w+)[0-9A-F]{8}"/)?.[1]],
      ]),
    );

  const besideRooms = {
    'POST /_iam/{action}': ['AWS_IAM', 'Credentials'],
    'GET /{poolId}/.well-known/{proxy+}': ['NONE', 'Wellknown'],
    'HEAD /{poolId}/.well-known/{proxy+}': ['NONE', 'Wellknown'],
    'OPTIONS /{poolId}/.well-known/{proxy+}': ['NONE', 'Wellknown'],
    $default: ['NONE', 'Web'],
  };

  test('has a path for each room behind the edge', () => {
    const rooms = roomNames.map((room) => [
      `POST /_api/${room}`,
      ['NONE', expect.stringMatching(new RegExp(room, 'i'))],
    ]);
    expect(routes(routings.edge)).toEqual({ ...Object.fromEntries(rooms), ...besideRooms });
  });

  test('leads every call to one function without an edge', () => {
    const rooms = { 'POST /': ['NONE', 'Rooms'], 'OPTIONS /': ['NONE', 'Rooms'] };
    expect(routes(routings.direct)).toEqual({ ...rooms, ...besideRooms });
  });

  test('is the only one that may call its functions, and hands over format 2.0', () => {
    for (const { Properties } of allOf(routings.edge, 'Service', 'AWS::Lambda::Permission')) {
      expect(JSON.stringify(Properties)).toMatch(/"apigateway\.amazonaws\.com".*:execute-api:.*RefApi/);
    }
    for (const { Properties } of allOf(routings.edge, 'Service', 'AWS::ApiGatewayV2::Integration')) {
      expect(Properties).toMatchObject({ IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' });
    }
  });

  test('bounds the rate of requests, and logs them outside of sandboxes without headers or queries', () => {
    const stage = (profile: string) => oneOf({ ...routings.edge, profile }, 'Service', 'AWS::ApiGatewayV2::Stage');
    expect(stage('sandbox')).toMatchObject({ AutoDeploy: true, StageName: '$default' });
    expect(stage('sandbox').DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 500, ThrottlingBurstLimit: 500 });
    expect(stage('sandbox')).not.toHaveProperty('AccessLogSettings');
    expect(stage('production').AccessLogSettings.Format).not.toMatch(/header|query|path\b|authorizer/i);
  });
});

describe('REST APIs', () => {
  const apis = (context: Context) =>
    allOf(context, 'Service', 'AWS::ApiGateway::RestApi').map(({ Properties }) => Properties);

  test('are one for each room, one that IAM guards, and one for the rest', () => {
    const names = [...roomNames, 'credentials', 'web'].map((name) => `Millpond-${name}`);
    expect(apis(routings.rules).map(({ Name }) => Name)).toEqual(names);
  });

  test('are reached by their domain name alone', () => {
    for (const api of apis(routings.rules)) {
      expect(api).toMatchObject({ DisableExecuteApiEndpoint: true, EndpointConfiguration: { Types: ['REGIONAL'] } });
    }
    const domain = oneOf({ ...routings.rules, ...zone }, 'Edge', 'AWS::ApiGateway::DomainName');
    expect(domain).toMatchObject({ RoutingMode: 'ROUTING_RULE_ONLY', SecurityPolicy: 'TLS_1_2' });
    // The records for both versions of IP lead somewhere.
    expect(domain.EndpointConfiguration).toEqual({ Types: ['REGIONAL'], IpAddressType: 'dualstack' });
    const records = allOf({ ...routings.rules, ...zone }, 'Edge', 'AWS::Route53::RecordSet');
    expect(records.map(({ Properties }) => Properties.Type)).toEqual(['A', 'AAAA']);
  });

  test('of a VPC are private, and let in whoever comes through its endpoint', () => {
    const condition = { StringNotEquals: { 'aws:SourceVpce': 'vpce-0123abcd' } };
    const denied = expect.arrayContaining([expect.objectContaining({ Effect: 'Deny', Condition: condition })]);
    for (const api of apis(privately)) {
      expect(api.EndpointConfiguration).toEqual({ Types: ['PRIVATE'] });
      expect(api.Policy.Statement).toEqual(denied);
    }
    const domain = oneOf(privately, 'Edge', 'AWS::ApiGateway::DomainNameV2');
    expect(domain).toMatchObject({ RoutingMode: 'ROUTING_RULE_ONLY', EndpointConfiguration: { Types: ['PRIVATE'] } });
    expect(domain.Policy.Statement).toEqual(denied);
    expect(oneOf(privately, 'Edge', 'AWS::ApiGateway::DomainNameAccessAssociation')).toMatchObject({
      AccessAssociationSource: 'vpce-0123abcd',
      AccessAssociationSourceType: 'VPCE',
    });
  });

  test('ask IAM about credentials and about nothing else', () => {
    const { resources } = stackOf(synthesised(routings.rules), 'Service');
    const guarded = Object.entries(resources).filter(
      ([, { Properties }]) => Properties.AuthorizationType === 'AWS_IAM',
    );
    expect(guarded.map(([id, { Properties }]) => [id.slice(0, 18), Properties.HttpMethod])).toEqual([
      ['ApisCredentialsApi', 'POST'],
    ]);
  });
});
