/** Uses what functions do beside the story that clients tell, so that every right of every role is needed for something. */
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminSetUserPasswordCommand,
  ChangePasswordCommand,
  type CognitoIdentityProviderClient,
  CreateGroupCommand,
  CreateManagedLoginBrandingCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteGroupCommand,
  DeleteUserCommand,
  DeleteUserPoolClientCommand,
  DeleteUserPoolCommand,
  DescribeManagedLoginBrandingByClientCommand,
  InitiateAuthCommand,
  ListGroupsCommand,
  ListUsersCommand,
  ListUsersInGroupCommand,
  SignUpCommand,
  UpdateGroupCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect } from 'vitest';
import { rooms } from '../../lambdas/index.ts';
import { tellStory } from '../smoke/story.ts';
import type { RunningStack } from '../support/cloud/run-assembly.ts';
import { runPlan } from '../support/run-plan.ts';
import { followLink } from './link-life.ts';
import { sdkOf } from './running-stack.contract.ts';
import { credentialsOf, readCode, type SessionCredentials } from './running-stack.ts';
import { signInLife } from './sign-in-life.ts';
import { townOf } from './sign-in-place.ts';
import { confirmPeople, decideSignIns } from './trigger-life.ts';

export async function wholeLife(stack: RunningStack): Promise<void> {
  const credentials = await credentialsOf(stack);
  await tellStory({
    endpoint: stack.endpoint,
    region: stack.region,
    credentials,
    readCode: (addressee) => readCode(stack, addressee),
    requestHandler: { httpsAgent: stack.client.agent },
    fetch: stack.client.fetch,
  });
  await administerPeople(stack, sdkOf(stack, credentials));
  await writeToTelephones(stack, sdkOf(stack, credentials));
  await brandPages(sdkOf(stack, credentials));
  await signInLife(stack, sdkOf(stack, credentials));
  const town = townOf(stack, sdkOf(stack, credentials));
  await decideSignIns(town);
  await confirmPeople(town);
  await followLink(town);
  await runPlan(sdkOf(stack, credentials));
  await manageKeys(stack, (key) => askEveryRoom(stack, key));
  await stack.drainQueues();
  await stack.tick();
}

const password = 'Correct-horse-7-battery';

async function administerPeople(stack: RunningStack, sdk: CognitoIdentityProviderClient): Promise<void> {
  const { UserPool } = await sdk.send(
    new CreateUserPoolCommand({ PoolName: 'life', AutoVerifiedAttributes: ['email'] }),
  );
  const UserPoolId = UserPool?.Id;
  await sdk.send(new UpdateUserPoolCommand({ UserPoolId, AutoVerifiedAttributes: ['email'] }));
  const ClientId = await changeClients(sdk, UserPoolId);
  for (const Username of ['ada', 'barbara', 'edsger', 'grace']) {
    const UserAttributes = [
      { Name: 'email', Value: `${Username}@example.com` },
      { Name: 'email_verified', Value: 'true' },
    ];
    await sdk.send(new AdminCreateUserCommand({ UserPoolId, Username, UserAttributes }));
    await sdk.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: password, Permanent: true }));
    await leaveBehind(stack, `U#${UserPoolId}#${Username}`, ['ada', 'edsger'].includes(Username) ? 120 : 1);
  }
  await sdk.send(new ListUsersCommand({ UserPoolId, Filter: 'email ^= "ada"' }));
  await groupPeople(sdk, UserPoolId);
  for (const USERNAME of ['ada', 'barbara']) await leave(sdk, ClientId, USERNAME);
  for (const Username of ['edsger', 'grace']) await sdk.send(new AdminDeleteUserCommand({ UserPoolId, Username }));
  expect(await peopleIn(stack, UserPoolId)).toEqual(new Set(['ada', 'edsger']));
  await stack.drainQueues();
  expect(await peopleIn(stack, UserPoolId)).toEqual(new Set());
  await sdk.send(new DeleteUserPoolCommand({ UserPoolId }));
  await stack.drainQueues();
}

