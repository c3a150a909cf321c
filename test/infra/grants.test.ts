/** What the role of each function may do, as the templates say it. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { functionNames, roomNames } from '../../lib/functions.ts';
import { portsOf } from '../../lib/grants.ts';
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
    expect(allowed(routings.edge, 'kms:Decrypt')).toEqual([...roomNames, 'credentials', 'web']);
    expect(allowed({ ...routings.edge, signing: 'sealed' }, 'kms:Decrypt')).toEqual([
      ...roomNames,
      'credentials',
      'worker',
      'web',
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

  test('of pages do with the table what confirming a registration takes', () => {
    const web = statementsOf(routings.edge).get('web') ?? [];
    const keys = web.flatMap(keysOf);
    expect(new Set(keys)).toEqual(new Set(['P#*', 'C#*', 'U#*', 'A#*', 'RING']));
    const actions = web.filter((one) => keysOf(one).includes('U#*')).flatMap(actionsOf);
    expect(actions).not.toContain('dynamodb:DeleteItem');
    expect(JSON.stringify(web)).not.toContain('/index/');
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

  test('take on the roles that texts are sent with by name, and no role where there is none to take on', () => {
    const roles = ['arn:aws:iam::111122223333:role/texts', 'arn:aws:iam::444455556666:role/service-role/sms'];
    const withRoles = { ...routings.edge, ...sending, smsRoles: roles.join(',') };
    expect(allowed({ ...routings.edge, ...sending }, 'sts:AssumeRole')).toEqual([]);
    expect(allowed(withRoles, 'sts:AssumeRole')).toEqual(['users', 'auth', 'account']);
    expect(statement(withRoles, 'auth', 'sts:AssumeRole').Resource).toEqual(roles);
    const variables = (context: Context) =>
      resourcesOf(serviceOf(context), 'AWS::Lambda::Function').map(
        ({ Properties }) => Properties.Environment.Variables['ASSUME_SMS_ROLES'],
      );
    expect(new Set(variables(withRoles))).toEqual(new Set(['true']));
    expect(new Set(variables({ ...routings.edge, ...sending }))).toEqual(new Set([undefined]));
  });

  describe('run functions of pools where operations do', () => {
    const runners = () => allowed(routings.edge, 'lambda:InvokeFunction');
    const listed = 'arn:aws:lambda:eu-west-1:111122223333:function:sign-up';

    test('and where a page does the work of one, and nowhere else', () => {
      const declaring = roomNames.filter((room) => portsOf(room).has('triggers'));
      expect(declaring).toContain('auth');
      expect(runners()).toEqual([...declaring, 'web']);
      expect(allowed(routings.direct, 'lambda:InvokeFunction')).toEqual(['rooms', 'web']);
    });

    test('those of their own account that carry the tag, unless others are named', () => {
      for (const name of runners()) {
        const { Resource, Condition } = statement(routings.edge, name, 'lambda:InvokeFunction');
        expect(JSON.stringify(Resource)).toMatch(/:lambda:\*:".*AWS::AccountId.*:function:\*/);
        expect(Condition).toEqual({ StringEquals: { 'aws:ResourceTag/millpond-trigger': 'enabled' } });
      }
    });

    test('the listed ones with their versions and aliases, or the one alias that is listed', () => {
      const of = (triggerFunctions: string) =>
        statement({ ...routings.edge, triggerFunctions }, 'auth', 'lambda:InvokeFunction');
      expect(of(listed)).toMatchObject({ Resource: [listed, `${listed}:*`] });
      expect(of(`${listed}:live`)).toMatchObject({ Resource: `${listed}:live` });
      expect(of(listed)).not.toHaveProperty('Condition');
    });

    test('none where there are to be none', () => {
      expect(allowed({ ...routings.edge, triggerFunctions: 'none' }, 'lambda:InvokeFunction')).toEqual([]);
    });

    test('and carry no tag themselves that would let a pool run the service', () => {
      for (const routing of Object.values(routings)) {
        expect(serviceOf(routing).text).not.toMatch(/"Key": ?"millpond-trigger"/);
      }
    });
  });

  test('have KMS make data keys for codes where operations encrypt some, and with the named keys alone', () => {
    const senderKeys = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';
    const encrypting = functionNames(routings.edge).filter((name) => portsOf(name).has('codeEncryption'));
    const context = { ...routings.edge, senderKeys };
    expect(allowed(context, 'kms:GenerateDataKey')).toEqual(encrypting);
    for (const name of encrypting) {
      expect(statement(context, name, 'kms:GenerateDataKey')).toMatchObject({
        Action: 'kms:GenerateDataKey',
        Resource: senderKeys,
        Condition: {
          StringLike: { 'kms:EncryptionContext:userpool-id': { 'Fn::Join': ['', [{ Ref: 'AWS::Region' }, '_*']] } },
        },
      });
    }
    expect(allowed(routings.edge, 'kms:GenerateDataKey')).toEqual([]);
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

  test('count requests only where their rate is limited, and then in every room and on pages', () => {
    const counting = (limits: object) => {
      const context = { ...routings.edge, limits: JSON.stringify(limits) };
      return [...statementsOf(context)]
        .filter(([, all]) =>
          all.some((one) => actionsOf(one).includes('dynamodb:UpdateItem') && keysOf(one).includes('L#*')),
        )
        .map(([name]) => name);
    };
    for (const limits of [{}, { rates: false }, { quotas: { groupsPerPool: 5 } }]) expect(counting(limits)).toEqual([]);
    for (const rates of [true, { UserList: 5 }]) expect(counting({ rates })).toEqual([...roomNames, 'web']);
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
    expect(putting('U#*')).toEqual(['users', 'groups', 'auth', 'account', 'federation', 'web']);
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
