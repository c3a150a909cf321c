import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isClientSecret, requireSecretHash, secretHash } from '../../../lambdas/core/rules/secret-hash.ts';
import recorded from '../../recorded/srp-vectors.json' with { type: 'json' };
import { aClient, someMoment } from '../../support/model.ts';
import { refusalOf } from '../../support/refusals.ts';

const secretOf = (value: string, at = 0) => ({ id: `x--${at}`, createdAt: someMoment + at, value });
const id = aClient().id;
const open = aClient();
const closed = aClient({ secrets: [secretOf('first-secret'), secretOf('second-secret', 1)] });
const hash = (secret: string, name = 'ada') => secretHash(secret, name, id);

describe('A secret hash', () => {
  test('is the base64 of an HMAC over username and client id', () => {
    expect(secretHash('key', 'josé', 'client')).toBe(createHmac('sha256', 'key').update('joséclient').digest('base64'));
  });

  test('is that of the recorded vector (auth-flows 15)', () => {
    const { clientId, clientSecret, username, SECRET_HASH } = recorded.secretHash;
    expect(secretHash(clientSecret, username, clientId)).toBe(SECRET_HASH);
  });

  test('may come from either secret, and over any name that the operation takes', () => {
    for (const secret of ['first-secret', 'second-secret']) {
      for (const name of ['ada', 'ada@example.com']) {
        const check = () => requireSecretHash(closed, ['ada', 'ada@example.com'], hash(secret, name));
        expect(refusalOf(check)).toBe('nothing is refused');
      }
    }
  });

  test.each([
    ['another secret', hash('third-secret')],
    ['another name', hash('first-secret', 'eve')],
    ['another client', secretHash('first-secret', 'ada', 'other')],
    ['no key', 'AAAA'],
    ['a longer one', `${hash('first-secret')}=`],
    ['the secret itself', 'first-secret'],
  ])('of %s is wrong', (_what, given) => {
    expect(refusalOf(() => requireSecretHash(closed, ['ada'], given))).toBe(
      `NotAuthorizedException: Unable to verify secret hash for client ${id}`,
    );
  });

  test('is asked for in the words of the operation', () => {
    for (const given of [undefined, '']) {
      expect(refusalOf(() => requireSecretHash(closed, ['ada'], given))).toBe(
        `NotAuthorizedException: Client ${id} is configured with secret but SECRET_HASH was not received`,
      );
      expect(refusalOf(() => requireSecretHash(closed, ['ada'], given, 'member'))).toBe(
        `NotAuthorizedException: Client ${id} is configured for secret but secret was not received`,
      );
    }
  });

  test('is refused by a client that has no secret', () => {
    expect(refusalOf(() => requireSecretHash(open, ['ada'], undefined))).toBe('nothing is refused');
    expect(refusalOf(() => requireSecretHash(open, ['ada'], 'AAAA'))).toBe(
      `NotAuthorizedException: Unable to verify secret hash for client ${id}`,
    );
    expect(refusalOf(() => requireSecretHash(open, ['ada'], 'AAAA', 'member'))).toBe(
      `NotAuthorizedException: Client ${id} is not configured with secret but secret was received`,
    );
  });
});

describe('A client secret', () => {
  test('is one of the client’s, whole', () => {
    expect(isClientSecret(closed, 'first-secret')).toBe(true);
    expect(isClientSecret(closed, 'second-secret')).toBe(true);
    for (const given of ['', 'first', 'first-secret ', 'First-secret'])
      expect(isClientSecret(closed, given)).toBe(false);
    expect(isClientSecret(open, '')).toBe(false);
  });
});
