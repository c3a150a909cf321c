import {
  AdminConfirmSignUpCommand,
  AdminUpdateUserAttributesCommand,
  ResendConfirmationCodeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { attributesOf } from '../../support/builders.ts';
import {
  aClientWithSecret,
  bodyOf,
  combinationNotFound,
  confirm,
  hour,
  limitExceeded,
  refusalOfCall,
  signUp,
  tallyOf,
} from '../../support/people.ts';
import { type Service, startService } from '../../support/start-service.ts';

const email = 'fixture@example.com';
const toEmail = { Destination: 'f***@e***', DeliveryMedium: 'EMAIL', AttributeName: 'email' };

async function registered(
  settings: Parameters<Service['aPool']>[0] = {},
  app: Parameters<Service['aClient']>[1] = {},
  username = 'ada',
) {
  const service = await startService();
  const pool = await service.aPool({ AutoVerifiedAttributes: ['email'], ...settings });
  const client = await service.aClient(pool, app);
  await signUp(service.client, client, { username, attributes: { email } });
  const resend = (Username: string, ClientId = client.id) =>
    service.client.send(new ResendConfirmationCodeCommand({ ClientId, Username }));
  return { ...service, pool, app: client, resend };
}

describe('ResendConfirmationCode', () => {
  test('sends another code to the same address', async () => {
    const { client, app, pool, outbox, resend } = await registered();
    expect(bodyOf(await resend('ada'))).toEqual({ CodeDeliveryDetails: toEmail });

    const [second, first] = await outbox.list({ poolId: pool.id });
    expect([first?.kind, second?.kind]).toEqual(['SignUp', 'ResendCode']);
    expect(second).toMatchObject({ to: email, username: 'ada', clientId: app.id });
    await confirm(client, app, 'ada', second?.code ?? '');
  });

  test('sends five an hour, two of them within two seconds (pools-and-users 38)', async () => {
    const { clock, resend } = await registered();
    for (const wait of [0, 1100, hour / 2, 0, 0]) {
      clock.advance(wait);
      expect(bodyOf(await resend('ada'))).toEqual({ CodeDeliveryDetails: toEmail });
    }
    expect(await refusalOfCall(resend('ada'))).toBe(limitExceeded);
    clock.advance(hour / 2 - 1101);
    expect(await refusalOfCall(resend('ada'))).toBe(limitExceeded);
    clock.advance(1);
    expect(await refusalOfCall(resend('ada'))).toBe('nothing is refused');
    expect(await refusalOfCall(resend('ada'))).toBe(limitExceeded);
  });

  test('sends five, however many ask side by side', async () => {
    const { pool, outbox, resend } = await registered();
    const many = Array.from({ length: 30 }, () => resend('ada'));

    expect(await tallyOf(many)).toEqual({ 'nothing is refused': 5, [limitExceeded]: 25 });
    expect(await outbox.list({ poolId: pool.id, kind: 'ResendCode' })).toHaveLength(5);
  });

  test('refuses a user who is confirmed (pools-and-users 39)', async () => {
    const { client, pool, resend } = await registered();
    await client.send(new AdminConfirmSignUpCommand({ UserPoolId: pool.id, Username: 'ada' }));

    expect(await refusalOfCall(resend('ada'))).toBe('InvalidParameterException: User is already confirmed.');
  });

  test('is refused in a pool that verifies nothing, to whoever asks (pools-and-users 39)', async () => {
    const { pool, aClient, resend } = await registered({ AutoVerifiedAttributes: [] });
    const hiding = await aClient(pool, { PreventUserExistenceErrors: 'ENABLED' });

    for (const name of ['ada', 'nobody']) {
      for (const id of [undefined, hiding.id]) {
        expect(await refusalOfCall(resend(name, id))).toBe(
          'InvalidParameterException: Cannot resend codes. Auto verification not turned on.',
        );
      }
    }
  });

  test('needs an address to send to', async () => {
    const { client, app, resend } = await registered();
    await signUp(client, app, { username: 'bob' });

    expect(await refusalOfCall(resend('bob'))).toBe(
      'InvalidParameterException: User does not have an attribute email to deliver the message to.',
    );
  });

  test('finds the user by every name, and sends to the address they have now', async () => {
    const { client, pool, app, outbox, resend } = await registered({ UsernameAttributes: ['email'] }, {}, email);
    const { UserSub: sub = '' } = await signUp(client, app, { username: 'bob@example.com' });
    expect(bodyOf(await resend(sub)).CodeDeliveryDetails?.Destination).toBe('b***@e***');
    await client.send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId: pool.id,
        Username: sub,
        UserAttributes: attributesOf({ email: 'new@where.com' }),
      }),
    );
    expect(bodyOf(await resend('new@where.com')).CodeDeliveryDetails?.Destination).toBe('n***@w***');
    expect((await outbox.last({ poolId: pool.id })).to).toBe('new@where.com');
    expect(await refusalOfCall(resend('bob@example.com'))).toBe(combinationNotFound);
  });

  test('asks for the hash of a secret', async () => {
    const { client, pool } = await registered();
    const { id: ClientId, hashFor } = await aClientWithSecret(client, pool);
    const ask = (SecretHash?: string) =>
      refusalOfCall(client.send(new ResendConfirmationCodeCommand({ ClientId, SecretHash, Username: 'ada' })));

    expect(await ask()).toBe(
      `NotAuthorizedException: Client ${ClientId} is configured for secret but secret was not received`,
    );
    expect(await ask(hashFor('eve'))).toBe(
      `NotAuthorizedException: Unable to verify secret hash for client ${ClientId}`,
    );
    expect(await ask(hashFor('ada'))).toBe('nothing is refused');
  });

  test('does not know a name that nobody has', async () => {
    const { resend } = await registered();
    expect(await refusalOfCall(resend('nobody'))).toBe(combinationNotFound);
  });
});

