/** Policies that rest on tags, against callers who choose tags, ARNs and members to fit them. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this
import {
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  CreateUserPoolReplicaCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { signRequest } from '../../lambdas/adapters/sigv4/sign-request.ts';
import type { AccessKey } from '../../lambdas/core/model/access-key.ts';
import { allOperations } from '../support/operations.ts';
import { outcomes, refused } from '../support/refused.ts';
import { policy, type StrictService, startStrictService } from '../support/strict-service.ts';
import { foreignArns, type Tags } from '../support/tagged-pools.ts';
import { jsonHeaders } from '../support/wire.ts';

const account = '111122223333';
const arnOf = (poolId: string, region = 'us-east-1'): string =>
  `arn:aws:cognito-idp:${region}:${account}:userpool/${poolId}`;

const allow = (members: object = {}) => ({ Effect: 'Allow', Action: 'cognito-idp:*', Resource: '*', ...members });
const deny = (members: object) => ({ ...allow(members), Effect: 'Deny' });

const nothing = 'nothing is refused';
const denied = expect.stringMatching(/^AccessDeniedException: User: \S+ is not authorized to perform: cognito-idp:/);

/** Somebody with these statements, and what they are told when they do something. */
async function somebody(service: StrictService, ...statements: readonly object[]) {
  const key = await service.aKey({ policy: policy(...statements), tags: { team: 'red' } });
  const client = service.clientOf(key);
  return {
    key,
    client,
    tag: (poolId: string, tags: Tags) =>
      refused(client.send(new TagResourceCommand({ ResourceArn: arnOf(poolId), Tags: tags }))),
    untag: (poolId: string, ...TagKeys: string[]) =>
      refused(client.send(new UntagResourceCommand({ ResourceArn: arnOf(poolId), TagKeys }))),
    list: (poolId: string) => refused(client.send(new ListTagsForResourceCommand({ ResourceArn: arnOf(poolId) }))),
    update: (UserPoolId: string, UserPoolTags?: Tags) =>
      refused(client.send(new UpdateUserPoolCommand({ UserPoolId, UserPoolTags }))),
    create: (UserPoolTags?: Tags) => refused(client.send(new CreateUserPoolCommand({ PoolName: 'x', UserPoolTags }))),
    look: (UserPoolId: string) => refused(client.send(new DescribeUserPoolCommand({ UserPoolId }))),
  };
}

/** Of an administrator, who may do everything. */
async function tagsOf(service: StrictService, poolId: string, region = 'us-east-1'): Promise<Tags> {
  const client = service.clientOf(await service.aKey(), region);
  const { Tags: tags } = await client.send(new ListTagsForResourceCommand({ ResourceArn: arnOf(poolId, region) }));
  return tags ?? {};
}

/** A request to the byte, with members that no client of the SDK would send. */
async function sendAs(service: StrictService, key: AccessKey, operation: string, input: object) {
  const body = JSON.stringify(input);
  const unsigned = { endpoint: 'http://localhost/', headers: jsonHeaders(operation), body };
  const signing = { keyId: key.id, secret: key.secret, region: 'us-east-1', at: service.clock.now() };
  const { json } = await service.send({ headers: await signRequest(unsigned, signing), body });
  return (json as { readonly __type?: string }).__type ?? nothing;
}

const withKey: Partial<CreateUserPoolCommandInput> = {
  KeyConfiguration: {
    KeyType: 'CUSTOMER_MANAGED_KEY',
    KmsKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab',
  },
};

