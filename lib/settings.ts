/** What a deployment is told by `-c key=value` or cdk.json: one typed object, or a refusal that says what is allowed. */
import { type Limits, LimitsRefused, requireLimits } from '../lambdas/core/contract/limits-document.ts';
import { type Profile, profiles } from './profiles.ts';
import { regionsWithoutEdgeLogs } from './regions.ts';
import { type Context, contextReader, SettingsRefused } from './settings-reader.ts';

export type Routing = 'edge' | 'direct' | 'rules';

export interface Settings {
  /** First part of the names of the stacks. */
  readonly name: string;
  readonly profile: Profile;
  readonly routing: Routing;
  readonly signing: 'kms' | 'sealed';
  /**
   * Counts up by one to bring in a new pair of KMS keys; the pair before it stays for tokens that it has signed. 0 where
   * there are none; a deployment that turns from `kms` to `sealed` names its last one until all pools have keys anew.
   */
  readonly signingGeneration: number;
  readonly domainName: string | undefined;
  readonly certificateArn: string | undefined;
  /** Where the name of the domain is written; without it that is left to the operator. */
  readonly hostedZone: HostedZone | undefined;
  /** The sender of e-mail; without it messages stay in the outbox. */
  readonly mailFrom: string | undefined;
  readonly sms: 'sns' | 'outbox';
  /** Roles of pools that their texts are sent with; without any, texts are sent with the functions' own rights. */
  readonly smsRoles: readonly string[];
  /** Which functions pools may have run: those with the tag, in this account, or these ARNs alone. */
  readonly triggerFunctions: 'tagged' | readonly string[];
  /** KMS keys that codes may be encrypted with for the pools' own senders. */
  readonly senderKeys: readonly string[];
  readonly alarmEmail: string | undefined;
  readonly logDays: number;
  readonly tableKey: 'aws' | 'cmk';
  /** Of a table that was restored from a backup, in place of the stack's own. */
  readonly restoredTable: string | undefined;
  /** Instances of the function that signs people in, kept warm. */
  readonly provisionedConcurrency: number;
  /** Request units a second at which the table refuses: a bound on what a day can cost. */
  readonly maxReadUnits: number;
  readonly maxWriteUnits: number;
  /** A web ACL of the operator's in place of the one that the profile brings. */
  readonly webAclArn: string | undefined;
  /** Makes the API private to a VPC. */
  readonly vpcEndpointId: string | undefined;
  /** Accepts each signature of a change once. */
  readonly replayGuard: boolean;
  /** Quotas and request rates that are not as usual. */
  readonly limits: Limits;
  readonly account: string | undefined;
  readonly region: string | undefined;
}

export interface HostedZone {
  readonly id: string;
  readonly name: string;
}

/** Where the CLI is signed in; undefined where it is not. */
export interface Surroundings {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
}

const forms = {
  name: { pattern: /^[A-Za-z][A-Za-z0-9-]{0,62}$/, wanted: 'a letter, then letters, digits and hyphens, 63 at most' },
  domainName: {
    pattern: /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/,
    wanted: 'a host name in lower case, such as pools.example.com',
  },
  certificateArn: {
    pattern: /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[A-Za-z0-9-]+$/,
    wanted: 'the ARN of a certificate in ACM',
  },
  hostedZoneId: { pattern: /^[A-Z0-9]{1,32}$/, wanted: 'the id of a hosted zone, such as Z0123456789ABCDEFGHIJ' },
  tableName: { pattern: /^[\w.-]{3,255}$/, wanted: 'the name of a table in DynamoDB' },
  email: { pattern: /^[^\s@<>"]{1,64}@[^\s@<>"]{1,255}$/, wanted: 'an e-mail address' },
  // No wildcards: whoever configures a pool chooses among them.
  triggerFunction: {
    pattern: /^(tagged|none|arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]{1,64}(:[\w-]{1,128})?)$/,
    wanted: 'tagged, none, or ARNs of functions with commas between them',
  },
  keyArn: {
    pattern: /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/,
    wanted: 'ARNs of keys in KMS with commas between them',
  },
  roleArn: {
    pattern: /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=.@/-]{1,576}$/,
    wanted: 'ARNs of roles with commas between them',
  },
  webAclArn: {
    pattern: /^arn:aws[a-z-]*:wafv2:[a-z0-9-]+:\d{12}:(global|regional)\/webacl\/[\w-]+\/[a-f0-9-]+$/,
    wanted: 'the ARN of a web ACL of AWS WAF (wafv2)',
  },
  vpcEndpointId: { pattern: /^vpce-[0-9a-f]{8,17}$/, wanted: 'the id of an interface endpoint, such as vpce-0123abcd' },
  account: { pattern: /^\d{12}$/, wanted: 'twelve digits' },
  region: { pattern: /^[a-z]{2}(-[a-z]+)+-\d$/, wanted: 'a Region, such as eu-central-1' },
} as const;

