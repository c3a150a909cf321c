/** What the role of each function may do, as the templates say it. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { roomNames } from '../../lib/functions.ts';
import { doers } from '../../lib/port-uses.ts';
import { profiles, resourcesOf, routings, type SynthesisedStack, stackOf, synthesised } from './synthesised.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

type Context = Readonly<Record<string, string>>;

const sending = { mailFrom: 'no-reply@example.com', sms: 'sns' };

const everything: readonly Context[] = Object.values(routings).flatMap((routing) =>
  profiles.map((profile) => ({ ...routing, profile })),
);

const serviceOf = (context: Context): SynthesisedStack => stackOf(synthesised(context), 'Service');

/** By the name of the function whose role it is. */
function statementsOf(context: Context): ReadonlyMap<string, readonly Statement[]> {
  const { resources } = serviceOf(context);
  const functions = resourcesOf(serviceOf(context), 'AWS::Lambda::Function');
  return new Map(
    functions.map(({ Properties }) => {
      const role: string = Properties.Role['Fn::GetAtt'][0];
      const policies = Object.values(resources).filter(
        ({ Type, Properties: { Roles } }) =>
          Type === 'AWS::IAM::Policy' && Roles.some((one: { Ref: string }) => one.Ref === role),
      );
      expect(resources[role]?.Properties).not.toHaveProperty('ManagedPolicyArns');
      return [
        Properties.Environment.Variables.ROOM,
        policies.flatMap((policy) => policy.Properties.PolicyDocument.Statement),
      ];
    }),
  );
}

const actionsOf = ({ Action }: Statement): readonly string[] => [Action].flat();
const keysOf = (statement: Statement): readonly string[] =>
  [statement.Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? []].flat();

/** The functions that may do something at all. */
const allowed = (context: Context, action: string): readonly string[] =>
  [...statementsOf(context)]
    .filter(([, all]) => all.some((one) => one.Effect === 'Allow' && actionsOf(one).includes(action)))
    .map(([name]) => name);

const statement = (context: Context, name: string, action: string): Statement => {
  const found = statementsOf(context)
    .get(name)
    ?.find((one) => actionsOf(one).includes(action));
  if (!found) throw new Error(`${name} may not ${action}`);
  return found;
};

/** To synthesise every deployment takes a while, more so beside other tests. */
const synthesising = { timeout: 120_000 };