/** Ada stays in a group, whose claims her tokens carry. */
async function groupPeople(sdk: CognitoIdentityProviderClient, UserPoolId: string | undefined): Promise<void> {
  for (const GroupName of ['kept', 'gone']) {
    await sdk.send(new CreateGroupCommand({ UserPoolId, GroupName }));
    await sdk.send(new UpdateGroupCommand({ UserPoolId, GroupName, Precedence: 1 }));
    for (const Username of ['ada', 'grace']) {
      await sdk.send(new AdminAddUserToGroupCommand({ UserPoolId, GroupName, Username }));
    }
  }
  const { Groups } = await sdk.send(new ListGroupsCommand({ UserPoolId }));
  expect(Groups?.map(({ GroupName }) => GroupName)).toEqual(['gone', 'kept']);
  await sdk.send(new AdminRemoveUserFromGroupCommand({ UserPoolId, GroupName: 'kept', Username: 'grace' }));
  const { Users } = await sdk.send(new ListUsersInGroupCommand({ UserPoolId, GroupName: 'kept' }));
  expect(Users?.map(({ Username }) => Username)).toEqual(['ada']);
  await sdk.send(new DeleteGroupCommand({ UserPoolId, GroupName: 'gone' }));
}

/** An image takes rows of its own. */
async function brandPages(sdk: CognitoIdentityProviderClient): Promise<void> {
  const { UserPool } = await sdk.send(new CreateUserPoolCommand({ PoolName: 'branded' }));
  const UserPoolId = UserPool?.Id;
  const { UserPoolClient } = await sdk.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'app' }));
  const Bytes = new Uint8Array(500_000);
  Bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const Assets = [{ Category: 'FORM_LOGO', ColorMode: 'LIGHT', Extension: 'PNG', Bytes } as const];
  const style = { UserPoolId, ClientId: UserPoolClient?.ClientId };
  await sdk.send(new CreateManagedLoginBrandingCommand({ ...style, UseCognitoProvidedValues: true, Assets }));
  const { ManagedLoginBranding } = await sdk.send(new DescribeManagedLoginBrandingByClientCommand(style));
  expect(ManagedLoginBranding?.Assets?.map((asset) => asset.Bytes?.length)).toEqual([Bytes.length]);
  await sdk.send(new DeleteUserPoolCommand({ UserPoolId }));
}

async function writeToTelephones({ services }: RunningStack, sdk: CognitoIdentityProviderClient): Promise<void> {
  const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::111122223333:role/texts', ExternalId: 'texts' };
  const { UserPool } = await sdk.send(
    new CreateUserPoolCommand({ PoolName: 'texts', AutoVerifiedAttributes: ['phone_number'], SmsConfiguration }),
  );
  const UserPoolId = UserPool?.Id;
  const { UserPoolClient } = await sdk.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'app' }));
  const UserAttributes = [{ Name: 'phone_number', Value: '+12065550100' }];
  const before = services.sns.taken.length;
  const { ClientId } = UserPoolClient ?? {};
  await sdk.send(new SignUpCommand({ ClientId, Username: 'ada', Password: password, UserAttributes }));
  const DesiredDeliveryMediums = ['SMS' as const];
  await sdk.send(new AdminCreateUserCommand({ UserPoolId, Username: 'grace', UserAttributes, DesiredDeliveryMediums }));
  expect(services.sns.taken.slice(before).map(({ phoneNumber }) => phoneNumber)).toEqual([
    '+12065550100',
    '+12065550100',
  ]);
  await sdk.send(new DeleteUserPoolCommand({ UserPoolId }));
}

/** Ended sign-ins of a long life: more of them than are deleted while somebody waits for it, or fewer. */
const leaveBehind = ({ rows }: RunningStack, PK: string, length: number): Promise<void> =>
  rows.put(Array.from({ length }, () => ({ PK, SK: `R#${crypto.randomUUID()}` })));

