/** Every ChallengeName, posed and answered by the operations of the person and by those of an administrator, in any mix. */
import {
  AdminSetUserMFAPreferenceCommand,
  AssociateSoftwareTokenCommand,
  ChallengeNameType,
  type InitiateAuthCommandOutput,
  SetUserPoolMfaConfigCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { beforeAll, describe, expect, test } from 'vitest';
import { moduleTriggers } from '../../../lambdas/adapters/triggers/module-triggers.ts';
import { type BuiltClient, type BuiltPool, somePassword } from '../../support/builders.ts';
import { firstFactors } from '../../support/choosing.ts';
import { customTriggers, recorded } from '../../support/custom-functions.ts';
import { aDevice } from '../../support/devices.ts';
import { everyPoolSetting } from '../../support/every-setting.ts';
import { passkeyCalls, relyingParty } from '../../support/passkeys.ts';
import { aPersonWith, appCode, factorSettings } from '../../support/second-factors.ts';
import { type Hands, handsOf } from '../../support/sign-in-hands.ts';
import { parametersOf, refusal, sessionOf, signingIn, tokensOf } from '../../support/signing-in.ts';
import { srpClient } from '../../support/srp-client.ts';
import { type Service, startService } from '../../support/start-service.ts';

type Name = Exclude<ChallengeNameType, 'ADMIN_NO_SRP_AUTH'>;

interface Place {
  readonly service: Service;
  readonly pool: BuiltPool;
  readonly app: BuiltClient;
}

interface Scene extends Place {
  readonly username: string;
  readonly posing: Hands;
  readonly answering: Hands;
  /** Codes that were sent to the user. */
  readonly code: () => Promise<string>;
}

/** How the challenge comes about, and its right answer. */
interface Script {
  readonly pose: (scene: Scene) => Promise<InitiateAuthCommandOutput>;
  readonly answer: (scene: Scene, posed: InitiateAuthCommandOutput) => Promise<InitiateAuthCommandOutput>;
  /** In place of tokens. */
  readonly leadsTo?: ChallengeNameType;
  readonly isInvited?: boolean;
  /** The pool where everybody needs a second factor. */
  readonly isStrict?: boolean;
}

const { EmailConfiguration } = everyPoolSetting;
const all = ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'] as const;
const on = { Enabled: true };
let people = 0;

/** Tracks devices, asks questions, takes passkeys and codes. */
async function openPlace(service: Service): Promise<Place> {
  const pool = await service.aPool({
    ...firstFactors('PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'),
    EmailConfiguration,
    LambdaConfig: customTriggers,
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: false },
  });
  const mfa = { ...factorSettings('OPTIONAL', ...all), WebAuthnConfiguration: { RelyingPartyId: relyingParty } };
  await service.client.send(new SetUserPoolMfaConfigCommand({ UserPoolId: pool.id, ...mfa }));
  return { service, pool, app: await anApp(service, pool) };
}

async function strictPlace(service: Service): Promise<Place> {
  const pool = await service.aPool();
  const mfa = factorSettings('ON', 'SOFTWARE_TOKEN_MFA');
  await service.client.send(new SetUserPoolMfaConfigCommand({ UserPoolId: pool.id, ...mfa }));
  return { service, pool, app: await anApp(service, pool) };
}

const anApp = ({ aClient }: Service, pool: BuiltPool) =>
  aClient(pool, {
    ExplicitAuthFlows: [
      'ALLOW_USER_AUTH',
      'ALLOW_CUSTOM_AUTH',
      'ALLOW_USER_PASSWORD_AUTH',
      'ALLOW_USER_SRP_AUTH',
      'ALLOW_ADMIN_USER_PASSWORD_AUTH',
    ],
  });

const byChoice = ({ posing, username: USERNAME }: Scene, PREFERRED_CHALLENGE?: string) =>
  posing.initiate('USER_AUTH', { USERNAME, ...(PREFERRED_CHALLENGE !== undefined && { PREFERRED_CHALLENGE }) });

/** After a password, with these factors turned on. */
const withFactors = (...settings: readonly ('SMSMfaSettings' | 'EmailMfaSettings' | 'SoftwareTokenMfaSettings')[]) =>
  async function pose({ service, pool, posing, username: Username }: Scene) {
    const wanted = Object.fromEntries(settings.map((name) => [name, on]));
    await service.client.send(new AdminSetUserMFAPreferenceCommand({ UserPoolId: pool.id, Username, ...wanted }));
    return posing.byPassword(Username);
  };

const answering =
  (name: Name, responses: (scene: Scene) => Promise<Readonly<Record<string, string>>>): Script['answer'] =>
  async (scene, posed) =>
    scene.answering.respond(name, { USERNAME: scene.username, ...(await responses(scene)) }, posed.Session);

const answeringCode = (name: Name, parameter: string) =>
  answering(name, async ({ code }) => ({ [parameter]: await code() }));

const tokenOf = async ({ service, app, username }: Scene) => (await signingIn(service, app).tokens(username)).access;

/** What a step has to remember of the one before: by the session or block that was handed out. */
const kept = new Map<string | undefined, unknown>();