describe('To a client that hides who exists, ResendConfirmationCode', () => {
  async function hiding(settings: Parameters<Service['aPool']>[0] = {}) {
    const service = await registered(settings, { PreventUserExistenceErrors: 'ENABLED' });
    const { client, app, pool } = service;
    await signUp(client, app, { username: 'without' });
    await signUp(client, app, { username: 'confirmed', attributes: { email } });
    await client.send(new AdminConfirmSignUpCommand({ UserPoolId: pool.id, Username: 'confirmed' }));
    await service.aUser(pool, { username: 'invited', invited: true });
    return service;
  }

  test('answers in the same shape whoever is asked for, and stays stable (pools-and-users 49)', async () => {
    const { call, app, pool, outbox, resend } = await hiding();
    const shapeOf = async (Username: string) => {
      const { status, headers, json } = await call('ResendConfirmationCode', { ClientId: app.id, Username });
      const details = (json as { CodeDeliveryDetails: Record<string, string> }).CodeDeliveryDetails;
      const shape = details['Destination']?.replace(/[a-z]/g, 'x');
      return {
        status,
        headers: Object.keys(headers),
        members: Object.keys(Object(json)),
        ...details,
        Destination: shape,
      };
    };

    const known = await shapeOf('ada');
    expect(known.Destination).toBe('x***@x***');
    for (const name of ['nobody', 'without', 'confirmed', 'invited']) expect(await shapeOf(name)).toEqual(known);
    expect((await outbox.list({ poolId: pool.id, kind: 'ResendCode' })).map(({ username }) => username)).toEqual([
      'ada',
    ]);

    const [first, second] = [await resend('nobody'), await resend('nobody')];
    expect(bodyOf(second)).toEqual(bodyOf(first));
    const others = await Promise.all(['one', 'two', 'three'].map(async (name) => bodyOf(await resend(name))));
    // Made up of two letters, so that two of them may well be the same.
    expect(others).not.toEqual(others.map(() => bodyOf(first)));
  });

  test('counts for every name alike', async () => {
    const { resend } = await hiding();
    for (const name of ['ada', 'nobody', 'without', 'confirmed', 'invited']) {
      for (let call = 1; call <= 5; call++) expect(await refusalOfCall(resend(name))).toBe('nothing is refused');
      expect(await refusalOfCall(resend(name))).toBe(limitExceeded);
    }
  });
});