describe('The resource of a tag operation', () => {
  test('is the ARN in the request (pools-and-users 12)', async () => {
    const service = await startStrictService();
    const [own, other] = [await service.aPool(), await service.aPool()];
    const { key, tag, untag, list } = await somebody(service, allow({ Resource: arnOf(own.id) }));
    expect([await tag(own.id, { a: '1', b: '2' }), await untag(own.id, 'a'), await list(own.id)]).toEqual([
      nothing,
      nothing,
      nothing,
    ]);
    expect(await tagsOf(service, own.id)).toEqual({ b: '2' });
    expect(await tag(other.id, { a: '1' })).toBe(
      `AccessDeniedException: User: arn:aws:iam::${account}:user/${key.principal} is not authorized to perform: ` +
        `cognito-idp:TagResource on resource: ${arnOf(other.id)} because no identity-based policy allows the cognito-idp:TagResource action`,
    );
    expect([await untag(other.id, 'a'), await list(other.id)]).toEqual([denied, denied]);
    expect(await tagsOf(service, other.id)).toEqual({});
  });

  test('has no second spelling that gets past a denial', async () => {
    const service = await startStrictService();
    const { id } = await service.aPool({ UserPoolTags: { team: 'red' } });
    const { client } = await somebody(service, allow(), deny({ Resource: arnOf(id) }));
    for (const [what, ResourceArn] of foreignArns(arnOf(id))) {
      const told = await outcomes([
        client.send(new TagResourceCommand({ ResourceArn, Tags: { team: 'mine' } })),
        client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['team'] })),
        client.send(new ListTagsForResourceCommand({ ResourceArn })),
      ]);
      for (const each of told) expect(each, what).toMatch(/^InvalidParameterException: /);
    }
    expect(await tagsOf(service, id)).toEqual({ team: 'red' });
  });

  test('is no pool of another region, whichever of the two regions is signed for', async () => {
    const service = await startStrictService();
    const { id } = await service.aPool({ UserPoolTags: { team: 'red' } });
    const key = await service.aKey({
      policy: policy(allow({ Resource: 'arn:aws:cognito-idp:eu-west-1:*:userpool/*' })),
    });
    const told = (region: string, ResourceArn: string) =>
      refused(service.clientOf(key, region).send(new TagResourceCommand({ ResourceArn, Tags: { team: 'mine' } })));
    expect(await told('eu-west-1', arnOf(id, 'eu-west-1'))).toBe(
      `ResourceNotFoundException: User pool ${id} does not exist.`,
    );
    expect(await told('us-east-1', arnOf(id, 'eu-west-1'))).toMatch(/^InvalidParameterException: ResourceArn must be/);
    expect(await told('eu-west-1', arnOf(id))).toEqual(denied);
    expect(await tagsOf(service, id)).toEqual({ team: 'red' });
  });

  test('tells nobody how a pool is tagged that it only looks like', async () => {
    const service = await startStrictService();
    const Condition = { StringEquals: { 'aws:ResourceTag/team': 'red' } };
    const [red, blue] = [
      await service.aPool({ UserPoolTags: { team: 'red' } }),
      await service.aPool({ UserPoolTags: { team: 'blue' } }),
    ];
    const { client, key } = await somebody(service, allow({ Condition }), deny({ Resource: arnOf(red.id) }));
    const abroad = service.clientOf(key, 'eu-west-1');
    for (const { id } of [red, blue]) {
      for (const [what, ResourceArn] of foreignArns(arnOf(id))) {
        const told = await refused(client.send(new ListTagsForResourceCommand({ ResourceArn })));
        if (!told.includes('validation error')) expect(told, what).toEqual(denied);
      }
      const ResourceArn = arnOf(id, 'eu-west-1');
      expect(await refused(abroad.send(new ListTagsForResourceCommand({ ResourceArn })))).toEqual(denied);
      expect(await refused(abroad.send(new DescribeUserPoolCommand({ UserPoolId: id })))).toEqual(denied);
    }
  });
});

describe('The tags of a pool', () => {
  test('count from the moment that they are changed, in every process (pools-and-users 12)', async () => {
    const [here, there] = [await startStrictService(), await startStrictService()];
    const { id } = await here.aPool();
    const Condition = { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } };
    const reds = [await somebody(here, allow({ Condition })), await somebody(there, allow({ Condition }))];
    const administrator = await somebody(here, allow());
    const looks = async () => Promise.all(reds.map(({ look, list }) => Promise.all([look(id), list(id)])));
    const [all, none] = [Array(2).fill([nothing, nothing]), Array(2).fill([denied, denied])];

    expect(await looks()).toEqual(none);
    await administrator.tag(id, { team: 'red' });
    expect(await looks()).toEqual(all);
    await administrator.tag(id, { team: 'blue' });
    expect(await looks()).toEqual(none);
    await administrator.tag(id, { Team: 'red' });
    expect(await looks()).toEqual(none);
    await administrator.untag(id, 'team');
    expect(await looks()).toEqual(all);
    await administrator.update(id);
    expect(await looks()).toEqual(none);
  });

  test('are those of the request for a pool that is being made', async () => {
    const service = await startStrictService();
    const red = await somebody(service, allow({ Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } } }));
    expect([await red.create({ team: 'red' }), await red.create({ TEAM: 'red' })]).toEqual([nothing, nothing]);
    for (const tags of [undefined, {}, { team: 'blue' }, { other: 'red' }, { team: 'red', Team: 'blue' }]) {
      expect(await red.create(tags), JSON.stringify(tags)).toEqual(denied);
    }
    const careful = await somebody(
      service,
      allow(),
      deny({ Condition: { StringEquals: { 'aws:ResourceTag/stage': 'prod' } } }),
    );
    expect([await careful.create({ stage: 'test' }), await careful.create({ stage: 'prod' })]).toEqual([
      nothing,
      denied,
    ]);
  });

  test('are not those of the request for a pool that is there', async () => {
    const service = await startStrictService();
    const Condition = { StringEquals: { 'aws:ResourceTag/team': 'red' } };
    const { tag, update, look } = await somebody(service, allow({ Condition }));
    const { id } = await service.aPool({ UserPoolTags: { team: 'blue' } });
    expect([await tag(id, { team: 'red' }), await update(id, { team: 'red' }), await look(id)]).toEqual(
      Array(3).fill(denied),
    );
    expect(await tagsOf(service, id)).toEqual({ team: 'blue' });
  });
});