const scripts: Readonly<Record<Name, Script>> = {
  PASSWORD_VERIFIER: {
    async pose({ posing, username: USERNAME }) {
      const srp = srpClient();
      const posed = await posing.initiate('USER_SRP_AUTH', { USERNAME, SRP_A: srp.publicValue });
      kept.set(parametersOf(posed)['SECRET_BLOCK'], srp);
      return posed;
    },
    answer: ({ service, pool, answering: { respond } }, posed) => {
      const challenge = parametersOf(posed);
      const srp = kept.get(challenge['SECRET_BLOCK']) as ReturnType<typeof srpClient>;
      const known = { poolId: pool.id, password: somePassword, at: service.clock.now() };
      return respond('PASSWORD_VERIFIER', srp.answer(challenge, known), undefined);
    },
  },
  PASSWORD: {
    async pose({ posing, username: USERNAME }) {
      const select = { USERNAME, ANSWER: 'PASSWORD' };
      return posing.respond('SELECT_CHALLENGE', select, sessionOf(await posing.initiate('USER_AUTH', { USERNAME })));
    },
    answer: answering('PASSWORD', async () => ({ PASSWORD: somePassword })),
  },
  PASSWORD_SRP: {
    pose: (scene) => byChoice(scene, 'PASSWORD_SRP'),
    answer: answering('PASSWORD_SRP', async () => ({ SRP_A: srpClient().publicValue })),
    leadsTo: 'PASSWORD_VERIFIER',
  },
  SELECT_CHALLENGE: {
    pose: byChoice,
    answer: answering('SELECT_CHALLENGE', async () => ({ ANSWER: 'PASSWORD', PASSWORD: somePassword })),
  },
  EMAIL_OTP: { pose: (scene) => byChoice(scene, 'EMAIL_OTP'), answer: answeringCode('EMAIL_OTP', 'EMAIL_OTP_CODE') },
  SMS_OTP: { pose: (scene) => byChoice(scene, 'SMS_OTP'), answer: answeringCode('SMS_OTP', 'SMS_OTP_CODE') },
  WEB_AUTHN: {
    async pose(scene) {
      const authenticator = await passkeyCalls(scene.service).register(await tokenOf(scene));
      const posed = await byChoice(scene, 'WEB_AUTHN');
      kept.set(posed.Session, authenticator);
      return posed;
    },
    answer: ({ username: USERNAME, answering: { respond } }, posed) => {
      const authenticator = kept.get(posed.Session) as Awaited<ReturnType<ReturnType<typeof passkeyCalls>['register']>>;
      const asked = JSON.parse(parametersOf(posed)['CREDENTIAL_REQUEST_OPTIONS'] ?? '');
      return respond('WEB_AUTHN', { USERNAME, CREDENTIAL: JSON.stringify(authenticator.assert(asked)) }, posed.Session);
    },
  },
  SMS_MFA: { pose: withFactors('SMSMfaSettings'), answer: answeringCode('SMS_MFA', 'SMS_MFA_CODE') },
  SOFTWARE_TOKEN_MFA: {
    async pose(scene) {
      const secret = await aPersonWith(scene.service).anApp(await tokenOf(scene));
      const posed = await withFactors('SoftwareTokenMfaSettings')(scene);
      kept.set(posed.Session, secret);
      return posed;
    },
    answer: ({ service, username: USERNAME, answering: { respond } }, posed) => {
      const code = appCode(String(kept.get(posed.Session)), service.clock.now());
      return respond('SOFTWARE_TOKEN_MFA', { USERNAME, SOFTWARE_TOKEN_MFA_CODE: code }, posed.Session);
    },
  },
  SELECT_MFA_TYPE: {
    pose: withFactors('SMSMfaSettings', 'EmailMfaSettings'),
    answer: answering('SELECT_MFA_TYPE', async () => ({ ANSWER: 'EMAIL_OTP' })),
    leadsTo: 'EMAIL_OTP',
  },
  MFA_SETUP: {
    isStrict: true,
    pose: ({ posing, username }) => posing.byPassword(username),
    async answer({ service, username: USERNAME, answering: { respond } }, posed) {
      const begun = await service.client.send(new AssociateSoftwareTokenCommand({ Session: posed.Session }));
      const UserCode = appCode(begun.SecretCode ?? '', service.clock.now());
      const verify = new VerifySoftwareTokenCommand({ Session: sessionOf(begun), UserCode });
      return respond('MFA_SETUP', { USERNAME }, sessionOf(await service.client.send(verify)));
    },
  },
  NEW_PASSWORD_REQUIRED: {
    isInvited: true,
    pose: ({ posing, username }) => posing.byPassword(username),
    answer: answering('NEW_PASSWORD_REQUIRED', async () => ({ NEW_PASSWORD: 'Another-Horse-9' })),
  },
  CUSTOM_CHALLENGE: {
    pose: ({ posing, username: USERNAME }) => posing.initiate('CUSTOM_AUTH', { USERNAME }),
    async answer({ username: USERNAME, answering: { respond } }, posed) {
      let answer = posed;
      while (answer.ChallengeName === 'CUSTOM_CHALLENGE') {
        const ANSWER = `answer ${parametersOf(answer)['question']}`;
        answer = await respond('CUSTOM_CHALLENGE', { USERNAME, ANSWER }, answer.Session);
      }
      return answer;
    },
  },
  DEVICE_SRP_AUTH: {
    pose: ontoDevice,
    answer: ({ username: USERNAME, answering: { respond } }, posed) => {
      const device = kept.get(posed.Session) as Awaited<ReturnType<typeof aDevice>>;
      const SRP_A = srpClient().publicValue;
      return respond('DEVICE_SRP_AUTH', { USERNAME, DEVICE_KEY: device.key, SRP_A }, posed.Session);
    },
    leadsTo: 'DEVICE_PASSWORD_VERIFIER',
  },
  DEVICE_PASSWORD_VERIFIER: {
    async pose(scene) {
      const srp = srpClient();
      const begun = await ontoDevice(scene);
      const device = kept.get(begun.Session) as Awaited<ReturnType<typeof aDevice>>;
      const named = { USERNAME: scene.username, DEVICE_KEY: device.key, SRP_A: srp.publicValue };
      const posed = await scene.posing.respond('DEVICE_SRP_AUTH', named, begun.Session);
      kept.set(posed.Session, { srp, device });
      return posed;
    },
    answer: ({ service, answering: { respond } }, posed) => {
      const { srp, device } = kept.get(posed.Session) as {
        readonly srp: ReturnType<typeof srpClient>;
        readonly device: Awaited<ReturnType<typeof aDevice>>;
      };
      const { groupKey, key: deviceKey, secret } = device;
      const known = { groupKey, deviceKey, secret, at: service.clock.now() };
      return respond('DEVICE_PASSWORD_VERIFIER', srp.answerOfDevice(parametersOf(posed), known), posed.Session);
    },
  },
};

