/** Every profile in every routing: what the templates must have, whatever else changes. */
import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, test } from 'vitest';
import { indexes, listedAttributes, ttlAttribute } from '../../lambdas/adapters/dynamodb/keys.ts';
import { findingsOf, profiles, type Resource, resourcesOf, routings, stackOf, synthesised } from './synthesised.ts';

const everything = Object.entries(routings).flatMap(([routing, context]) =>
  profiles.map((profile) => ({ routing, profile, context: { ...context, profile } })),
);

const privately = { ...routings.rules, vpcEndpointId: 'vpce-0123abcd' };
const listed = {
  triggerFunctions: [
    'arn:aws:lambda:eu-west-1:111122223333:function:sign-up',
    'arn:aws:lambda:us-east-1:444455556666:function:tokens:live',
  ].join(),
  senderKeys: 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555',
};
const loud = { mailFrom: 'no-reply@example.com', sms: 'sns', alarmEmail: 'ops@example.com', tableKey: 'cmk' };

/** Options that bring resources of their own, checked like the rest. */
const others = [
  { ...routings.edge, ...loud, profile: 'production', provisionedConcurrency: '2', region: 'us-east-1' },
  { ...routings.rules, ...loud, profile: 'sandbox', replayGuard: 'true' },
  { ...privately, profile: 'sandbox' },
  { ...privately, ...loud, profile: 'production' },
  { ...routings.direct, profile: 'staging', signing: 'sealed' },
  { ...routings.direct, signingGeneration: '4' },
  { ...routings.edge, ...listed },
  { ...routings.direct, ...listed, profile: 'staging' },
  { ...routings.edge, triggerFunctions: 'none' },
] as const;

describe('cdk-nag', () => {
  test.each(everything)('finds nothing unanswered in $routing for $profile', ({ context }) => {
    expect(synthesised(context).findings).toEqual([]);
  });

  test.each(others)('finds nothing unanswered with %o', (context) => {
    expect(synthesised(context).findings).toEqual([]);
  });

  test('looks at what it is given', () => {
    const app = new App();
    new Bucket(new Stack(app, 'Careless'), 'Bucket');
    expect(findingsOf(app)).toContain('AwsSolutions-S1');
  });
});