describe('The tags of a request', () => {
  const Condition = {
    StringEquals: { 'aws:RequestTag/team': 'red' },
    'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'cost'] },
  };
  const good: readonly Tags[] = [{ team: 'red' }, { team: 'red', cost: '7' }];
  const bad: readonly Tags[] = [
    {},
    { cost: '7' },
    { team: 'blue' },
    { team: 'red', other: 'x' },
    { team: 'red', Cost: '7' },
    { Team: 'red' },
    { team: 'red', Team: 'blue' },
  ];

  test.each([
    ['CreateUserPool', 'create'],
    ['UpdateUserPool', 'update'],
    ['TagResource', 'tag'],
    ['CreateUserPoolReplica', 'copy'],
  ] as const)('are what policies ask of %s', async (Action, verb) => {
    const service = await startStrictService();
    const { id } = await service.aPool({ ...withKey, UserPoolTags: { team: 'red' } });
    const { client, ...does } = await somebody(service, allow({ Action: `cognito-idp:${Action}`, Condition }));
    const copy = (RegionName: string, UserPoolTags: Tags) =>
      refused(client.send(new CreateUserPoolReplicaCommand({ UserPoolId: id, RegionName, UserPoolTags })));
    const attempt = async (tags: Tags): Promise<string> => {
      if (verb === 'create') return does.create(tags);
      return verb === 'copy' ? copy('eu-west-1', tags) : does[verb](id, tags);
    };
    for (const tags of bad) expect(await attempt(tags), JSON.stringify(tags)).toEqual(denied);
    const [first = {}, second = {}] = good;
    expect(await attempt(first)).toBe(nothing);
    const again = 'InvalidParameterException: The user pool has a replica in eu-west-1 already.';
    expect(await attempt(second)).toBe(verb === 'copy' ? again : nothing);
  });

  test('are nothing for a request without them', async () => {
    const service = await startStrictService();
    const { id } = await service.aPool(withKey);
    const { update, create } = await somebody(
      service,
      allow(),
      deny({
        Action: ['cognito-idp:CreateUserPool', 'cognito-idp:UpdateUserPool'],
        Condition: { Null: { 'aws:TagKeys': 'true' } },
      }),
    );
    for (const tags of [undefined, {}]) expect([await update(id, tags), await create(tags)]).toEqual([denied, denied]);
    expect([await update(id, { a: '' }), await create({ a: '' })]).toEqual([nothing, nothing]);
  });

  test('are the keys that are taken off', async () => {
    const service = await startStrictService();
    const { id } = await service.aPool({ UserPoolTags: { team: 'red', cost: '7', note: 'x' } });
    const keys = { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['cost', 'note'] } };
    const { untag } = await somebody(service, allow({ Action: 'cognito-idp:UntagResource', Condition: keys }));
    expect([await untag(id, 'cost'), await untag(id, 'cost', 'note')]).toEqual([nothing, nothing]);
    expect([await untag(id, 'team'), await untag(id, 'cost', 'team')]).toEqual([denied, denied]);
    expect(await tagsOf(service, id)).toEqual({ team: 'red' });
    // There is no value beside a key.
    const byValue = await somebody(service, allow({ Condition: { StringEquals: { 'aws:RequestTag/team': 'red' } } }));
    expect(await byValue.untag(id, 'team')).toEqual(denied);
  });

  test('are no members that the operation does not have', async () => {
    const service = await startStrictService();
    const { id } = await service.aPool(withKey);
    const { key } = await somebody(service, allow({ Condition }));
    const UserPoolTags = { team: 'red' };
    const smuggled = { UserPoolTags, Tags: UserPoolTags, TagKeys: ['team'] };
    const ResourceArn = arnOf(id);
    const told = await Promise.all([
      sendAs(service, key, 'TagResource', { ResourceArn, Tags: { team: 'blue' }, UserPoolTags, TagKeys: ['team'] }),
      sendAs(service, key, 'TagResource', { ResourceArn, Tags: { team: 'red', x: '' }, TagKeys: ['team'] }),
      sendAs(service, key, 'UntagResource', { ResourceArn, TagKeys: ['team'], UserPoolTags, Tags: UserPoolTags }),
      sendAs(service, key, 'UpdateUserPool', { UserPoolId: id, UserPoolTags: { team: 'blue' }, Tags: UserPoolTags }),
      sendAs(service, key, 'CreateUserPool', {
        PoolName: 'x',
        UserPoolTags: { team: 'red', x: '' },
        TagKeys: ['team'],
      }),
      sendAs(service, key, 'DescribeUserPool', { UserPoolId: id, ...smuggled }),
      sendAs(service, key, 'DeleteUserPool', { UserPoolId: id, ...smuggled }),
      sendAs(service, key, 'ListUserPools', { MaxResults: 1, ...smuggled }),
    ]);
    expect(told).toEqual(Array(8).fill('AccessDeniedException'));
    expect(await sendAs(service, key, 'TagResource', { ResourceArn, Tags: UserPoolTags })).toBe(nothing);
  });

  test('are no pool that another member names', async () => {
    const service = await startStrictService();
    const [own, other] = [await service.aPool(), await service.aPool()];
    const { key } = await somebody(service, allow({ Resource: arnOf(own.id) }));
    const Tags = { mine: 'x' };
    expect(await sendAs(service, key, 'TagResource', { ResourceArn: arnOf(own.id), UserPoolId: other.id, Tags })).toBe(
      nothing,
    );
    expect(await sendAs(service, key, 'TagResource', { ResourceArn: arnOf(other.id), UserPoolId: own.id, Tags })).toBe(
      'AccessDeniedException',
    );
    expect(await sendAs(service, key, 'DeleteUserPool', { UserPoolId: other.id, ResourceArn: arnOf(own.id) })).toBe(
      'AccessDeniedException',
    );
    expect([await tagsOf(service, own.id), await tagsOf(service, other.id)]).toEqual([Tags, {}]);
  });
});

