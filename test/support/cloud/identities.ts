/** What the resources of the templates become: names, ids and ARNs, as an account would hand them out. */
import { createHash } from 'node:crypto';
import type { KeyRing } from './key-ring.ts';
import type { Identity, Place, Resource } from './template.ts';

export interface Hosts {
  /** Of the distribution, or of the custom domain: the way in. */
  readonly front: string;
  /** Of the API that stands behind a distribution, or is the way in itself. */
  readonly api: string;
}

export interface Stand {
  /** Tells this deployment from all others: CloudFormation makes names that nobody has yet. */
  readonly run: string;
  readonly account: string;
  readonly region: string;
  readonly hosts: Hosts;
  readonly keys: KeyRing;
  /** Where queues are reached. */
  readonly queueUrl: string;
  /** Of the templates, where they name one. */
  readonly domainName: string | undefined;
}

type Unidentified = Omit<Resource, 'identity'>;
type Identify = (resource: Unidentified, name: string) => Identity;

export function placeOf(stand: Stand): Place {
  const kinds = kindsOf(stand);
  const hashOf = hasher(stand.run);
  const secrets = new Map<string, string>();
  return {
    account: stand.account,
    region: stand.region,
    partition: 'aws',
    urlSuffix: 'amazonaws.com',
    identify(resource) {
      const identify = kinds[resource.type];
      if (identify === undefined) throw new Error(`Nothing is known of ${resource.type} (${resource.logicalId})`);
      const identity = identify(resource, `${resource.stack}-${resource.logicalId}-${hashOf(resource)}`);
      if (resource.type === 'AWS::SecretsManager::Secret') secrets.set(identity.ref, generateSecret(resource));
      return identity;
    },
    rename: (text) => {
      const renamed = text.replace(/\b[a-z0-9]{10}\.execute-api\.[a-z0-9-]+\.amazonaws\.com\b/g, stand.hosts.api);
      return stand.domainName === undefined ? renamed : renamed.replaceAll(stand.domainName, stand.hosts.front);
    },
    secret(arn) {
      const found = secrets.get(arn);
      if (found === undefined) throw new Error(`There is no secret ${arn}`);
      return found;
    },
  };
}

const hasher =
  (run: string) =>
  ({ stack, logicalId }: Unidentified): string =>
    createHash('sha256').update(`${run}/${stack}/${logicalId}`).digest('hex').slice(0, 12).toUpperCase();