describe('The stacks', () => {
  test.each([
    ['edge', ['State', 'Firewall', 'Edge', 'Service']],
    ['direct', ['State', 'Service']],
    ['rules', ['State', 'Service', 'Edge']],
  ] as const)('of %s stand in the order of their needs', (routing, names) => {
    const { stacks } = synthesised({ ...routings[routing], profile: 'staging' });
    expect([...stacks.keys()].toSorted()).toEqual([...names].toSorted());
    const state = 'Millpond-State';
    const needs = {
      edge: { Edge: [state, 'Millpond-Firewall'], Service: [state, 'Millpond-Edge'] },
      direct: { Service: [state] },
      rules: { Service: [state], Edge: ['Millpond-Service'] },
    };
    for (const [name, needed] of Object.entries(needs[routing])) {
      expect(stackOf({ stacks, findings: [] }, name).dependsOn).toEqual(expect.arrayContaining(needed));
    }
    expect(stackOf({ stacks, findings: [] }, 'State').dependsOn.filter((id) => !id.endsWith('.assets'))).toEqual([]);
  });

  test('make the firewall of the edge in us-east-1, beside everything else or in a stack of its own', () => {
    const elsewhere = synthesised({ ...routings.edge, profile: 'staging' });
    expect(stackOf(elsewhere, 'Firewall').region).toBe('us-east-1');
    // Two Regions may have deployments of the same name.
    expect(stackOf(elsewhere, 'Firewall').name).toBe('Millpond-Firewall-eu-west-1');
    expect(resourcesOf(stackOf(elsewhere, 'Firewall'), 'AWS::WAFv2::WebACL')[0]?.Properties.Scope).toBe('CLOUDFRONT');
    const [distribution] = resourcesOf(stackOf(elsewhere, 'Edge'), 'AWS::CloudFront::Distribution');
    expect(distribution?.Properties.DistributionConfig.WebACLId['Fn::GetStackOutput'].Region).toBe('us-east-1');
    const there = synthesised({ ...routings.edge, profile: 'staging', region: 'us-east-1' });
    expect([...there.stacks.keys()]).not.toContain('Firewall');
    expect(resourcesOf(stackOf(there, 'Edge'), 'AWS::WAFv2::WebACL')).toHaveLength(1);
  });

  test('take the name that they are given', () => {
    const { stacks } = synthesised({ ...routings.direct, name: 'Another-Pond' });
    expect([...stacks.values()].map(({ name }) => name)).toEqual(['Another-Pond-State', 'Another-Pond-Service']);
  });

  test('hold nothing that CloudFormation would have to run: no custom resources', () => {
    for (const { context } of everything) {
      for (const { text } of synthesised(context).stacks.values()) expect(text).not.toMatch(/"Custom::|CustomResource/);
    }
  });

  test('tell the six things to know, and no secret', () => {
    for (const { context } of everything) {
      const { outputs } = stackOf(synthesised(context), 'Service');
      const names = ['CredentialsEndpoint', 'Dashboard', 'Endpoint', 'IssuerBase', 'Region', 'TableName'];
      expect(
        Object.keys(outputs)
          .filter((name) => !name.startsWith('PublishOutput'))
          .toSorted(),
      ).toEqual(names);
      for (const { outputs: all } of synthesised(context).stacks.values()) {
        expect(JSON.stringify(all)).not.toContain('resolve:secretsmanager');
      }
    }
  });

  test('carry service, profile and version as tags', () => {
    const [table] = resourcesOf(stackOf(synthesised(routings.direct), 'State'), 'AWS::DynamoDB::Table');
    expect(table?.Properties.Tags).toEqual([
      { Key: 'profile', Value: 'sandbox' },
      { Key: 'service', Value: 'millpond' },
      { Key: 'version', Value: '0.0.0' },
    ]);
  });
});

describe('The state', () => {
  const stateOf = (profile: (typeof profiles)[number]) => stackOf(synthesised({ ...routings.edge, profile }), 'State');

  test('has the keys that the stores use, under ids that never change', () => {
    const { resources } = stateOf('production');
    const { Properties: table } = resources['Table'] ?? {};
    expect(table.KeySchema.map(({ AttributeName }: Named) => AttributeName)).toEqual(['PK', 'SK']);
    expect(table.TimeToLiveSpecification).toEqual({ AttributeName: ttlAttribute, Enabled: true });
    const made = table.GlobalSecondaryIndexes.map((index: Index) => [
      index.IndexName,
      ...index.KeySchema.map(({ AttributeName }) => AttributeName),
    ]);
    expect(made).toEqual(Object.entries(indexes).map(([n, { partition, sort }]) => [`GSI${n}`, partition, sort]));
    const projections = table.GlobalSecondaryIndexes.map(({ Projection }: Index) => Projection);
    expect(projections).toEqual([
      { ProjectionType: 'INCLUDE', NonKeyAttributes: [...listedAttributes] },
      ...Array(7).fill({ ProjectionType: 'KEYS_ONLY' }),
    ]);
  });

  test('pins what must never be replaced', () => {
    const { resources } = stackOf(synthesised({ ...routings.edge, profile: 'production' }), 'State');
    expect(Object.keys(resources)).toEqual(
      expect.arrayContaining(['Api', 'OriginSecret', 'SigningAccessKey1', 'SigningIdKey1', 'Table', 'WrapKey']),
    );
  });

  test('is kept and protected in production, kept in staging, and goes with a sandbox', () => {
    const policies = (profile: (typeof profiles)[number]) => {
      const stack = stateOf(profile);
      const { Properties: table } = stack.resources['Table'] ?? {};
      return {
        removal: [...new Set(Object.values(stack.resources).map(({ DeletionPolicy }) => DeletionPolicy))],
        isProtected: stack.isProtected,
        recovery: table.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled,
        deletion: table.DeletionProtectionEnabled,
      };
    };
    const kept = { removal: ['Retain'], recovery: true, deletion: true };
    expect(policies('production')).toEqual({ ...kept, isProtected: true });
    expect(policies('staging')).toEqual({ ...kept, isProtected: false });
    expect(policies('sandbox')).toEqual({ removal: ['Delete'], recovery: false, deletion: false, isProtected: false });
  });

  test('bounds what a day can cost, of the table and of each index', () => {
    const { resources } = stackOf(
      synthesised({ ...routings.direct, maxReadUnits: '70', maxWriteUnits: '80' }),
      'State',
    );
    const { Properties: table } = resources['Table'] ?? {};
    const bound = { MaxReadRequestUnits: 70, MaxWriteRequestUnits: 80 };
    const bounds = [table, ...table.GlobalSecondaryIndexes].map((one) => one.OnDemandThroughput);
    expect(bounds).toEqual(Array(9).fill(bound));
    expect(table.BillingMode).toBe('PAY_PER_REQUEST');
  });

  test('has an encrypted ring key that rotates, and pairs that sign by RS256', () => {
    const { resources } = stateOf('sandbox');
    expect(resources['WrapKey']?.Properties).toMatchObject({ EnableKeyRotation: true });
    for (const id of ['SigningIdKey1', 'SigningAccessKey1']) {
      expect(resources[id]?.Properties).toMatchObject({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
    }
  });

  test('keeps the generation before the newest, and tells functions the eldest first', () => {
    const third = synthesised({ ...routings.direct, signingGeneration: '3' });
    const pairs = Object.keys(stackOf(third, 'State').resources).filter((id) => id.startsWith('Signing'));
    expect(pairs).toEqual(['SigningIdKey2', 'SigningAccessKey2', 'SigningIdKey3', 'SigningAccessKey3']);
    const told = JSON.stringify(variablesOf(third, 'ROOM', 'rooms')['SIGNING_KEYS']);
    expect(told.match(/Signing(Id|Access)Key\d/g)).toEqual(pairs);
  });

  test('has no keys in KMS that sign where keys are sealed, unless some are still in use', () => {
    const sealed = synthesised({ ...routings.direct, signing: 'sealed' });
    expect(Object.keys(stackOf(sealed, 'State').resources).filter((id) => id.startsWith('Signing'))).toEqual([]);
    expect(variablesOf(sealed, 'ROOM', 'rooms')).not.toHaveProperty('SIGNING_KEYS');
    const turning = synthesised({ ...routings.direct, signing: 'sealed', signingGeneration: '1' });
    expect(variablesOf(turning, 'ROOM', 'rooms')).toMatchObject({ SIGNING: 'sealed', SIGNING_KEYS: expect.anything() });
  });

  test('encrypts the table with a key of its own where that is asked for', () => {
    const { resources } = stackOf(synthesised({ ...routings.direct, tableKey: 'cmk' }), 'State');
    expect(resources['Table']?.Properties.SSESpecification).toMatchObject({ SSEEnabled: true, SSEType: 'KMS' });
    expect(resources['TableKey']?.Properties).toMatchObject({ EnableKeyRotation: true });
  });

  test('keeps the table that was lost, and leads functions, roles and alarms to the one that was restored', () => {
    const restored = synthesised({ ...routings.direct, profile: 'staging', restoredTable: 'pond-restored' });
    expect(stackOf(restored, 'State').resources['Table']?.Type).toBe('AWS::DynamoDB::Table');
    const service = stackOf(restored, 'Service');
    expect(variablesOf(restored, 'ROOM', 'rooms')).toMatchObject({ TABLE_NAME: 'pond-restored' });
    expect(service.outputs['TableName']?.Value).toBe('pond-restored');
    expect(service.text).toContain(':table/pond-restored/index/GSI1');
    expect(service.text).not.toMatch(/GetAttTable|RefTable/);
  });

  test('keeps logs for as long as the profile or the operator says', () => {
    const days = (context: Readonly<Record<string, string>>) =>
      new Set(
        resourcesOf(stackOf(synthesised(context), 'State'), 'AWS::Logs::LogGroup').map(
          ({ Properties }) => Properties.RetentionInDays,
        ),
      );
    expect(days(routings.direct)).toEqual(new Set([7]));
    expect(days({ ...routings.direct, profile: 'staging' })).toEqual(new Set([30]));
    expect(days({ ...routings.direct, profile: 'production' })).toEqual(new Set([365]));
    expect(days({ ...routings.direct, logDays: '90' })).toEqual(new Set([90]));
  });
});

describe('The functions', () => {
  test.each(everything)('of $routing for $profile log as JSON into a group that is kept for a time', ({ context }) => {
    for (const one of functionsOf(context)) {
      expect(one.Properties.LoggingConfig).toMatchObject({ LogFormat: 'JSON', LogGroup: expect.anything() });
      expect(one.Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
    }
  });

  test('are one for each room and four beside them, or one for all rooms', () => {
    const names = (context: Readonly<Record<string, string>>) =>
      functionsOf(context).map(({ Properties }) => Properties.Environment.Variables.ROOM);
    const rooms = ['pools', 'clients', 'users', 'groups', 'auth', 'account', 'federation', 'branding', 'imports'];
    const beside = ['wellknown', 'credentials', 'worker', 'web'];
    expect(names(routings.edge)).toEqual([...rooms, ...beside]);
    expect(names(routings.rules)).toEqual([...rooms, ...beside]);
    expect(names(routings.direct)).toEqual(['rooms', ...beside]);
  });

  test('of the API answer before its gateway gives up, the worker has a quarter of an hour', () => {
    const timeouts = Object.fromEntries(
      functionsOf(routings.edge).map(({ Properties: { Environment, Timeout } }) => [
        Environment.Variables.ROOM,
        Timeout,
      ]),
    );
    expect(timeouts['worker']).toBe(900);
    expect(new Set(Object.entries(timeouts).map(([name, s]) => (name === 'worker' ? 29 : s)))).toEqual(new Set([29]));
  });

  test('reserve nothing in a sandbox, and for the worker alone in production', () => {
    const reserved = (profile: string) =>
      functionsOf({ ...routings.edge, profile })
        .filter(({ Properties }) => Properties.ReservedConcurrentExecutions !== undefined)
        .map(({ Properties }) => Properties.Environment.Variables.ROOM);
    expect(reserved('sandbox')).toEqual([]);
    expect(reserved('production')).toEqual(['worker']);
  });

  test('may wake themselves where long jobs are done, and nowhere else', () => {
    const looping = functionsOf(routings.edge).filter(({ Properties }) => Properties.RecursiveLoop === 'Allow');
    expect(looping.map(({ Properties }) => Properties.Environment.Variables.ROOM)).toEqual(['worker']);
  });

  test('are traced in staging and production', () => {
    const modes = (profile: string) =>
      new Set(functionsOf({ ...routings.direct, profile }).map(({ Properties }) => Properties.TracingConfig?.Mode));
    expect(modes('sandbox')).toEqual(new Set([undefined]));
    expect(modes('production')).toEqual(new Set(['Active']));
  });

  test('are told a public name that signed requests may carry', () => {
    const direct = variablesOf(synthesised(routings.direct), 'ROOM', 'rooms');
    expect(JSON.stringify(direct['ISSUER_BASE'])).toMatch(/https:\/\/.*RefApi.*\.execute-api\./);
    const named = synthesised({
      ...routings.edge,
      domainName: 'pools.example.com',
      certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
    });
    const edge = variablesOf(named, 'ROOM', 'auth');
    expect(edge['ISSUER_BASE']).toBe('https://pools.example.com');
    expect(JSON.stringify(edge['OWN_HOSTS'])).toMatch(/pools\.example\.com,.*Distribution.*DomainName/);
    const rules = variablesOf(synthesised(routings.rules), 'ROOM', 'auth');
    expect(rules).toMatchObject({ ISSUER_BASE: 'https://pools.example.com', OWN_HOSTS: 'pools.example.com' });
  });

  test('are told the secret of the edge by reference, where there is an edge', () => {
    const [edge, direct] = [routings.edge, routings.direct].map((context) => synthesised(context));
    if (!edge || !direct) throw new Error('Two deployments were asked for.');
    const { ORIGIN_SECRET: told } = variablesOf(edge, 'ROOM', 'auth');
    expect(JSON.stringify(told)).toMatch(/^\{"Fn::Join":\["",\["\{\{resolve:secretsmanager:/);
    expect(variablesOf(direct, 'ROOM', 'rooms')).not.toHaveProperty('ORIGIN_SECRET');
  });

  test('that sign people in are kept warm behind a name, where that is paid for', () => {
    const service = stackOf(synthesised(others[0]), 'Service');
    const [alias] = resourcesOf(service, 'AWS::Lambda::Alias');
    expect(alias?.Properties).toMatchObject({
      Name: 'live',
      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 },
    });
    expect(JSON.stringify(service.resources)).toContain('"IntegrationUri":{"Ref":"AuthLive');
  });
});

describe('Jobs', () => {
  test('that fail five times, and ticks and wake-ups that are lost, end among the dead letters', () => {
    const service = stackOf(synthesised(routings.edge), 'Service');
    const queues = resourcesOf(service, 'AWS::SQS::Queue');
    expect(queues.map(({ Properties }) => Properties.RedrivePolicy?.maxReceiveCount)).toEqual([undefined, 5]);
    expect(queues[1]?.Properties.VisibilityTimeout).toBe(960);
    const [rule] = resourcesOf(service, 'AWS::Events::Rule');
    expect(rule?.Properties).toMatchObject({ ScheduleExpression: 'rate(5 minutes)', State: 'ENABLED' });
    expect(rule?.Properties.Targets[0]).toMatchObject({ Input: '{"tick":true}', DeadLetterConfig: expect.anything() });
    const [source] = resourcesOf(service, 'AWS::Lambda::EventSourceMapping');
    expect(source?.Properties).toMatchObject({ BatchSize: 1, FunctionResponseTypes: ['ReportBatchItemFailures'] });
    const [invoked] = resourcesOf(service, 'AWS::Lambda::EventInvokeConfig');
    expect(invoked?.Properties).toMatchObject({
      MaximumEventAgeInSeconds: 3600,
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: expect.anything() },
    });
  });
});

interface Named {
  readonly AttributeName: string;
}

interface Index {
  readonly IndexName: string;
  readonly KeySchema: readonly Named[];
  readonly Projection: unknown;
}

const functionsOf = (context: Readonly<Record<string, string>>): readonly Resource[] =>
  resourcesOf(stackOf(synthesised(context), 'Service'), 'AWS::Lambda::Function');

function variablesOf(
  all: ReturnType<typeof synthesised>,
  key: string,
  value: string,
): Readonly<Record<string, unknown>> {
  const found = resourcesOf(stackOf(all, 'Service'), 'AWS::Lambda::Function').find(
    ({ Properties }) => Properties.Environment.Variables[key] === value,
  );
  return found?.Properties.Environment.Variables ?? {};
}