describe('Somebody who may tag, but not with every key,', () => {
  const owned = allow({ Condition: { StringEquals: { 'aws:ResourceTag/owner': '${aws:username}' } } });
  const tagging = ['cognito-idp:TagResource', 'cognito-idp:UntagResource', 'cognito-idp:UpdateUserPool'];

  test.each([
    [
      'a list of keys that are allowed',
      [allow({ Action: tagging, Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['cost', 'note'] } } })],
    ],
    [
      'a key that is excepted',
      [allow({ Action: tagging, Condition: { 'ForAllValues:StringNotEquals': { 'aws:TagKeys': 'owner' } } })],
    ],
    [
      'a key that is denied',
      [allow({ Action: tagging }), deny({ Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'owner' } } })],
    ],
    [
      'the beginning of a key that is denied',
      [allow({ Action: tagging }), deny({ Condition: { 'ForAnyValue:StringLike': { 'aws:TagKeys': 'own*' } } })],
    ],
    [
      'a tag that is denied',
      [allow({ Action: tagging }), deny({ Condition: { Null: { 'aws:RequestTag/owner': 'false' } } })],
    ],
  ])('becomes no owner, by %s', async (_what, statements) => {
    const service = await startStrictService();
    const { id } = await service.aPool();
    const { key, tag, update, look } = await somebody(service, owned, ...statements);
    for (const name of ['owner', 'Owner', 'OWNER', 'oWneR']) {
      const tags = { cost: '7', [name]: key.principal };
      expect([await tag(id, tags), await update(id, tags)], name).toEqual([denied, denied]);
    }
    expect(await tag(id, { cost: '7' })).toBe(nothing);
    expect(await look(id)).toEqual(denied);
    // Whoever may make somebody the owner does.
    const administrator = await somebody(service, allow());
    expect(await administrator.tag(id, { Owner: key.principal })).toBe(nothing);
    expect(await look(id)).toBe(nothing);
  });

  test('takes no pool from its owner by a key that differs in case', async () => {
    const service = await startStrictService();
    const { id } = await service.aPool({ UserPoolTags: { owner: 'ada' } });
    const keys = { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['Owner'] } };
    const { key, tag, look } = await somebody(service, owned, allow({ Action: tagging, Condition: keys }));
    expect(await tag(id, { Owner: key.principal })).toBe(nothing);
    expect(await tagsOf(service, id)).toEqual({ owner: 'ada', Owner: key.principal });
    expect(await look(id)).toEqual(denied);
  });

  test('escapes no denial by a key that differs in case', async () => {
    const service = await startStrictService();
    const { id } = await service.aPool({ UserPoolTags: { stage: 'prod' } });
    const prod = deny({
      NotAction: 'cognito-idp:TagResource',
      Action: undefined,
      Condition: { StringEquals: { 'aws:ResourceTag/stage': 'prod' } },
    });
    const { tag, look } = await somebody(service, allow(), prod);
    expect(await tag(id, { Stage: 'test', STAGE: 'test' })).toBe(nothing);
    expect(await look(id)).toEqual(denied);
    expect(await tag(id, { stage: 'test' })).toBe(nothing);
    expect(await look(id)).toBe(nothing);
  });
});