function kindsOf({ run, account, region, hosts, keys, queueUrl }: Stand): Readonly<Record<string, Identify>> {
  const shortHash = hasher(run);
  const idOf = (resource: Unidentified): string => shortHash(resource).toLowerCase().slice(0, 10);
  const arn = (service: string, resource: string, where = region, owner = account): string =>
    `arn:aws:${service}:${where}:${owner}:${resource}`;
  const named = ({ properties }: Unidentified, member: string, name: string): string =>
    String(properties[member] ?? name).slice(0, 255);

  const table: Identify = (resource, name) => {
    const ref = named(resource, 'TableName', name);
    return { ref, attributes: { Arn: arn('dynamodb', `table/${ref}`), TableId: idOf(resource) } };
  };
  const key: Identify = (resource) => {
    const ref = keys.arnOf(resource);
    return { ref: ref.split('/').at(-1) ?? '', attributes: { Arn: ref, KeyId: ref.split('/').at(-1) ?? '' } };
  };
  const domain: Identify = ({ properties }) => {
    const ref = String(properties['DomainName']);
    const attributes = {
      DomainNameArn: `arn:aws:apigateway:${region}::/domainnames/${ref}`,
      RegionalDomainName: `d-${ref}`,
      RegionalHostedZoneId: 'Z0REGIONAL',
    };
    return { ref, attributes };
  };
  const byArn =
    (make: (resource: Unidentified, name: string) => string, ...names: readonly string[]): Identify =>
    (resource, name) => {
      const ref = make(resource, name);
      return { ref, attributes: Object.fromEntries(names.map((one) => [one, ref])) };
    };
  const plain: Identify = (_resource, name) => ({ ref: name, attributes: {} });

  return {
    'AWS::DynamoDB::Table': table,
    'AWS::DynamoDB::GlobalTable': table,
    'AWS::KMS::Key': key,
    'AWS::KMS::Alias': (resource) => ({ ref: String(resource.properties['AliasName']), attributes: {} }),
    'AWS::IAM::Role': (resource, name) => {
      const ref = named(resource, 'RoleName', name).slice(0, 64);
      return { ref, attributes: { Arn: arn('iam', `role/${ref}`, ''), RoleId: `AROA${shortHash(resource)}` } };
    },
    'AWS::IAM::Policy': plain,
    'AWS::Lambda::Function': (resource, name) => {
      const ref = named(resource, 'FunctionName', name).slice(0, 64);
      return { ref, attributes: { Arn: arn('lambda', `function:${ref}`) } };
    },
    'AWS::Lambda::Permission': plain,
    'AWS::Lambda::EventSourceMapping': plain,
    'AWS::Lambda::EventInvokeConfig': plain,
    'AWS::SQS::Queue': (resource, name) => {
      const ref = named(resource, 'QueueName', name).slice(0, 80);
      const url = `${queueUrl}/${account}/${ref}`;
      return { ref: url, attributes: { Arn: arn('sqs', ref), QueueName: ref, QueueUrl: url } };
    },
    'AWS::SQS::QueuePolicy': plain,
    'AWS::Logs::LogGroup': (resource, name) => {
      const ref = named(resource, 'LogGroupName', name);
      return { ref, attributes: { Arn: `${arn('logs', `log-group:${ref}`)}:*` } };
    },
    'AWS::Logs::ResourcePolicy': plain,
    'AWS::Events::Rule': (resource, name) => {
      const ref = named(resource, 'Name', name).slice(0, 64);
      return { ref, attributes: { Arn: arn('events', `rule/${ref}`) } };
    },
    'AWS::SNS::Topic': byArn((_, name) => arn('sns', name), 'TopicArn'),
    'AWS::SNS::TopicPolicy': plain,
    'AWS::SNS::Subscription': plain,
    'AWS::CloudWatch::Alarm': (_, name) => ({ ref: name, attributes: { Arn: arn('cloudwatch', `alarm:${name}`) } }),
    'AWS::CloudWatch::Dashboard': plain,
    'AWS::S3::Bucket': (resource, name) => {
      const ref = named(resource, 'BucketName', name).toLowerCase().slice(0, 63);
      const host = `${ref}.s3.${region}.amazonaws.com`;
      const attributes = {
        Arn: `arn:aws:s3:::${ref}`,
        RegionalDomainName: host,
        DomainName: `${ref}.s3.amazonaws.com`,
      };
      return { ref, attributes };
    },
    'AWS::S3::BucketPolicy': plain,
    'AWS::SecretsManager::Secret': (_, name) => {
      const ref = arn('secretsmanager', `secret:${name}`);
      return { ref, attributes: { Id: ref } };
    },
    'AWS::SecretsManager::ResourcePolicy': plain,
    'AWS::CertificateManager::Certificate': byArn((resource) => arn('acm', `certificate/${idOf(resource)}`)),
    'AWS::WAFv2::WebACL': (resource, name) => {
      const id = idOf(resource);
      return {
        ref: `${name}|${id}|CLOUDFRONT`,
        attributes: { Id: id, Arn: arn('wafv2', `global/webacl/${name}/${id}`) },
      };
    },
    'AWS::WAFv2::WebACLAssociation': plain,
    'AWS::WAFv2::LoggingConfiguration': plain,
    'AWS::Route53::RecordSet': plain,
    'AWS::ApiGatewayV2::Api': (resource) => {
      const ref = idOf(resource);
      return { ref, attributes: { ApiId: ref, ApiEndpoint: `https://${hosts.api}` } };
    },
    'AWS::ApiGatewayV2::Integration': (resource) => ({ ref: idOf(resource), attributes: {} }),
    'AWS::ApiGatewayV2::Route': (resource) => ({ ref: idOf(resource), attributes: {} }),
    'AWS::ApiGatewayV2::Stage': (resource) => ({ ref: String(resource.properties['StageName']), attributes: {} }),
    'AWS::ApiGatewayV2::DomainName': domain,
    'AWS::ApiGatewayV2::RoutingRule': plain,
    'AWS::ApiGateway::DomainName': domain,
    'AWS::ApiGateway::Account': plain,
    'AWS::ApiGateway::RestApi': (resource) => {
      const ref = idOf(resource);
      return { ref, attributes: { RestApiId: ref, RootResourceId: `root-${ref}` } };
    },
    'AWS::ApiGateway::Resource': (resource) => ({ ref: idOf(resource), attributes: { ResourceId: idOf(resource) } }),
    'AWS::ApiGateway::Method': plain,
    'AWS::ApiGateway::Deployment': (resource) => ({
      ref: idOf(resource),
      attributes: { DeploymentId: idOf(resource) },
    }),
    'AWS::ApiGateway::Stage': (resource) => ({ ref: String(resource.properties['StageName']), attributes: {} }),
    'AWS::ApiGateway::UsagePlan': plain,
    'AWS::CloudFront::Distribution': (resource) => {
      const ref = `E${shortHash(resource)}`;
      return { ref, attributes: { Id: ref, DomainName: hosts.front } };
    },
    'AWS::CloudFront::Function': (_, name) => {
      const ref = `arn:aws:cloudfront::${account}:function/${name}`;
      return { ref, attributes: { FunctionARN: ref, 'FunctionMetadata.FunctionARN': ref } };
    },
    'AWS::CloudFront::CachePolicy': (resource) => ({ ref: idOf(resource), attributes: { Id: idOf(resource) } }),
    'AWS::CloudFront::OriginRequestPolicy': (resource) => ({ ref: idOf(resource), attributes: { Id: idOf(resource) } }),
    'AWS::CloudFront::ResponseHeadersPolicy': (resource) => ({
      ref: idOf(resource),
      attributes: { Id: idOf(resource) },
    }),
  };
}

interface Generation {
  readonly PasswordLength?: number;
  readonly SecretStringTemplate?: string;
  readonly GenerateStringKey?: string;
}

/** As the service makes one: of the length that is asked for, 32 characters if none is. */
function generateSecret({ stack, logicalId, properties }: Unidentified): string {
  const { GenerateSecretString, SecretString } = properties;
  if (SecretString !== undefined) throw new Error(`${stack}/${logicalId} carries its secret in the template`);
  const { PasswordLength = 32, SecretStringTemplate, GenerateStringKey } = (GenerateSecretString ?? {}) as Generation;
  const digits = createHash('sha512').update(`${stack}/${logicalId}`).digest('base64url').repeat(4);
  const password = digits.slice(0, PasswordLength);
  if (SecretStringTemplate === undefined || GenerateStringKey === undefined) return password;
  return JSON.stringify({ ...JSON.parse(SecretStringTemplate), [GenerateStringKey]: password });
}
