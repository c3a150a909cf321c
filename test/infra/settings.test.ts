/** What a deployment can be told: what is taken, what is refused, and in which words. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readSettings } from '../../lib/settings.ts';
import { SettingsRefused } from '../../lib/settings-reader.ts';

const certificate = (region: string): string =>
  `arn:aws:acm:${region}:111122223333:certificate/11111111-2222-3333-4444-555555555555`;
const webAcl = (region: string, scope: string): string =>
  `arn:aws:wafv2:${region}:111122223333:${scope}/webacl/front/11111111-2222-3333-4444-555555555555`;

const functionOf = (name: string): string => `arn:aws:lambda:eu-west-1:111122223333:function:${name}`;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** Of limits. */
function aFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'millpond-settings-'));
  folders.push(folder);
  const path = join(folder, 'limits.json');
  writeFileSync(path, text);
  return path;
}

const rules = { routing: 'rules', domainName: 'pools.example.com', certificateArn: certificate('eu-west-1') };

describe('Settings', () => {
  test('of a bare deployment are those of a sandbox at the edge', () => {
    expect(readSettings({})).toEqual({
      name: 'Millpond',
      profile: 'sandbox',
      routing: 'edge',
      signing: 'kms',
      signingGeneration: 1,
      domainName: undefined,
      certificateArn: undefined,
      hostedZone: undefined,
      mailFrom: undefined,
      sms: 'outbox',
      smsRoles: [],
      triggerFunctions: 'tagged',
      senderKeys: [],
      alarmEmail: undefined,
      logDays: 7,
      tableKey: 'aws',
      restoredTable: undefined,
      provisionedConcurrency: 0,
      maxReadUnits: 1000,
      maxWriteUnits: 1000,
      webAclArn: undefined,
      vpcEndpointId: undefined,
      replayGuard: false,
      limits: {},
      account: undefined,
      region: undefined,
    });
  });

  test('are taken as text or as values, from the command line or cdk.json', () => {
    const text = { logDays: '30', replayGuard: 'true', maxReadUnits: '5' };
    const values = { logDays: 30, replayGuard: true, maxReadUnits: 5 };
    expect(readSettings(text)).toEqual(readSettings(values));
    expect(readSettings(values)).toMatchObject(values);
  });

  test('take account and Region from the signed-in CLI unless they are said', () => {
    const cli = { account: '111122223333', region: 'eu-west-1' };
    expect(readSettings({}, cli)).toMatchObject(cli);
    expect(readSettings({ region: 'eu-central-1' }, cli)).toMatchObject({ ...cli, region: 'eu-central-1' });
  });

  test('may be left empty', () => {
    expect(readSettings({ domainName: '', mailFrom: '' })).toEqual(readSettings({}));
  });

  test('take limits as an object, as JSON, or from a file of JSON', () => {
    const limits = { rates: { UserList: 5 }, quotas: { groupsPerPool: 20 } };
    expect(readSettings({ limits }).limits).toEqual(limits);
    expect(readSettings({ limits: aFile(JSON.stringify(limits)) }).limits).toEqual(limits);
    expect(readSettings({ limits: JSON.stringify(limits) }).limits).toEqual(limits);
    expect(readSettings({ limits: '' }).limits).toEqual({});
  });

  test('name functions and keys, several of them with commas', () => {
    const [one, other] = [functionOf('one'), functionOf('other:live')];
    const said = (triggerFunctions: string) => readSettings({ triggerFunctions }).triggerFunctions;
    expect(said(one)).toEqual([one]);
    expect(said(`${one},${other}`)).toEqual([one, other]);
    expect(said('tagged')).toBe('tagged');
    expect(said('none')).toEqual([]);
    const key = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';
    expect(readSettings({ senderKeys: `${key},${key}` }).senderKeys).toEqual([key, key]);
  });

  test('let everything pass that the CDK keeps beside them', () => {
    const foreign = {
      '@aws-cdk/core:target-partitions': ['aws'],
      'aws:cdk:bundling-stacks': [],
      'aws:cdk:enable-path-metadata': true,
      'cli-telemetry': false,
      'acknowledged-issue-numbers': [34892],
      'vpc-provider:account=111122223333:filter.isDefault=true:region=eu-west-1': {},
      'hosted-zone:account=111122223333:domainName=example.com:region=eu-west-1': {},
      'availability-zones:account=111122223333:region=eu-west-1': [],
    };
    expect(readSettings(foreign)).toEqual(readSettings({}));
  });

  test('that nobody knows are refused by name, with what there is', () => {
    expect(() => readSettings({ profil: 'production', stage: 'x' })).toThrow(/^Unknown: profil, stage\. .*profile,/);
    expect(() => readSettings({ 'foo:bar': '1' })).not.toThrow();
  });
});