describe('Somebody whose rights rest on a tag', () => {
  const mine = { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } };
  const teams = deny({
    Action: ['cognito-idp:TagResource', 'cognito-idp:UntagResource'],
    Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'team' } },
  });
  const keepsTeam = deny({
    Action: 'cognito-idp:UpdateUserPool',
    Condition: { StringNotEquals: { 'aws:RequestTag/team': '${aws:ResourceTag/team}' } },
  });

  test('changes other tags, and neither that one nor a pool of others', async () => {
    const service = await startStrictService();
    const { id } = await service.aPool({ UserPoolTags: { team: 'red', cost: '7' } });
    const other = await service.aPool({ UserPoolTags: { team: 'blue' } });
    const red = await somebody(service, allow({ Condition: mine }), teams, keepsTeam);
    expect([await red.tag(id, { cost: '8', note: 'x' }), await red.untag(id, 'note')]).toEqual([nothing, nothing]);
    for (const tags of [{ team: 'blue' }, { Team: 'red' }, { cost: '9', team: 'red' }]) {
      expect(await red.tag(id, tags), JSON.stringify(tags)).toEqual(denied);
    }
    expect([await red.untag(id, 'team'), await red.untag(id, 'Team')]).toEqual([denied, denied]);
    // An update takes off what it does not name.
    for (const tags of [undefined, {}, { cost: '9' }, { team: 'blue' }, { team: 'red', Team: 'blue' }]) {
      expect(await red.update(id, tags), JSON.stringify(tags)).toEqual(denied);
    }
    expect(await red.update(id, { team: 'red', cost: '9' })).toBe(nothing);
    expect([await red.tag(other.id, { cost: '1' }), await red.update(other.id, { team: 'red' })]).toEqual([
      denied,
      denied,
    ]);
    expect([await tagsOf(service, id), await tagsOf(service, other.id)]).toEqual([
      { team: 'red', cost: '9' },
      { team: 'blue' },
    ]);
  });

  test('gives it away for good', async () => {
    const service = await startStrictService();
    const { id } = await service.aPool({ UserPoolTags: { team: 'red' } });
    const red = await somebody(service, allow({ Condition: mine }));
    expect(await red.tag(id, { team: 'blue' })).toBe(nothing);
    expect([await red.look(id), await red.tag(id, { team: 'red' }), await red.untag(id, 'team')]).toEqual(
      Array(3).fill(denied),
    );
    expect(await refused(red.client.send(new DeleteUserPoolCommand({ UserPoolId: id })))).toEqual(denied);
  });
});

test('Every operation on a pool names it in one member, and every one that brings tags lets policies ask for them', () => {
  const signed = allOperations.flatMap(({ operation }) =>
    operation.caller.kind === 'iam' ? [{ ...operation, caller: operation.caller }] : [],
  );
  expect(signed.length).toBeGreaterThan(100);
  for (const { name, caller, input } of signed) {
    const { UserPoolId, ResourceArn, UserPoolTags, Tags: tags, TagKeys } = input.members;
    const isNamed = { userpool: [true, false], arn: [false, true], none: [false, false] }[caller.resource];
    expect([UserPoolId !== undefined, ResourceArn !== undefined], name).toEqual(isNamed);
    const canBeMissing = [UserPoolId, ResourceArn].some((member) => member?.optional);
    expect(canBeMissing, name).toBe(name === 'UpdateManagedLoginBranding');
    const brings = UserPoolTags !== undefined || tags !== undefined;
    expect(caller.conditions.includes('aws:RequestTag'), name).toBe(brings);
    expect(caller.conditions.includes('aws:TagKeys'), name).toBe(brings || TagKeys !== undefined);
    expect(caller.conditions.includes('aws:ResourceTag'), name).toBe(name === 'CreateUserPool');
  }
});
