/** Asking for a stronger sign-in than the last one: no level is known by a name yet, so whatever names one is refused. */
import { describe, expect, test } from 'vitest';
import { choosing } from '../../support/choosing.ts';
import { handsOf } from '../../support/sign-in-hands.ts';
import { refusal } from '../../support/signing-in.ts';
import { startService } from '../../support/start-service.ts';

const refused = (message: string) => `InvalidParameterException: ${message}`;
const none = refused('None of the TARGET_ACR_VALUES is known.');

async function aRoom() {
  const service = await startService();
  const pool = await service.aPool();
  const app = await service.aClient(pool, choosing);
  await service.aUser(pool, { username: 'ada' });
  return { hands: handsOf(service, app) };
}

type Parameters = Readonly<Record<string, string>>;

describe('USER_AUTH that names a level', () => {
  test.each<[Parameters, string]>([
    [{ ACCESS_TOKEN: 'x' }, refused('ACCESS_TOKEN needs TARGET_ACR_VALUES.')],
    [{ TARGET_ACR_VALUES: 'urn:a urn:b' }, none],
    [{ TARGET_ACR_VALUES: 'urn:a', ACCESS_TOKEN: 'x' }, none],
    [{ TARGET_ACR_VALUES: ' ' }, none],
    [{ MAX_AGE: '-1' }, refused('MAX_AGE must be a whole number of seconds.')],
    [{ MAX_AGE: '1e3' }, refused('MAX_AGE must be a whole number of seconds.')],
  ])('is refused of %o by either operation, whoever it is', async (more, refusalOf) => {
    const { hands } = await aRoom();
    for (const { initiate, who } of hands) {
      for (const USERNAME of ['ada', 'nobody']) {
        const told = await refusal(initiate('USER_AUTH', { USERNAME, ...more }));
        expect([who, USERNAME, told]).toEqual([who, USERNAME, refusalOf]);
      }
    }
  });

  test('takes an age for no level, by either operation', async () => {
    const { hands } = await aRoom();
    for (const { initiate } of hands) {
      const answer = await initiate('USER_AUTH', { USERNAME: 'ada', MAX_AGE: '300' });
      expect(answer.ChallengeName).toBe('SELECT_CHALLENGE');
    }
  });
});
