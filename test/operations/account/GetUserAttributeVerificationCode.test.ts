import { GetUserAttributeVerificationCodeCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { aPerson, bodyOf, hour, limitExceeded, refusalOfCall, tallyOf, unauthorized } from '../../support/people.ts';
import { failingMessenger } from '../../support/recording-messenger.ts';
import { type Service, startService } from '../../support/start-service.ts';

const attributes = { email: 'fixture@example.com', phone_number: '+12065559934' };

async function somebody(
  app: Parameters<Service['aClient']>[1] = {},
  given: Readonly<Record<string, string>> = attributes,
  options: Parameters<typeof startService>[0] = {},
) {
  const service = await startService(options);
  const pool = await service.aPool();
  const through = await service.aClient(pool, app);
  const person = await aPerson(service, pool, { username: 'ada', attributes: given, app: through });
  const send = (AttributeName: string) =>
    service.client.send(new GetUserAttributeVerificationCodeCommand({ AccessToken: person.token, AttributeName }));
  return { ...service, ...person, pool, send };
}

describe('GetUserAttributeVerificationCode', () => {
  test.each([
    ['email', attributes.email, { Destination: 'f***@e***', DeliveryMedium: 'EMAIL', AttributeName: 'email' }],
    [
      'phone_number',
      attributes.phone_number,
      { Destination: '+*******9934', DeliveryMedium: 'SMS', AttributeName: 'phone_number' },
    ],
  ])('sends a code to the %s, whatever the pool verifies', async (name, to, details) => {
    const { app, pool, outbox, send } = await somebody();

    expect(bodyOf(await send(name))).toEqual({ CodeDeliveryDetails: details });
    expect(await outbox.last({ poolId: pool.id })).toMatchObject({
      to,
      kind: 'VerifyUserAttribute',
      username: 'ada',
      clientId: app.id,
      code: expect.stringMatching(/^[0-9]{6}$/),
    });
  });

  test('sends five an hour, both attributes together', async () => {
    const { clock, send } = await somebody({ AccessTokenValidity: 2 });
    const many = Array.from({ length: 20 }, (_, at) => send(at % 2 ? 'email' : 'phone_number'));

    expect(await tallyOf(many)).toEqual({ 'nothing is refused': 5, [limitExceeded]: 15 });
    clock.advance(hour - 1);
    expect(await refusalOfCall(send('email'))).toBe(limitExceeded);
    clock.advance(1);
    expect(await refusalOfCall(send('email'))).toBe('nothing is refused');
  });

  test('needs an address to send to, one of the two', async () => {
    const { send } = await somebody({}, {});

    expect(await refusalOfCall(send('email'))).toBe(
      'InvalidParameterException: User does not have an attribute email to deliver the message to.',
    );
    expect(await refusalOfCall(send('name'))).toBe(
      'InvalidParameterException: AttributeName must be email or phone_number.',
    );
  });

  test('tells a client nothing of an address that it may not read', async () => {
    const { send } = await somebody({ ReadAttributes: ['phone_number'] });

    expect(await refusalOfCall(send('email'))).toBe(unauthorized);
    expect(await refusalOfCall(send('phone_number'))).toBe('nothing is refused');
  });

  test('says that the message could not be sent', async () => {
    const { send } = await somebody({}, attributes, { ports: { messenger: failingMessenger() } });

    expect(await refusalOfCall(send('email'))).toBe(
      'CodeDeliveryFailureException: The email message could not be sent.',
    );
    expect(await refusalOfCall(send('phone_number'))).toBe(
      'CodeDeliveryFailureException: The SMS message could not be sent.',
    );
  });
});