describe('Settings are refused', () => {
  test.each([
    [{ profile: 'prod' }, 'profile must be one of sandbox, staging, production; it is "prod".'],
    [{ routing: 'Edge' }, 'routing must be one of edge, direct, rules; it is "Edge".'],
    [{ signing: 'hsm' }, 'signing must be one of kms, sealed; it is "hsm".'],
    [{ sms: 'twilio' }, 'sms must be one of sns, outbox; it is "twilio".'],
    [{ tableKey: 'own' }, 'tableKey must be one of aws, cmk; it is "own".'],
    [{ replayGuard: 'yes' }, 'replayGuard must be one of true, false; it is "yes".'],
    [{ name: '1st' }, 'name must be a letter, then letters, digits and hyphens, 63 at most; it is "1st".'],
    [{ logDays: '8' }, /^logDays must be one of 1, 3, 5, .*; it is "8"\.$/],
    [{ signingGeneration: '0' }, 'signing=kms needs a generation of keys: signingGeneration begins at 1.'],
    [{ signingGeneration: '1.5' }, 'signingGeneration must be a whole number from 0 to 9999; it is "1.5".'],
    [{ maxReadUnits: '0' }, 'maxReadUnits must be a whole number from 1 to 1000000; it is "0".'],
    [{ maxWriteUnits: '1e3' }, 'maxWriteUnits must be a whole number from 1 to 1000000; it is "1e3".'],
    [{ mailFrom: 'Ada <ada@example.com>' }, 'mailFrom must be an e-mail address; it is "Ada <ada@example.com>".'],
    [{ triggerFunctions: '*' }, /^triggerFunctions must be tagged, none, or ARNs of functions/],
    [{ triggerFunctions: functionOf('*') }, /^triggerFunctions must be tagged, none, or ARNs of functions/],
    [{ triggerFunctions: `${functionOf('a')},` }, /^triggerFunctions must be tagged, none, or ARNs of functions/],
    [{ triggerFunctions: `tagged,${functionOf('a')}` }, /^triggerFunctions is one of these alone/],
    [{ triggerFunctions: 'none,none' }, /^triggerFunctions is one of these alone/],
    [{ senderKeys: 'alias/codes' }, /^senderKeys must be ARNs of keys in KMS/],
    [{ smsRoles: 'arn:aws:iam::123456789012:role/*', sms: 'sns' }, /^smsRoles must be ARNs of roles/],
    [{ smsRoles: 'arn:aws:iam::123456789012:role/texts' }, /^smsRoles are for sms=sns/],
    [{ alarmEmail: 'ops' }, 'alarmEmail must be an e-mail address; it is "ops".'],
    [{ account: '123' }, 'account must be twelve digits; it is "123".'],
    [{ region: 'Frankfurt' }, 'region must be a Region, such as eu-central-1; it is "Frankfurt".'],
    [{ region: ['eu-west-1'] }, 'region must be a single value.'],
    [{ domainName: 'Pools.Example.com' }, /^domainName must be a host name in lower case/],
    [{ vpcEndpointId: 'vpc-1' }, /^vpcEndpointId must be the id of an interface endpoint/],
    [{ domainName: 'pools.example.com' }, /^domainName and certificateArn go together/],
    [{ certificateArn: certificate('us-east-1') }, /^domainName and certificateArn go together/],
    [{ routing: 'rules' }, /^routing=rules needs domainName and certificateArn/],
    [{ ...rules, routing: 'direct' }, /^routing=direct is served under the name of its API alone/],
    [{ ...rules, routing: 'edge' }, /^With routing=edge the certificate must be in us-east-1/],
    [{ ...rules, region: 'eu-central-1' }, /^With routing=rules the certificate must be in the Region/],
    [{ hostedZoneId: 'Z1' }, /^hostedZoneId and zoneName go together/],
    [{ hostedZoneId: 'Z1', zoneName: 'example.com' }, /^hostedZoneId says where domainName is written/],
    [{ ...rules, hostedZoneId: 'Z1', zoneName: 'ample.com' }, 'domainName must lie in the zone that zoneName names.'],
    [{ vpcEndpointId: 'vpce-0123abcd' }, /^vpcEndpointId makes an API private/],
    [
      { ...rules, vpcEndpointId: 'vpce-0123abcd', hostedZoneId: 'Z1', zoneName: 'example.com' },
      /^A private domain name is written into a private zone by its operator/,
    ],
    [{ routing: 'direct', webAclArn: webAcl('eu-west-1', 'regional') }, /^webAclArn does not go with routing=direct/],
    [{ webAclArn: webAcl('eu-west-1', 'regional') }, /must name a web ACL of the scope CLOUDFRONT/],
    [{ ...rules, webAclArn: webAcl('us-east-1', 'global') }, /must name a web ACL of the scope REGIONAL/],
    [{ profile: 'staging' }, /^No Region is known, and the firewall of CloudFront must be made in us-east-1/],
    [{ profile: 'staging', region: 'eu-south-1' }, /^CloudFront puts no access logs into this Region/],
    [{ restoredTable: 'a table' }, /^restoredTable must be the name of a table in DynamoDB/],
    [{ provisionedConcurrency: '1' }, /^provisionedConcurrency is for profile=production/],
    [{ limits: { quota: {} } }, 'limits: limits cannot have quota, only rates, maximumRates, quotas.'],
    [{ limits: { rates: { UserList: 0 } } }, 'limits: rates.UserList must be a whole number from 1 to 1000000000.'],
    [{ limits: 'nowhere.json' }, 'limits must be a file that can be read; it is "nowhere.json".'],
    [{ limits: aFile('rates: true') }, /^limits must be a file of JSON; ".*limits\.json" is none\.$/],
    [{ limits: '{rates:true}' }, 'limits must be JSON.'],
    [{ limits: aFile('[]') }, 'limits: limits must be an object with members among rates, maximumRates, quotas.'],
  ])('%o', (context, sentence) => {
    const read = () => readSettings(context);
    expect(read).toThrow(SettingsRefused);
    expect(read).toThrow(sentence);
  });
});
