/** Policies, principals and keys as administrators manage them, and what is written down of it. */
import { ListUserPoolsCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { account, ada, startCredentialsRoom } from '../support/credentials-room.ts';
import { refused } from '../support/refused.ts';
import { policy } from '../support/strict-service.ts';

const Document = policy({ Effect: 'Allow', Action: 'cognito-idp:List*', Resource: '*' });
const refusal = (status: number, name: string, message?: unknown) => ({
  status,
  json: { __type: name, ...(message !== undefined && { message }) },
});

describe('Policies', () => {
  test('are made, listed, disabled, enabled and deleted', async () => {
    const { byIam } = await startCredentialsRoom();
    const made = { Name: 'readers', Document, Status: 'Active', Managed: false, CreateDate: '2026-09-01T00:00:00Z' };
    expect(await byIam('CreatePolicy', { Name: 'readers', Document })).toMatchObject({
      status: 200,
      json: { Policy: made },
    });
    const list = async () => (await byIam('ListPolicies')).json.Policies;
    expect((await list()).map(({ Name, Managed }: { Name: string; Managed: boolean }) => [Name, Managed])).toEqual([
      ['MillpondFullAccess', true],
      ['MillpondReadOnlyAccess', true],
      ['readers', false],
    ]);
    expect((await byIam('DisablePolicy', { Name: 'readers' })).json).toEqual({
      Policy: { ...made, Status: 'Disabled' },
    });
    expect((await list())[2]).toEqual({ ...made, Status: 'Disabled' });
    expect((await byIam('EnablePolicy', { Name: 'readers' })).json).toEqual({ Policy: made });
    expect(await byIam('DeletePolicy', { Name: 'readers' })).toMatchObject({ status: 200, json: {} });
    expect(await byIam('DeletePolicy', { Name: 'readers' })).toMatchObject(
      refusal(404, 'NoSuchEntityException', 'There is no policy readers'),
    );
  });

  test('may be given as text, and come back as objects', async () => {
    const { byIam } = await startCredentialsRoom();
    const { json } = await byIam('CreatePolicy', { Name: 'text', Document: JSON.stringify(Document) });
    expect(json.Policy.Document).toEqual(Document);
  });

  test('that are attached are not deleted', async () => {
    const { byIam } = await startCredentialsRoom();
    await byIam('CreatePolicy', { Name: 'readers', Document });
    await byIam('CreatePrincipal', { Name: 'p', Policies: ['readers'] });
    expect(await byIam('DeletePolicy', { Name: 'readers' })).toMatchObject(refusal(409, 'DeleteConflictException'));
    await byIam('DeletePrincipal', { Name: 'p' });
    expect((await byIam('DeletePolicy', { Name: 'readers' })).status).toBe(200);
  });

  test('that are built in can be disabled, and neither replaced nor deleted', async () => {
    const { byIam } = await startCredentialsRoom();
    const Name = 'MillpondReadOnlyAccess';
    expect((await byIam('DisablePolicy', { Name })).json.Policy).toMatchObject({ Status: 'Disabled', Managed: true });
    expect(await byIam('CreatePolicy', { Name, Document })).toMatchObject(refusal(409, 'EntityAlreadyExistsException'));
    expect(await byIam('DeletePolicy', { Name })).toMatchObject(refusal(400, 'UnmodifiableEntityException'));
    expect(await byIam('CreatePolicy', { Name: 'millpondMine', Document })).toMatchObject(
      refusal(400, 'InvalidParameterException', 'The name millpondMine is kept for what is built in'),
    );
    expect((await byIam('EnablePolicy', { Name })).json.Policy.Status).toBe('Active');
  });

  test('of one name are made once, however many come at once', async () => {
    const { byIam } = await startCredentialsRoom();
    const makes = Array.from({ length: 6 }, () => byIam('CreatePolicy', { Name: 'same', Document }));
    const statuses = (await Promise.all(makes)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 409, 409, 409, 409, 409]);
  });

  test.each([
    ['nothing', {}],
    ['no object', 'x'],
    ['two versions', { Version: '2013', Statement: [] }],
    ['a stray member', { ...Document, Principal: '*' }],
  ])('are refused where the document is %s', async (_, wrong) => {
    const { byIam } = await startCredentialsRoom();
    expect(await byIam('CreatePolicy', { Name: 'wrong', Document: wrong })).toMatchObject(
      refusal(400, 'MalformedPolicyDocumentException'),
    );
  });
});