async function ontoDevice({ service, app, username, posing }: Scene): Promise<InitiateAuthCommandOutput> {
  const device = await aDevice(service, signingIn(service, app), username);
  const posed = await posing.byPassword(username, { DEVICE_KEY: device.key });
  kept.set(posed.Session, device);
  return posed;
}

describe('The challenge', () => {
  let open: Place;
  let strict: Place;

  beforeAll(async () => {
    const service = await startService({ ports: { triggers: moduleTriggers(recorded({}).functions) } });
    open = await openPlace(service);
    strict = await strictPlace(service);
  });

  async function sceneOf({ isStrict, isInvited = false }: Script, from: 0 | 1, to: 0 | 1): Promise<Scene> {
    const place = isStrict ? strict : open;
    const { service, pool, app } = place;
    people += 1;
    const username = `person-${people}`;
    const attributes = {
      email: `${username}@example.com`,
      email_verified: 'true',
      phone_number: `+1206555${String(people).padStart(4, '0')}`,
      phone_number_verified: 'true',
    };
    await service.aUser(pool, { username, invited: isInvited, ...(!isStrict && { attributes }) });
    const hands = handsOf(service, app);
    const [posing, answerer] = [hands[from], hands[to]];
    if (!posing || !answerer) throw new Error('There are two pairs of hands');
    const code = () => service.outbox.codeFor({ poolId: pool.id, username });
    return { ...place, username, posing, answering: answerer, code };
  }

  const mixes = [
    ['the person', 'the person', 0, 0],
    ['the person', 'an administrator', 0, 1],
    ['an administrator', 'the person', 1, 0],
    ['an administrator', 'an administrator', 1, 1],
  ] as const;
  // The types make sure that every name has a script.
  const cases = (Object.keys(scripts) as Name[]).flatMap((name) => mixes.map((mix) => [name, ...mix] as const));

  test.each(cases)('%s is posed to %s and answered by %s', async (name, _from, _to, from, to) => {
    const script = scripts[name];
    const scene = await sceneOf(script, from, to);
    const posed = await script.pose(scene);
    expect(posed.ChallengeName).toBe(name);
    expect(posed.AuthenticationResult).toBeUndefined();
    const answered = await script.answer(scene, posed);
    expect(answered.ChallengeName).toBe(script.leadsTo);
    if (script.leadsTo === undefined) tokensOf(answered);
    else expect(answered.AuthenticationResult).toBeUndefined();
  });

  test('of the list of the API is among these, but for one that nothing poses', async () => {
    expect([...Object.keys(scripts), 'ADMIN_NO_SRP_AUTH'].toSorted()).toEqual(
      Object.values(ChallengeNameType).toSorted(),
    );
    const { username, posing, answering: administrator } = await sceneOf({ ...scripts.PASSWORD }, 0, 1);
    const given = { USERNAME: username, PASSWORD: somePassword };
    for (const { respond } of [posing, administrator]) {
      expect(await refusal(respond('ADMIN_NO_SRP_AUTH', given, undefined))).toBe(
        'OperationNotEnabledException: Challenge ADMIN_NO_SRP_AUTH is not enabled in this deployment',
      );
    }
  });
});
