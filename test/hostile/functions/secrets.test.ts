/** What functions fail with, and what they are told, in the lines that the service logs: nothing that is a secret. */
import {
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  ResendConfirmationCodeCommand,
  RespondToAuthChallengeCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import type { TriggerEvent } from '../../../lambdas/core/ports/triggers.ts';
import { TriggerFailed } from '../../../lambdas/core/ports/triggers.ts';
import { attributesOf } from '../../support/builders.ts';
import { type Behaviour, echo, hostilePoints, hostileRoom, responding } from '../../support/hostile-functions.ts';
import { messageRoom } from '../../support/message-functions.ts';
import { refusal } from '../../support/signing-in.ts';

const secrets = {
  password: 'Secret-Horse-Of-Eve-1',
  metadata: 'secret-of-metadata',
  validation: 'secret-of-validation',
  answer: 'secret-of-the-answer',
  question: 'secret-of-the-question',
  name: 'eve-of-the-mill',
};

const ClientMetadata = { token: secrets.metadata };

/** Throws all that it was told. */
const telling: Behaviour = (event) => {
  throw new TriggerFailed(`I was told ${JSON.stringify(event)}`);
};

/** Fails as software fails that no one thought of. */
const breaking: Behaviour = (event) => {
  throw new TypeError(`Cannot read ${JSON.stringify(event)}`);
};

/** Answers all that it was told in the wrong place. */
const echoing: Behaviour = (event) => JSON.stringify({ ...event, response: JSON.stringify(event) });

const asking: Behaviour = responding({
  challengeName: 'CUSTOM_CHALLENGE',
  issueTokens: false,
  failAuthentication: false,
});

const questions: Behaviour = responding({
  publicChallengeParameters: {},
  privateChallengeParameters: { answer: secrets.question },
  challengeMetadata: secrets.question,
});

/** All that may have been written of a round of every operation, and what must not be in it. */
async function everythingWith(behaviour: Behaviour) {
  const room = await hostileRoom({ service: { lenient: true } });
  const { client, app, signIn, have, calm, lines, audit, outbox, pool } = room;
  const ClientId = app.id;
  const Username = secrets.name;
  const email = `${secrets.name}@example.com`;
  const register = () =>
    refusal(
      client.send(
        new SignUpCommand({
          ClientId,
          Username,
          Password: secrets.password,
          UserAttributes: attributesOf({ email }),
          ValidationData: attributesOf({ hint: secrets.validation }),
          ClientMetadata,
        }),
      ),
    );
  const seen: string[] = [];
  for (const point of hostilePoints) {
    calm();
    have('DefineAuthChallenge', asking);
    have('CreateAuthChallenge', questions);
    have(point, behaviour);
    await register();
    await refusal(client.send(new ResendConfirmationCodeCommand({ ClientId, Username, ClientMetadata })));
    const { code = '' } = await outbox.last({ poolId: pool.id, to: email }).catch(() => ({ code: '' }));
    if (code) seen.push(code);
    const ConfirmationCode = code || '123456';
    await refusal(client.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode, ClientMetadata })));
    await refusal(signIn.byPassword(`${secrets.name}-${point}`, secrets.password));
    const tokens = await signIn.byPassword('ada').catch(() => undefined);
    seen.push(...Object.values(tokens?.AuthenticationResult ?? {}).filter((value) => typeof value === 'string'));
    const posed = await signIn.initiate('CUSTOM_AUTH', { USERNAME: 'ada' }).catch(() => undefined);
    const answer = new RespondToAuthChallengeCommand({
      ClientId,
      ChallengeName: 'CUSTOM_CHALLENGE',
      ChallengeResponses: { USERNAME: 'ada', ANSWER: secrets.answer },
      ClientMetadata,
      Session: posed?.Session ?? 'x'.repeat(100),
    });
    await refusal(client.send(answer));
    if (posed?.Session) seen.push(posed.Session);
    await refusal(client.send(new ForgotPasswordCommand({ ClientId, Username: 'ada', ClientMetadata })));
  }
  const logged = JSON.stringify([lines, audit]);
  expect(lines.length).toBeGreaterThan(50);
  const hidden = [...Object.values(secrets), ...seen.filter((one) => one.length > 5 && one !== 'Bearer')];
  return { logged, hidden };
}

test.each([
  ['throw', telling],
  ['answer nonsense', echoing],
])('No line holds what functions know that %s', async (_what, behaviour) => {
  const { logged, hidden } = await everythingWith(behaviour);
  for (const secret of hidden) expect(logged).not.toContain(secret);
});

describe('A way to functions that fails as nobody thought of, and quotes the event', () => {
  const untold: readonly string[] = [secrets.metadata, secrets.question];

  test('leaves no password, code, answer, session or token in the log', async () => {
    const { logged, hidden } = await everythingWith(breaking);
    for (const secret of hidden.filter((one) => !untold.includes(one))) expect(logged).not.toContain(secret);
  });

  test('leaves no metadata and no private parameter there', async () => {
    const { logged } = await everythingWith(breaking);
    for (const secret of untold) expect(logged).not.toContain(secret);
  });
});

test('No line holds a code that a sender could not be handed', async () => {
  const codes: string[] = [];
  const send = async (_arn: string, event: TriggerEvent) => {
    codes.push(String(event.request['code']));
    throw new Error(`Not taken: ${JSON.stringify(event)}`);
  };
  const triggers = { invoke: async (_arn: string, event: TriggerEvent) => JSON.parse(await echo(event)), send };
  const room = await messageRoom({ points: ['CustomEmailSender'], service: { ports: { triggers } } });
  await room.register('eve-of-the-mill', undefined, { ClientMetadata });
  const { code = '' } = await room.outbox.last({ poolId: room.pool.id, to: 'eve-of-the-mill@example.com' });
  expect(code).toMatch(/^\d{6}$/);
  const logged = JSON.stringify([room.lines, room.audit]);
  expect(logged).toContain('CustomEmailSender did not get its message');
  for (const secret of [...codes, code, secrets.metadata, 'eve-of-the-mill']) expect(logged).not.toContain(secret);
});