describe('Principals', () => {
  test('are made, listed, changed, disabled, enabled and deleted with their keys', async () => {
    const { byIam, clientOf, clock } = await startCredentialsRoom();
    const made = { Name: 'p', Policies: ['MillpondReadOnlyAccess'], Tags: { team: 'red' }, Status: 'Active' };
    const { json } = await byIam('CreatePrincipal', { Name: 'p', Policies: made.Policies, Tags: made.Tags });
    expect(json.Principal).toEqual({ ...made, Managed: false, CreateDate: '2026-09-01T00:00:00Z' });
    const names = async () => (await byIam('ListPrincipals')).json.Principals.map(({ Name }: { Name: string }) => Name);
    expect(await names()).toContain('p');

    const { AccessKey } = (await byIam('CreateAccessKey', { Principal: 'p' })).json;
    const client = clientOf({ id: AccessKey.AccessKeyId, secret: AccessKey.SecretAccessKey });
    const lists = () => refused(client.send(new ListUserPoolsCommand({ MaxResults: 1 })));
    expect(await lists()).toBe('nothing is refused');
    await byIam('UpdatePrincipal', { Name: 'p', Policies: [] });
    clock.advance(30_000);
    expect(await lists()).toContain('AccessDeniedException');
    expect((await byIam('DisablePrincipal', { Name: 'p' })).json.Principal).toMatchObject({
      Status: 'Disabled',
      Tags: { team: 'red' },
    });
    expect((await byIam('EnablePrincipal', { Name: 'p' })).json.Principal.Status).toBe('Active');
    expect((await byIam('DeletePrincipal', { Name: 'p' })).json).toEqual({});
    expect(await names()).not.toContain('p');
    expect(await byIam('ListAccessKeys', { Principal: 'p' })).toMatchObject(refusal(404, 'NoSuchEntityException'));
    expect(await byIam('DisableAccessKey', { AccessKeyId: AccessKey.AccessKeyId })).toMatchObject(
      refusal(404, 'NoSuchEntityException'),
    );
  });

  test('of one name are made once, however many come at once', async () => {
    const { byIam } = await startCredentialsRoom();
    const makes = Array.from({ length: 6 }, () => byIam('CreatePrincipal', { Name: 'same', Policies: [] }));
    const statuses = (await Promise.all(makes)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 409, 409, 409, 409, 409]);
  });

  test('name policies that there are, and stand for patterns that are such', async () => {
    const { byIam } = await startCredentialsRoom();
    expect(await byIam('CreatePrincipal', { Name: 'p', Policies: ['none'] })).toMatchObject(
      refusal(404, 'NoSuchEntityException', 'There is no policy none'),
    );
    for (const Arn of ['*', 'arn:*', 'ada', 'arn:aws:iam::111122223333', '', 'x'.repeat(2049)]) {
      expect(await byIam('CreatePrincipal', { Name: 'p', Policies: [], Arn })).toMatchObject(
        refusal(400, 'InvalidParameterException'),
      );
    }
    const Arn = `arn:aws:iam::${account}:role/*`;
    expect((await byIam('CreatePrincipal', { Name: 'p', Policies: [], Arn })).json.Principal).toMatchObject({ Arn });
    expect(await byIam('CreateAccessKey', { Principal: 'p' })).toMatchObject(
      refusal(400, 'InvalidParameterException', 'p stands for callers of IAM, who have keys of their own'),
    );
  });

  test('of the account can be changed and disabled, and neither made nor deleted', async () => {
    const { byIam } = await startCredentialsRoom();
    const Name = 'account';
    expect(await byIam('CreatePrincipal', { Name, Policies: [] })).toMatchObject(
      refusal(409, 'EntityAlreadyExistsException'),
    );
    expect(await byIam('DeletePrincipal', { Name })).toMatchObject(refusal(400, 'UnmodifiableEntityException'));
    const changes = await Promise.all([
      byIam('DisablePrincipal', { Name }),
      byIam('UpdatePrincipal', { Name, Policies: ['MillpondReadOnlyAccess'] }),
    ]);
    expect(changes.map(({ status }) => status)).toEqual([200, 200]);
    const { Principals } = (await byIam('ListPrincipals')).json;
    expect(Principals).toContainEqual({
      Name,
      Arn: `arn:*:*::${account}:*`,
      Policies: ['MillpondReadOnlyAccess'],
      Tags: {},
      Status: 'Disabled',
      Managed: true,
    });
    expect(await byIam('credentials')).toMatchObject(refusal(403, 'AccessDeniedException'));
    expect(await byIam('DeletePrincipal', { Name })).toMatchObject(refusal(400, 'UnmodifiableEntityException'));
  });
});

