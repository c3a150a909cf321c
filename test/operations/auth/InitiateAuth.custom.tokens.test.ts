/** CUSTOM_AUTH: what leads to tokens, and what never does. */
import { describe, expect, test } from 'vitest';
import { somePassword } from '../../support/builders.ts';
import {
  ask,
  type CustomFunctions,
  customRoom,
  customTriggers,
  failAuthentication,
  hasTokens,
  issueTokens,
  stepsOf,
} from '../../support/custom-functions.ts';
import { parametersOf, refusal, sessionOf } from '../../support/signing-in.ts';
import { srpClient } from '../../support/srp-client.ts';

const wrong = 'NotAuthorizedException: Incorrect username or password.';
const hiding = { PreventUserExistenceErrors: 'ENABLED' } as const;
const points = ['DefineAuthChallenge', 'CreateAuthChallenge', 'VerifyAuthChallengeResponse'] as const;

/** Two right answers lead to tokens, and three wrong ones to the end. */
const twoRounds: Partial<CustomFunctions> = {
  DefineAuthChallenge({ request: { session } }) {
    if (session.length === 1 && session[0]?.challengeName === 'SRP_A')
      return { ...ask, challengeName: 'PASSWORD_VERIFIER' };
    const answers = session.filter(({ challengeName }) => challengeName === 'CUSTOM_CHALLENGE');
    const right = answers.filter(({ challengeResult }) => challengeResult).length;
    if (right === 2) return issueTokens;
    return answers.length - right === 3 ? failAuthentication : ask;
  },
};

/** As far as the answer leads, or the refusal. */
async function outcomeOf(room: Awaited<ReturnType<typeof customRoom>>, name = 'Ada'): Promise<string> {
  const walked = async () => {
    let answer = await room.begin(name);
    for (const round of Array(5).keys()) {
      if (!answer.Session) return answer;
      answer = await room.answer(answer, `answer ${round}`, name);
    }
    return answer;
  };
  return refusal(walked());
}

describe('CUSTOM_AUTH', () => {
  test('leads to tokens as the functions say, who alone know what is right (triggers-and-messages 22)', async () => {
    const atOnce = await customRoom({ functions: { DefineAuthChallenge: () => issueTokens } });
    expect(hasTokens(await atOnce.begin())).toBe(true);
    const never = await customRoom({ functions: { DefineAuthChallenge: () => failAuthentication } });
    expect(await refusal(never.begin())).toBe(wrong);

    const { begin, answer, events } = await customRoom({ functions: twoRounds });
    const first = await begin();
    const again = await answer(first, 'no');
    expect(again).toMatchObject({ ChallengeName: 'CUSTOM_CHALLENGE', ChallengeParameters: { question: '1' } });
    const second = await answer(again, 'answer 1');
    const done = await answer(second, 'answer 2');
    expect(hasTokens(done)).toBe(true);
    expect(stepsOf(events.at(-1) as never)).toEqual([
      'CUSTOM_CHALLENGE false',
      'CUSTOM_CHALLENGE true',
      'CUSTOM_CHALLENGE true',
    ]);

    const verifying = events.filter(({ triggerSource }) => triggerSource.startsWith('Verify'));
    expect(verifying.map(({ request }) => [request.privateChallengeParameters, request.challengeAnswer])).toEqual([
      [{ answer: 'answer 0' }, 'no'],
      [{ answer: 'answer 1' }, 'answer 1'],
      [{ answer: 'answer 2' }, 'answer 2'],
    ]);
    expect(events.at(-1)?.request.session.map(({ challengeMetadata }) => challengeMetadata)).toEqual([
      'QUESTION_0',
      'QUESTION_1',
      'QUESTION_2',
    ]);
    for (const shown of [first, again, second, done]) {
      const seen = JSON.stringify(shown) + Buffer.from(shown.Session ?? '', 'base64url').toString('latin1');
      expect(seen).not.toMatch(/QUESTION_|answer \d/);
    }
  });

  test('asks for the password first where it was begun with, and then for the rest (triggers-and-messages 22)', async () => {
    const { begin, answer, signIn, pool, clock, events } = await customRoom({ functions: twoRounds });
    const srp = srpClient();
    const begun = await begin('Ada', { CHALLENGE_NAME: 'SRP_A', SRP_A: srp.publicValue });
    const claim = srp.answer(parametersOf(begun), { poolId: pool.id, password: somePassword, at: clock.now() });
    const first = await signIn.respond('PASSWORD_VERIFIER', claim, sessionOf(begun));
    expect(hasTokens(first)).toBe(false);
    const second = await answer(first, 'answer 2');
    expect(hasTokens(await answer(second, 'answer 3'))).toBe(true);
    expect(stepsOf(events.at(-1) as never)).toEqual([
      'SRP_A true',
      'PASSWORD_VERIFIER true',
      'CUSTOM_CHALLENGE true',
      'CUSTOM_CHALLENGE true',
    ]);
  });

  test('ends for nobody in tokens, whenever they are issued (triggers-and-messages 23)', async () => {
    const atOnce = await customRoom({ client: hiding, functions: { DefineAuthChallenge: () => issueTokens } });
    expect(await outcomeOf(atOnce, 'nobody')).toBe(wrong);
    const later = await customRoom({ client: hiding, functions: twoRounds });
    expect(await outcomeOf(later, 'nobody')).toBe(wrong);
    for (const { request } of [...atOnce.events, ...later.events]) {
      expect(request).toMatchObject({ userAttributes: {}, userNotFound: true });
    }
    expect(await outcomeOf(later)).toMatch(/AccessToken/);
  });

  test.each(points)('ends in no tokens without %s (triggers-and-messages 24)', async (point) => {
    const { [point]: _none, ...LambdaConfig } = customTriggers;
    for (const client of [{}, hiding]) {
      const room = await customRoom({ functions: twoRounds, pool: { LambdaConfig }, client });
      const told = 'InvalidParameterException: Custom auth lambda trigger is not configured for the user pool.';
      expect(await outcomeOf(room)).toBe(told);
      if (client === hiding) expect(await outcomeOf(room, 'nobody')).toBe(told);
    }
  });

  test.each(points)('ends in no tokens where %s fails (triggers-and-messages 24)', async (point) => {
    const boom = () => {
      throw new Error('boom');
    };
    const failing = await customRoom({ functions: { ...twoRounds, [point]: boom } });
    expect(await outcomeOf(failing)).toBe(`UserLambdaValidationException: ${point} failed with error boom.`);
    for (const response of [{}, { answerCorrect: 'true' }, { answerCorrect: 1 }, null, 'true']) {
      if (point !== 'VerifyAuthChallengeResponse') continue;
      const odd = await customRoom({ functions: { ...twoRounds, [point]: () => response } });
      expect(await outcomeOf(odd)).toBe('InvalidLambdaResponseException: Unrecognizable lambda output');
    }
  });
});