/** What CloudWatch Logs can be told. */
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const mostUnits = 1_000_000;

export function readSettings(context: Context, surroundings: Surroundings = {}): Settings {
  const read = contextReader(context);
  const profile = read.oneOf('profile', ['sandbox', 'staging', 'production']) ?? 'sandbox';
  const usual = profiles[profile];
  const signing = read.oneOf('signing', ['kms', 'sealed']) ?? 'kms';
  const settings: Settings = {
    name: read.text('name', forms.name) ?? 'Millpond',
    profile,
    routing: read.oneOf('routing', ['edge', 'direct', 'rules']) ?? 'edge',
    signing,
    signingGeneration: read.integer('signingGeneration', { from: 0, to: 9999 }) ?? (signing === 'kms' ? 1 : 0),
    domainName: read.text('domainName', forms.domainName),
    certificateArn: read.text('certificateArn', forms.certificateArn),
    hostedZone: hostedZoneOf(read.text('hostedZoneId', forms.hostedZoneId), read.text('zoneName', forms.domainName)),
    mailFrom: read.text('mailFrom', forms.email),
    sms: read.oneOf('sms', ['sns', 'outbox']) ?? usual.sms,
    smsRoles: read.texts('smsRoles', forms.roleArn) ?? [],
    triggerFunctions: functionsFrom(read.texts('triggerFunctions', forms.triggerFunction) ?? ['tagged']),
    senderKeys: read.texts('senderKeys', forms.keyArn) ?? [],
    alarmEmail: read.text('alarmEmail', forms.email),
    logDays: read.oneNumberOf('logDays', retentions) ?? usual.logDays,
    tableKey: read.oneOf('tableKey', ['aws', 'cmk']) ?? 'aws',
    restoredTable: read.text('restoredTable', forms.tableName),
    provisionedConcurrency: read.integer('provisionedConcurrency', { from: 0, to: 1000 }) ?? 0,
    maxReadUnits: read.integer('maxReadUnits', { from: 1, to: mostUnits }) ?? usual.maxReadUnits,
    maxWriteUnits: read.integer('maxWriteUnits', { from: 1, to: mostUnits }) ?? usual.maxWriteUnits,
    webAclArn: read.text('webAclArn', forms.webAclArn),
    vpcEndpointId: read.text('vpcEndpointId', forms.vpcEndpointId),
    replayGuard: read.boolean('replayGuard') ?? false,
    limits: limitsFrom(read.document('limits') ?? {}),
    account: read.text('account', forms.account) ?? surroundings.account,
    region: read.text('region', forms.region) ?? surroundings.region,
  };
  read.refuseUnknown();
  requireFitting(settings);
  return settings;
}

function limitsFrom(document: unknown): Limits {
  try {
    return requireLimits(document);
  } catch (error) {
    if (error instanceof LimitsRefused) throw new SettingsRefused(`limits: ${error.message}`);
    throw error;
  }
}

function functionsFrom(said: readonly string[]): Settings['triggerFunctions'] {
  const [first, ...others] = said;
  if (others.length === 0 && first === 'tagged') return first;
  if (others.length === 0 && first === 'none') return [];
  if (said.every((one) => one.startsWith('arn:'))) return said;
  throw new SettingsRefused('triggerFunctions is one of these alone: tagged, none, or the functions that there are.');
}

function hostedZoneOf(id: string | undefined, name: string | undefined): HostedZone | undefined {
  if (id !== undefined && name !== undefined) return { id, name };
  if (id === name) return undefined;
  throw new SettingsRefused('hostedZoneId and zoneName go together: the id of the zone and its name.');
}