describe('Access keys', () => {
  test('are two at most, and show their secret once', async () => {
    const { byIam } = await startCredentialsRoom();
    await byIam('CreatePrincipal', { Name: 'p', Policies: [] });
    const [one, two, three] = [
      await byIam('CreateAccessKey', { Principal: 'p' }),
      await byIam('CreateAccessKey', { Principal: 'p' }),
      await byIam('CreateAccessKey', { Principal: 'p' }),
    ];
    expect(one.json.AccessKey).toEqual({
      AccessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/),
      SecretAccessKey: expect.stringMatching(/^\S{40}$/),
      Principal: 'p',
      Status: 'Active',
      CreateDate: '2026-09-01T00:00:00Z',
    });
    expect(three).toMatchObject(refusal(409, 'LimitExceededException', 'p has 2 keys, and cannot have more'));
    const listed = JSON.stringify((await byIam('ListAccessKeys', { Principal: 'p' })).json);
    expect(listed).not.toContain('Secret');
    for (const { json } of [one, two]) expect(listed).toContain(json.AccessKey.AccessKeyId);
    const { AccessKeyId } = one.json.AccessKey;
    expect((await byIam('DisableAccessKey', { AccessKeyId })).json.AccessKey.Status).toBe('Disabled');
    expect((await byIam('DeleteAccessKey', { AccessKeyId })).json).toEqual({});
    expect(await byIam('DeleteAccessKey', { AccessKeyId })).toMatchObject(refusal(404, 'NoSuchEntityException'));
    expect((await byIam('CreateAccessKey', { Principal: 'p' })).status).toBe(200);
    expect(await byIam('CreateAccessKey', { Principal: 'nobody' })).toMatchObject(
      refusal(404, 'NoSuchEntityException'),
    );
  });
});

describe('Messages', () => {
  test('are listed for a pool and a user', async () => {
    const { byIam, sent } = await startCredentialsRoom();
    const message = {
      poolId: 'us-east-1_A',
      username: 'ada',
      channel: 'EMAIL',
      kind: 'SignUp',
      to: 'ada@x.test',
    } as const;
    sent.push({ ...message, id: '2', sentAt: 1_790_000_000_123, text: 'Your code is 123456', code: '123456' });
    sent.push({ ...message, id: '1', sentAt: 0, username: 'bob', text: 'Hello', subject: 'Hi' });
    expect((await byIam('ListMessages', { PoolId: 'us-east-1_A', Username: 'ada' })).json).toEqual({
      Messages: [
        {
          MessageId: '2',
          Date: '2026-09-21T14:13:20Z',
          PoolId: 'us-east-1_A',
          Username: 'ada',
          Channel: 'EMAIL',
          Kind: 'SignUp',
          To: 'ada@x.test',
          Code: '123456',
          Text: 'Your code is 123456',
        },
      ],
    });
    expect((await byIam('ListMessages')).json.Messages).toHaveLength(2);
    expect((await byIam('ListMessages', { PoolId: 'us-east-1_B' })).json.Messages).toEqual([]);
  });
});

describe('The record', () => {
  test('says who did what to which of them, and how it ended', async () => {
    const { byIam, records, lines } = await startCredentialsRoom();
    await byIam('CreatePolicy', { Name: 'readers', Document });
    await byIam('DeletePolicy', { Name: 'none' });
    await byIam('credentials');
    await byIam('ListPolicies', {}, null);
    const common = { event: 'management.recorded', plane: 'access', sourceIp: '127.0.0.1', region: 'us-east-1' };
    const about = (name: string) => `arn:aws:millpond:us-east-1:${account}:policy/${name}`;
    expect(records).toMatchObject([
      { ...common, operation: 'CreatePolicy', actor: ada, resource: about('readers'), outcome: 'ok' },
      { ...common, operation: 'DeletePolicy', actor: ada, resource: about('none'), outcome: 'NoSuchEntityException' },
      { ...common, operation: 'credentials', access: 'Read', actor: ada, outcome: 'ok' },
      { ...common, operation: 'ListPolicies', access: 'List', actor: 'unknown', outcome: 'AccessDeniedException' },
    ]);
    expect(records[0]).toMatchObject({ access: 'Permissions management' });
    expect(lines.map(({ operation, status }) => [operation, status])).toEqual([
      ['CreatePolicy', 200],
      ['DeletePolicy', 404],
      ['credentials', 200],
      ['ListPolicies', 403],
    ]);
  });

  test('names the key that signed, and no secret', async () => {
    const { byIam, byKey, aKey, records, lines } = await startCredentialsRoom();
    const key = await aKey();
    const { json } = await byKey(key, 'credentials');
    await byIam('CreatePrincipal', { Name: 'p', Policies: [] });
    const made = (await byIam('CreateAccessKey', { Principal: 'p' })).json.AccessKey;
    expect(records[0]).toMatchObject({ accessKeyId: key.id, actor: expect.stringContaining(`user/${key.principal}`) });
    const written = JSON.stringify([records, lines]);
    for (const secret of [key.secret, json.SecretAccessKey, json.SessionToken, made.SecretAccessKey]) {
      expect(written).not.toContain(secret);
    }
  });
});
