import {
  AdminDisableUserCommand,
  AdminResetUserPasswordCommand,
  ConfirmForgotPasswordCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { somePassword } from '../../support/builders.ts';
import { bodyOf, codeMismatch, lookAt, nobody, refusalOfCall, signIn, signUp } from '../../support/people.ts';
import { failingMessenger } from '../../support/recording-messenger.ts';
import { type Service, startService } from '../../support/start-service.ts';

const email = 'fixture@example.com';
const verified = { email, email_verified: 'true' };
const notInThisState = 'NotAuthorizedException: User password cannot be reset in the current state.';

async function administering(
  settings: Parameters<Service['aPool']>[0] = {},
  options: Parameters<typeof startService>[0] = {},
) {
  const service = await startService(options);
  const pool = await service.aPool(settings);
  const app = await service.aClient(pool);
  await service.aUser(pool, { username: 'ada', attributes: verified });
  const reset = (Username: string) =>
    service.client.send(new AdminResetUserPasswordCommand({ UserPoolId: pool.id, Username }));
  const ask = (name: string) => refusalOfCall(reset(name));
  return { ...service, pool, app, reset, ask };
}

describe('AdminResetUserPassword', () => {
  test('voids the password and sends a code for the next one (pools-and-users 42)', async () => {
    const { client, pool, app, outbox, reset } = await administering();

    expect(bodyOf(await reset('ada'))).toEqual({});
    expect((await lookAt(client, pool, 'ada')).status).toBe('RESET_REQUIRED');
    const message = await outbox.last({ poolId: pool.id });
    expect(message).toMatchObject({ to: email, kind: 'ForgotPassword', username: 'ada', clientId: null });
    expect(await refusalOfCall(signIn(client, app, { username: 'ada' }))).toMatch(/^PasswordResetRequiredException: /);

    const next = {
      ClientId: app.id,
      Username: 'ada',
      ConfirmationCode: message.code ?? '',
      Password: 'Another-Horse-9',
    };
    await client.send(new ConfirmForgotPasswordCommand(next));
    expect((await lookAt(client, pool, 'ada')).status).toBe('CONFIRMED');
    expect(
      (await signIn(client, app, { username: 'ada', password: 'Another-Horse-9' })).AuthenticationResult,
    ).toBeDefined();
  });

  test('may be asked for again, which replaces the code (pools-and-users 42)', async () => {
    const { client, pool, app, outbox, ask } = await administering();
    for (let call = 0; call < 3; call++) {
      expect(await ask('ada')).toBe('nothing is refused');
      expect((await lookAt(client, pool, 'ada')).status).toBe('RESET_REQUIRED');
    }
    const [newest, , oldest] = await outbox.list({ poolId: pool.id });
    const confirm = (ConfirmationCode = '') =>
      refusalOfCall(
        client.send(
          new ConfirmForgotPasswordCommand({
            ClientId: app.id,
            Username: 'ada',
            ConfirmationCode,
            Password: somePassword,
          }),
        ),
      );
    if (oldest?.code !== newest?.code) expect(await confirm(oldest?.code ?? '')).toBe(codeMismatch);
    expect(await confirm(newest?.code ?? '')).toBe('nothing is refused');
  });

  test('is refused for a disabled user (pools-and-users 42)', async () => {
    const { client, pool, ask } = await administering();
    await client.send(new AdminDisableUserCommand({ UserPoolId: pool.id, Username: 'ada' }));

    expect(await ask('ada')).toBe('NotAuthorizedException: User is disabled');
  });

  test('is refused in states without a password of their own (pools-and-users 42)', async () => {
    const { client, pool, app, aUser, ports, ask } = await administering();
    await aUser(pool, { username: 'invited', attributes: verified, invited: true });
    await signUp(client, app, { username: 'waiting', attributes: { email } });
    await aUser(pool, { username: 'federated', attributes: verified });
    const kept = await ports.pools.find(pool.id);
    const federated = kept && (await ports.users.find(kept, 'federated'));
    if (!kept || !federated) throw new Error('There is no such user');
    await ports.users.save(kept, federated, { ...federated, status: 'EXTERNAL_PROVIDER' });

    for (const [name, status] of [
      ['invited', 'FORCE_CHANGE_PASSWORD'],
      ['waiting', 'UNCONFIRMED'],
      ['federated', 'EXTERNAL_PROVIDER'],
    ] as const) {
      expect(await ask(name)).toBe(notInThisState);
      expect((await lookAt(client, pool, name)).status).toBe(status);
    }
  });

  test('needs a verified address (pools-and-users 42)', async () => {
    const { client, pool, aUser, ask } = await administering();
    await aUser(pool, { username: 'unverified', attributes: { email, phone_number: '+1' } });

    expect(await ask('unverified')).toBe(
      'InvalidParameterException: Cannot reset password for the user as there is no registered/verified email or phone_number',
    );
    expect((await lookAt(client, pool, 'unverified')).status).toBe('CONFIRMED');
  });

  test('is refused where administrators alone recover accounts (pools-and-users 42)', async () => {
    const { ask } = await administering({
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
    });
    expect(await ask('ada')).toBe('NotAuthorizedException: Contact administrator to reset password.');
  });

  test('says that the message could not be sent', async () => {
    const { ask } = await administering({}, { ports: { messenger: failingMessenger() } });
    expect(await ask('ada')).toBe('CodeDeliveryFailureException: The email message could not be sent.');
  });

  test('says so where no function runs that the pool has write its messages: the password is void', async () => {
    const { client, pool, ask } = await administering({
      LambdaConfig: { CustomMessage: 'arn:aws:lambda:us-east-1:000000000000:function:any' },
    });
    expect(await ask('ada')).toMatch(/^OperationNotEnabledException: /);
    expect((await lookAt(client, pool, 'ada')).status).toBe('RESET_REQUIRED');
  });

  test('does not know users and pools that are not there', async () => {
    const { client, ask } = await administering();
    expect(await ask('nobody')).toBe(nobody);
    const elsewhere = new AdminResetUserPasswordCommand({ UserPoolId: 'us-east-1_nobody', Username: 'nobody' });
    expect(await refusalOfCall(client.send(elsewhere))).toBe(
      'ResourceNotFoundException: User pool us-east-1_nobody does not exist.',
    );
  });
});