describe('Roles', synthesising, () => {
  test('name every action in full', () => {
    for (const context of [...everything, { ...routings.edge, ...sending, tableKey: 'cmk' }]) {
      for (const all of statementsOf(context).values()) {
        for (const action of all.flatMap(actionsOf)) expect(action).toMatch(/^[a-z0-9-]+:[A-Za-z0-9]+$/);
      }
    }
  });

  test('reach rows of the table by their keys, and never all of them', () => {
    for (const context of everything) {
      for (const one of [...statementsOf(context).values()].flat()) {
        const isOfTable = actionsOf(one).some((action) => action.startsWith('dynamodb:'));
        const isOfFilters = JSON.stringify(one.Resource).includes('/index/GSI2');
        if (!isOfTable || isOfFilters) continue;
        expect(keysOf(one)).not.toEqual([]);
        expect(keysOf(one)).not.toContain('*');
        expect(actionsOf(one)).not.toContain('dynamodb:Scan');
      }
    }
  });

  test('have one statement for each action on the table, as a transaction may bring keys of several kinds', () => {
    for (const context of everything) {
      for (const all of statementsOf(context).values()) {
        const ofTable = all.filter((one) => !JSON.stringify(one.Resource).includes('/index/')).flatMap(actionsOf);
        const actions = ofTable.filter((action) => action.startsWith('dynamodb:'));
        expect(actions).toEqual([...new Set(actions)]);
      }
    }
  });

  test('list the indexes that they query', () => {
    const filters = JSON.stringify(statementsOf(routings.edge).get('users')).match(/\/index\/[^"]+/g);
    expect(filters).toEqual(['1', '2', '3', '4', '5', '6', '7', '8'].map((n) => `/index/GSI${n}`));
    const others = [...statementsOf(routings.edge)].filter(([name]) => !['users', 'groups', 'worker'].includes(name));
    expect(JSON.stringify(others)).not.toContain('/index/');
    expect(JSON.stringify(statementsOf(routings.edge).get('worker')).match(/\/index\/[^"]+/g)).toEqual(['/index/GSI1']);
  });

  test('write their own log and no other', () => {
    for (const [name, all] of statementsOf(routings.edge)) {
      const logs = all.filter((one) => actionsOf(one).some((action) => action.startsWith('logs:')));
      expect(logs).toHaveLength(1);
      const own = JSON.stringify(logs[0]?.Resource).match(/FnGetAtt(\w+?)Log[0-9A-F]{8}Arn/)?.[1];
      expect(own?.toLowerCase()).toBe(name);
    }
  });

  test('sign tokens where people sign in, and nowhere else', () => {
    expect(allowed(routings.edge, 'kms:Sign')).toEqual(['auth']);
    expect(allowed(routings.direct, 'kms:Sign')).toEqual(['rooms']);
    expect(allowed({ ...routings.edge, signing: 'sealed' }, 'kms:Sign')).toEqual([]);
    expect(allowed(routings.edge, 'kms:GetPublicKey')).toEqual(['pools', 'auth', 'worker']);
  });

  test('open the ring of data keys, by its own context alone', () => {
    expect(allowed(routings.edge, 'kms:Decrypt')).toEqual([...roomNames, 'credentials']);
    expect(allowed({ ...routings.edge, signing: 'sealed' }, 'kms:Decrypt')).toEqual([
      ...roomNames,
      'credentials',
      'worker',
    ]);
    const { Action, Condition } = statement(routings.edge, 'auth', 'kms:Decrypt');
    expect(Action).toEqual(['kms:Decrypt', 'kms:Encrypt']);
    expect(Condition).toEqual({ StringEquals: { 'kms:EncryptionContext:app': 'millpond' } });
  });

  test('use the key of the table through DynamoDB alone', () => {
    const { Condition } = statement({ ...routings.direct, tableKey: 'cmk' }, 'wellknown', 'kms:ReEncryptTo');
    expect(JSON.stringify(Condition)).toMatch(/^\{"StringEquals":\{"kms:ViaService":.*dynamodb\./);
  });

  test('of published documents read pools and domains', () => {
    const own = statementsOf(routings.edge).get('wellknown') ?? [];
    const [, ...others] = own;
    expect(others.map((one) => [actionsOf(one), keysOf(one)])).toEqual([
      [
        ['dynamodb:GetItem', 'dynamodb:Query'],
        ['P#*', 'D#*'],
      ],
    ]);
  });

  test('of a place without a tenant write their log', () => {
    expect(statementsOf(routings.edge).get('oauth')).toHaveLength(1);
  });

  test('send messages where operations do, and only by what is set up', () => {
    const senders = ['users', 'auth', 'account'];
    expect(allowed({ ...routings.edge, ...sending }, 'ses:SendEmail')).toEqual(senders);
    expect(allowed({ ...routings.edge, ...sending }, 'sns:Publish')).toEqual(senders);
    expect(allowed(routings.edge, 'ses:SendEmail')).toEqual([]);
    expect(allowed(routings.edge, 'sns:Publish')).toEqual([]);
  });

  test('send mail as whatever identity lets this account do so, through configurations of this account alone', () => {
    const { Resource } = statement({ ...routings.edge, ...sending }, 'users', 'ses:SendEmail');
    const [configurations, identities] = [Resource].flat().map((one) => JSON.stringify(one));
    expect(identities).toContain(':ses:*:*:identity/*');
    expect(configurations).toMatch(/:ses:\*:".*AWS::AccountId.*:configuration-set\/\*/);
  });

  test('send texts to telephones, and nothing to topics', () => {
    const publishing = (statementsOf({ ...routings.edge, ...sending }).get('account') ?? []).filter((one) =>
      actionsOf(one).includes('sns:Publish'),
    );
    expect(publishing.map(({ Effect, Resource }) => [Effect, JSON.stringify(Resource)])).toEqual([
      ['Allow', '"*"'],
      ['Deny', expect.stringContaining(':sns:*:*:*')],
    ]);
  });

  test('queue jobs where operations begin some, and where the worker goes on', () => {
    const queue = (name: string) => JSON.stringify(statement(routings.edge, name, 'sqs:SendMessage').Resource);
    for (const name of ['pools', 'users', 'groups', 'account']) expect(queue(name)).toMatch(/JobsQueue/);
    const others = allowed(routings.edge, 'sqs:SendMessage').filter(
      (name) => !['pools', 'users', 'groups', 'account'].includes(name),
    );
    expect(others).toEqual(['worker']);
    expect(allowed(routings.edge, 'sqs:ReceiveMessage')).toEqual(['worker']);
  });

  test('remember signatures only where replays are looked for', () => {
    const noting = (context: Context) =>
      [...statementsOf(context)]
        .filter(([, all]) => all.some((one) => keysOf(one).includes('X#*')))
        .map(([name]) => name);
    expect(noting(routings.edge)).toEqual(['auth']);
    expect(noting({ ...routings.edge, replayGuard: 'true' })).toEqual([...roomNames]);
  });

  test('count requests only where their rate is limited, and then in every room', () => {
    const counting = (limits: object) => {
      const context = { ...routings.edge, limits: JSON.stringify(limits) };
      return [...statementsOf(context)]
        .filter(([, all]) =>
          all.some((one) => actionsOf(one).includes('dynamodb:UpdateItem') && keysOf(one).includes('L#*')),
        )
        .map(([name]) => name);
    };
    for (const limits of [{}, { rates: false }, { quotas: { groupsPerPool: 5 } }]) expect(counting(limits)).toEqual([]);
    for (const rates of [true, { UserList: 5 }]) expect(counting({ rates })).toEqual([...roomNames]);
  });

  test('tell functions of limits only where there are some', () => {
    const told = (context: Context) =>
      resourcesOf(serviceOf(context), 'AWS::Lambda::Function').map(
        ({ Properties }) => Properties.Environment.Variables.LIMITS,
      );
    const limits = '{"rates":{"UserList":5},"quotas":{"groupsPerPool":5}}';
    expect(new Set(told(routings.direct))).toEqual(new Set([undefined]));
    expect(new Set(told({ ...routings.direct, limits }))).toEqual(new Set([limits]));
  });

  test('change pools in one room and clients in another', () => {
    const putting = (key: string) =>
      [...statementsOf(routings.edge)]
        .filter(([, all]) =>
          all.some((one) => actionsOf(one).includes('dynamodb:PutItem') && keysOf(one).includes(key)),
        )
        .map(([name]) => name);
    expect(putting('POOLS')).toEqual(['pools']);
    expect(putting('C#*')).toEqual(['clients']);
    expect(putting('PRINCIPALS')).toEqual(['credentials']);
    expect(putting('POLICIES')).toEqual(['credentials']);
    expect(putting('U#*')).toEqual(['users', 'groups', 'auth', 'account', 'federation']);
  });
});

/** A room that calls what the table of rights does not give it would be refused by its role. */
describe('The rights of ports', () => {
  const calls = { write: ['add', 'save', 'remove'], add: ['add'], remove: ['remove'], list: ['list'] } as const;
  type Part = keyof typeof calls;
  /** Of stores that have other names for it. */
  const otherCalls: Readonly<Record<string, Partial<Readonly<Record<Part, readonly string[]>>>>> = {
    softwareTokens: { write: ['propose', 'prove', 'take'] },
    passkeys: { write: ['used'], add: ['begin', 'add'] },
    devices: { write: ['save'], remove: ['forget'] },
    userSessions: { write: ['add', 'touch'] },
  };
  /** The rooms that call it by way of rules. */
  const shared: Readonly<Record<string, readonly string[]>> = {
    users: ['account', 'users'],
    devices: ['account', 'users'],
  };

  const granted = Object.entries(doers).flatMap(([part, ports]) =>
    Object.entries(ports).map(([port, rooms]) => ({ port, part: part as Part, rooms })),
  );

  test.each(granted)('$part of $port is called in the rooms that may: $rooms', ({ port, part, rooms }) => {
    const named = otherCalls[port]?.[part] ?? calls[part];
    const call = new RegExp(`\\b${port}\\.(${named.join('|')})\\(`);
    const files = globSync(`lambdas/{${roomNames.join(',')}}/**/*.ts`).filter((file) =>
      call.test(readFileSync(file, 'utf8')),
    );
    const callers = new Set(files.map((file) => file.split('/')[1]));
    const fromRules = globSync('lambdas/core/rules/**/*.ts').some((file) => call.test(readFileSync(file, 'utf8')));
    expect(files.length > 0 || fromRules).toBe(true);
    for (const room of [...callers, ...(fromRules ? (shared[port] ?? []) : [])]) expect(rooms).toContain(room);
  });
});