async function peopleIn({ rows }: RunningStack, poolId: string | undefined): Promise<ReadonlySet<string>> {
  const keys = await rows.keys(new RegExp(`^U#${poolId}#`));
  return new Set(keys.map((key) => key.split(/[# ]/)[2] ?? ''));
}

/** Changes the password, and leaves. */
async function leave(
  sdk: CognitoIdentityProviderClient,
  ClientId: string | undefined,
  USERNAME: string,
): Promise<void> {
  const { AuthenticationResult } = await sdk.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME, PASSWORD: password },
    }),
  );
  const AccessToken = AuthenticationResult?.AccessToken;
  await sdk.send(
    new ChangePasswordCommand({ AccessToken, PreviousPassword: password, ProposedPassword: `${password}2` }),
  );
  await sdk.send(new DeleteUserCommand({ AccessToken }));
}

async function changeClients(
  sdk: CognitoIdentityProviderClient,
  UserPoolId: string | undefined,
): Promise<string | undefined> {
  const ExplicitAuthFlows = ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] as const;
  const make = (ClientName: string) =>
    sdk.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName, ExplicitAuthFlows: [...ExplicitAuthFlows] }));
  const { UserPoolClient: gone } = await make('gone');
  await sdk.send(new DeleteUserPoolClientCommand({ UserPoolId, ClientId: gone?.ClientId }));
  const { UserPoolClient: kept } = await make('kept');
  const ClientId = kept?.ClientId;
  await sdk.send(new UpdateUserPoolClientCommand({ UserPoolId, ClientId, ExplicitAuthFlows: [...ExplicitAuthFlows] }));
  return ClientId;
}

type Key = Pick<SessionCredentials, 'accessKeyId' | 'secretAccessKey'>;

/** Policies, principals and their keys, from the first day to the last. */
async function manageKeys({ callIam, people }: RunningStack, use: (key: Key) => Promise<void>): Promise<void> {
  const manage = async (action: string, input: object): Promise<Readonly<Record<string, unknown>>> => {
    const { status, json } = await callIam(action, input, people.administrator);
    if (status !== 200) throw new Error(`${action}: ${status} ${JSON.stringify(json)}`);
    return json;
  };
  const Document = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'cognito-idp:*', Resource: '*' } };
  await manage('CreatePolicy', { Name: 'everything', Document });
  await manage('CreatePrincipal', { Name: 'machine', Policies: ['everything'] });
  const { AccessKey } = await manage('CreateAccessKey', { Principal: 'machine' });
  // The action answers so.
  const { AccessKeyId, SecretAccessKey } = AccessKey as { AccessKeyId: string; SecretAccessKey: string };
  await use({ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey });
  await manage('DisableAccessKey', { AccessKeyId });
  await manage('UpdatePrincipal', { Name: 'machine', Tags: { team: 'shop' } });
  await manage('DisablePrincipal', { Name: 'machine' });
  await manage('DisablePolicy', { Name: 'everything' });
  for (const list of ['ListMessages', 'ListAccessKeys', 'ListPolicies', 'ListPrincipals']) await manage(list, {});
  await manage('DeleteAccessKey', { AccessKeyId });
  await manage('DeletePrincipal', { Name: 'machine' });
  await manage('DeletePolicy', { Name: 'everything' });
}

/** By a key of its own: who asks, and what they may, is read by each function for itself. */
async function askEveryRoom(stack: RunningStack, key: Key): Promise<void> {
  const sdk = sdkOf(stack, key);
  for (const operations of Object.values(rooms)) {
    const signed = Object.values(operations).find(({ caller }) => caller.kind === 'iam');
    if (signed === undefined) continue;
    // By name, and with nothing in it: what is asked for does not matter.
    const library: Readonly<Record<string, unknown>> = await import('@aws-sdk/client-cognito-identity-provider');
    const Command = library[`${signed.name}Command`] as typeof ListUsersCommand;
    await sdk.send(new Command({ UserPoolId: 'eu-west-1_000000000' })).catch(() => undefined);
  }
}