/** Each setting is right by itself; these say which do not go together. */
function requireFitting(settings: Settings): void {
  for (const [isWrong, sentence] of misfits) if (isWrong(settings)) throw new SettingsRefused(sentence);
}

type Misfit = readonly [(settings: Settings) => boolean, string];

const isIn = (arn: string | undefined, region: string | undefined): boolean =>
  arn === undefined || region === undefined || arn.split(':')[3] === region;

/** Whether a web ACL of ours stands in front. HTTP APIs take none; what is private is reached from one VPC alone. */
export const hasFirewall = ({ profile, routing, webAclArn, vpcEndpointId }: Settings): boolean =>
  profiles[profile].firewall && routing !== 'direct' && webAclArn === undefined && vpcEndpointId === undefined;

const misfits: readonly Misfit[] = [
  [
    ({ signing, signingGeneration }) => signing === 'kms' && signingGeneration === 0,
    'signing=kms needs a generation of keys: signingGeneration begins at 1.',
  ],
  [
    ({ domainName, certificateArn }) => (domainName === undefined) !== (certificateArn === undefined),
    'domainName and certificateArn go together: the certificate is the one for that name.',
  ],
  [
    ({ routing, domainName }) => routing === 'rules' && domainName === undefined,
    'routing=rules needs domainName and certificateArn: its rules belong to a domain name.',
  ],
  [
    ({ routing, domainName }) => routing === 'direct' && domainName !== undefined,
    'routing=direct is served under the name of its API alone: leave domainName out, or use routing=edge or rules.',
  ],
  [
    ({ hostedZone, domainName }) => hostedZone !== undefined && domainName === undefined,
    'hostedZoneId says where domainName is written: give domainName as well.',
  ],
  [
    ({ hostedZone, domainName }) =>
      hostedZone !== undefined && domainName !== hostedZone.name && !domainName?.endsWith(`.${hostedZone.name}`),
    'domainName must lie in the zone that zoneName names.',
  ],
  [
    ({ routing, certificateArn }) => routing === 'edge' && !isIn(certificateArn, 'us-east-1'),
    'With routing=edge the certificate must be in us-east-1, the one Region that CloudFront takes certificates from.',
  ],
  [
    ({ routing, certificateArn, region }) => routing === 'rules' && !isIn(certificateArn, region),
    'With routing=rules the certificate must be in the Region of the deployment.',
  ],
  [
    ({ routing, profile, region = '' }) =>
      routing === 'edge' && profiles[profile].accessLogs && regionsWithoutEdgeLogs.has(region),
    'CloudFront puts no access logs into this Region: use another one, profile=sandbox, or routing=rules or direct.',
  ],
  [
    ({ vpcEndpointId, routing }) => vpcEndpointId !== undefined && routing !== 'rules',
    'vpcEndpointId makes an API private, which only routing=rules can be.',
  ],
  [
    ({ vpcEndpointId, hostedZone }) => vpcEndpointId !== undefined && hostedZone !== undefined,
    'A private domain name is written into a private zone by its operator: leave hostedZoneId and zoneName out.',
  ],
  [
    ({ webAclArn, routing }) => webAclArn !== undefined && routing === 'direct',
    'webAclArn does not go with routing=direct: AWS WAF does not protect HTTP APIs.',
  ],
  [
    ({ webAclArn, routing }) => routing === 'edge' && webAclArn !== undefined && !webAclArn.includes(':global/'),
    'With routing=edge webAclArn must name a web ACL of the scope CLOUDFRONT.',
  ],
  [
    ({ webAclArn, routing }) => routing === 'rules' && webAclArn !== undefined && !webAclArn.includes(':regional/'),
    'With routing=rules webAclArn must name a web ACL of the scope REGIONAL.',
  ],
  [
    (settings) => settings.routing === 'edge' && hasFirewall(settings) && settings.region === undefined,
    'No Region is known, and the firewall of CloudFront must be made in us-east-1: say -c region=<Region>, or sign in.',
  ],
  [
    ({ smsRoles, sms }) => smsRoles.length > 0 && sms === 'outbox',
    'smsRoles are for sms=sns: without it no text message leaves.',
  ],
  [
    ({ provisionedConcurrency, profile }) => provisionedConcurrency > 0 && profile !== 'production',
    'provisionedConcurrency is for profile=production: it costs by the hour whether anybody signs in or not.',
  ],
];
