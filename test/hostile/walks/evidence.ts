/** Answers to challenges: mostly the right one, else one that is wrong, somebody else's, or for something else. */
import { appCode } from '../../support/second-factors.ts';
import { type Hands, type Held, pick, type Response, type Texts } from './held.ts';
import type { WalkPerson } from './people.ts';
import { answerTo } from './questions.ts';
import type { Stride } from './strides.ts';

export function responseTo(hands: Hands, source: Held, stride: Stride): Response {
  const { crossed } = stride;
  const other = pick(hands.held, stride.person);
  const app = crossed === 'app' ? pick(hands.apps, stride.app) : source.app;
  const name = crossed === 'person' ? pick(source.app.people, stride.person).name : source.person.name;
  const challenge = crossed === 'challenge' ? stride.challenge : source.challenge;
  const sessions = { session: other.session, 'no session': undefined } as const;
  const session = crossed === 'session' || crossed === 'no session' ? sessions[crossed] : source.session;
  const parameters = {
    ...claimOf(hands, source, challenge, stride),
    USERNAME: name,
    PASSWORD: passwordOf(hands, stride, source.person),
    NEW_PASSWORD: `Chosen-${hands.held.length}-by-${source.person.name}-${hands.service.clock.now()}`,
    ANSWER: challenge === 'CUSTOM_CHALLENGE' ? customAnswer(source, other, stride) : stride.choice,
    ...codesOf(hands, source, other, stride),
    ...(challenge === 'WEB_AUTHN' && { CREDENTIAL: credentialOf(hands, source, stride) }),
    ...(takesPublicValue(challenge, stride) && { SRP_A: hands.srp.publicValue }),
    ...(challenge.startsWith('DEVICE')
      ? { DEVICE_KEY: source.person.device?.key ?? anyDevice(hands, stride) }
      : deviceOf(hands, stride, source.person)),
  };
  return { app, name, challenge, session, parameters, byAdministrator: stride.byAdministrator };
}

const takesPublicValue = (challenge: string, { choice }: Stride): boolean =>
  choice === 'PASSWORD_SRP' || challenge === 'PASSWORD_SRP' || challenge === 'DEVICE_SRP_AUTH';

const customAnswer = (source: Held, other: Held, { evidence }: Stride): string => {
  const from = evidence === 'foreign' ? other : source;
  return evidence === 'wrong' ? 'a guess' : answerTo(from.parameters['question']);
};

function codesOf({ service }: Hands, source: Held, other: Held, { evidence }: Stride): Texts {
  const code = { right: source.code ?? '00000000', wrong: '12345678', foreign: other.code ?? '87654321' }[evidence];
  const { secret } = (evidence === 'foreign' ? other : source).person;
  return {
    SMS_MFA_CODE: code,
    EMAIL_OTP_CODE: code,
    SMS_OTP_CODE: code,
    SOFTWARE_TOKEN_MFA_CODE: secret && evidence !== 'wrong' ? appCode(secret, service.clock.now()) : '123456',
  };
}

/** A wrong one was signed for an earlier challenge, where there was one; somebody else's claims to be the right one. */
function credentialOf(hands: Hands, { person, parameters }: Held, { evidence, person: index }: Stride): string {
  const earlier = [...hands.credentials.keys()];
  if (evidence === 'wrong') return earlier.length > 0 ? pick(earlier, index) : '{}';
  const options = parameters['CREDENTIAL_REQUEST_OPTIONS'];
  const signer = evidence === 'right' ? person : pick(everybody(hands).filter(isOther(person)), index);
  if (!person.passkey || !signer.passkey || options === undefined) return '{}';
  const asked = JSON.parse(options);
  const { id } = person.passkey;
  const credential = JSON.stringify({ ...signer.passkey.assert(asked), id, rawId: id });
  hands.credentials.set(credential, { passkey: signer.passkey, challenge: asked.challenge });
  return credential;
}

const isOther =
  (person: WalkPerson) =>
  ({ passkey }: WalkPerson): boolean =>
    passkey !== undefined && passkey !== person.passkey;

/** The signature of an SRP exchange. */
function claimOf(hands: Hands, source: Held, challenge: string, stride: Stride): Texts {
  const { parameters, person } = source;
  if (!challenge.endsWith('PASSWORD_VERIFIER') || !parameters['SECRET_BLOCK']) return {};
  const at = hands.service.clock.now();
  const { device } = person;
  if (device && parameters['DEVICE_KEY']) {
    const secret = stride.evidence === 'right' ? device.secret : 'another secret';
    const knowledge = { groupKey: device.groupKey, deviceKey: device.key, secret, at };
    return noted(hands, hands.srp.answerOfDevice(parameters, knowledge), secret);
  }
  const password = passwordOf(hands, stride, person);
  return noted(hands, hands.srp.answer(parameters, { poolId: person.pool.id, password, at }), password);
}

function noted({ claims }: Hands, claim: Texts, secret: string): Texts {
  claims.set(claim['PASSWORD_CLAIM_SIGNATURE'] ?? '', secret);
  return claim;
}

export function passwordOf(hands: Hands, { evidence, person: other }: Stride, person: WalkPerson): string {
  if (evidence === 'right') return person.password;
  return evidence === 'wrong' ? 'Nobody-has-this-9' : pick(everybody(hands), other).password;
}

export function deviceOf(hands: Hands, stride: Stride, person: WalkPerson): Texts {
  if (stride.device === 'none') return {};
  const key = stride.device === 'own' ? person.device?.key : anyDevice(hands, stride);
  return key === undefined ? {} : { DEVICE_KEY: key };
}

const anyDevice = ({ apps }: Hands, { app }: Stride): string =>
  pick(apps, app).people.find(({ device }) => device)?.device?.key ?? 'us-east-1_0';

const everybody = ({ apps }: Hands): readonly WalkPerson[] => apps.flatMap(({ people }) => people);
