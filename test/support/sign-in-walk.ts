/** Walks through sign-ins at random, and holds every answer against what was really proven on the way to it. */
import { decodeJwt } from 'jose';
import { chosePassword, codeAt, replacePassword, stepAt, type WalkApp, type WalkPerson } from './sign-in-world.ts';
import { type SrpClient, srpClient } from './srp-client.ts';
import type { Service } from './start-service.ts';

/** A challenge that was posed, and all that led to it. */
interface Held {
  readonly app: WalkApp;
  readonly person: WalkPerson;
  readonly challenge: string;
  readonly session: string | undefined;
  readonly parameters: Texts;
  readonly proven: readonly string[];
  /** Of the password that was proven. */
  readonly mark: number | undefined;
  readonly posedAt: number;
  readonly code: string | undefined;
  isSpent: boolean;
}

type Texts = Readonly<Record<string, string>>;

/** What a walker does next; numbers choose among what there is by then. */
export interface Stride {
  readonly act: 'begin' | 'respond' | 'respond twice' | 'wait' | 'replace password';
  readonly app: number;
  readonly person: number;
  readonly flow: string;
  readonly preferred: string;
  /** Answers what may have been answered before. */
  readonly isReplay: boolean;
  /** How many of what was posed stand between now and what is answered. */
  readonly back: number;
  readonly evidence: 'right' | 'wrong' | 'foreign';
  readonly crossed: 'nothing' | 'app' | 'person' | 'challenge' | 'session' | 'no session';
  readonly challenge: string;
  readonly choice: string;
  readonly device: 'none' | 'own' | 'foreign';
  /** Says how, and not yet the password. */
  readonly isSilent: boolean;
  readonly byAdministrator: boolean;
  readonly wait: number;
}

interface Sent {
  readonly app: WalkApp;
  readonly name: string;
  readonly parameters: Texts;
  readonly byAdministrator: boolean;
}

interface Response extends Sent {
  readonly challenge: string;
  readonly session: string | undefined;
}

interface Positive {
  readonly ChallengeName?: string;
  readonly Session?: string;
  readonly ChallengeParameters?: Texts;
  readonly AuthenticationResult?: { readonly AccessToken: string };
}

export class Walk {
  readonly #service: Service;
  readonly #apps: readonly WalkApp[];
  readonly #held: Held[] = [];
  /** One for all, as making one takes longer than a request. */
  readonly #srp: SrpClient = srpClient();
  /** How often something came about, by what it was. */
  readonly seen: Map<string, number>;

  constructor(service: Service, apps: readonly WalkApp[], seen: Map<string, number>) {
    this.#service = service;
    this.#apps = apps;
    this.seen = seen;
  }

  async go(stride: Stride): Promise<void> {
    switch (stride.act) {
      case 'begin':
        return this.#begin(stride);
      case 'respond':
        return this.#respond(stride, 1);
      case 'respond twice':
        return this.#respond(stride, 2);
      case 'wait':
        return void this.#service.clock.advance(stride.wait);
      case 'replace password':
        return replacePassword(this.#service, pick(pick(this.#apps, stride.app).people, stride.person));
      default:
        return stride.act satisfies never;
    }
  }

  async #begin(stride: Stride): Promise<void> {
    const app = pick(this.#apps, stride.app);
    const person = pick(app.people, stride.person);
    const password = this.#password(stride, person);
    const isAdministrators = stride.flow.startsWith('ADMIN');
    const isSilent = stride.flow === 'USER_AUTH' && stride.isSilent;
    const parameters = {
      USERNAME: person.name,
      ...(!isSilent && { PASSWORD: password }),
      ...(stride.flow === 'USER_AUTH' && stride.preferred && { PREFERRED_CHALLENGE: stride.preferred }),
      ...(!isSilent && takesSrp(stride.flow, stride.preferred) && { SRP_A: this.#srp.publicValue }),
      ...this.#device(stride, person),
    };
    const sent: Sent = { app, name: person.name, parameters, byAdministrator: isAdministrators };
    const answer = await this.#ask('InitiateAuth', sent, { AuthFlow: stride.flow, AuthParameters: parameters });
    if (!answer) return;
    const isOfPassword = stride.flow.includes('PASSWORD') || stride.flow === 'ADMIN_NO_SRP_AUTH';
    const provesPassword =
      isOfPassword || (stride.flow === 'USER_AUTH' && stride.preferred === 'PASSWORD' && !isSilent);
    if (provesPassword) insist(password === person.password, `a wrong password began ${stride.flow}`);
    const proven = provesPassword ? ['password'] : [];
    await this.#advance({ ...sent, person, proven, mark: provesPassword ? person.mark : undefined }, answer);
  }

  async #respond(stride: Stride, times: number): Promise<void> {
    const open = this.#held.filter(({ isSpent }) => !isSpent);
    const known = stride.isReplay || open.length === 0 ? this.#held : open;
    const source = known.at(-1 - (stride.back % Math.max(1, known.length)));
    if (!source) return;
    const response = this.#responseTo(source, stride);
    const { app, challenge: ChallengeName, session: Session, parameters: ChallengeResponses } = response;
    const ask = () => this.#ask('RespondToAuthChallenge', response, { ChallengeName, Session, ChallengeResponses });
    // What is right is decided on what was so when the request was made.
    const judged = this.#judge(response);
    const answers = await Promise.all(Array.from({ length: times }, ask));
    for (const answer of answers.filter((one) => one !== undefined)) {
      if (typeof judged === 'string') throw new Error(`${judged}, and ${ChallengeName} was answered all the same`);
      const { held, proves } = judged;
      insist(!held.isSpent, `a session of ${ChallengeName} was good for two answers`);
      held.isSpent = true;
      this.#count(`answered ${ChallengeName}`);
      if (proves.includes('app code')) held.person.lastStep = this.#stepOf(held.person, ChallengeResponses) ?? 0;
      if (ChallengeName === 'NEW_PASSWORD_REQUIRED') {
        chosePassword(held.person, ChallengeResponses['NEW_PASSWORD'] ?? '', false);
      }
      const isPassword = proves.includes('password');
      const { mark: newest, isTemporary } = held.person;
      const mark = isPassword || (ChallengeName === 'NEW_PASSWORD_REQUIRED' && !isTemporary) ? newest : held.mark;
      const chain = { ...response, app, person: held.person, proven: [...held.proven, ...proves], mark };
      await this.#advance(chain, answer);
    }
  }

  #responseTo(source: Held, stride: Stride): Response {
    const { crossed } = stride;
    const other = pick(this.#held, stride.person);
    const app = crossed === 'app' ? pick(this.#apps, stride.app) : source.app;
    const name = crossed === 'person' ? pick(source.app.people, stride.person).name : source.person.name;
    const challenge = crossed === 'challenge' ? stride.challenge : source.challenge;
    const sessions = { session: other.session, 'no session': undefined } as const;
    const session = crossed === 'session' || crossed === 'no session' ? sessions[crossed] : source.session;
    const parameters = {
      ...this.#claim(source, challenge, stride),
      USERNAME: name,
      PASSWORD: this.#password(stride, source.person),
      NEW_PASSWORD: `Chosen-${this.#held.length}-by-${source.person.name}-9`,
      ANSWER: stride.choice,
      ...this.#codes(source, other, stride),
      ...(stride.choice === 'PASSWORD_SRP' || challenge === 'PASSWORD_SRP' || challenge === 'DEVICE_SRP_AUTH'
        ? { SRP_A: this.#srp.publicValue }
        : {}),
      ...(challenge.startsWith('DEVICE')
        ? { DEVICE_KEY: source.person.device?.key ?? this.#anyDevice(stride) }
        : this.#device(stride, source.person)),
    };
    return { app, name, challenge, session, parameters, byAdministrator: stride.byAdministrator };
  }

  #codes(source: Held, other: Held, { evidence }: Stride): Texts {
    const now = this.#service.clock.now();
    const code = { right: source.code ?? '00000000', wrong: '12345678', foreign: other.code ?? '87654321' }[evidence];
    const secret = (evidence === 'foreign' ? other : source).person.secret;
    return {
      SMS_MFA_CODE: code,
      EMAIL_OTP_CODE: code,
      SMS_OTP_CODE: code,
      SOFTWARE_TOKEN_MFA_CODE: secret && evidence !== 'wrong' ? codeAt(secret, now) : '123456',
    };
  }

  /** The signature of an SRP exchange, where there is one. */
  #claim(source: Held, challenge: string, stride: Stride): Texts {
    const { parameters, person } = source;
    if (!parameters['SECRET_BLOCK']) return {};
    const at = this.#service.clock.now();
    const { device } = person;
    if (challenge === 'DEVICE_PASSWORD_VERIFIER' && device && parameters['DEVICE_KEY']) {
      const secret = stride.evidence === 'right' ? device.secret : 'another secret';
      return this.#srp.answerOfDevice(parameters, { groupKey: device.groupKey, deviceKey: device.key, secret, at });
    }
    if (!parameters['USER_ID_FOR_SRP']) return {};
    return this.#srp.answer(parameters, { poolId: person.poolId, password: this.#password(stride, person), at });
  }

  #password({ evidence, person: other }: Stride, person: WalkPerson): string {
    if (evidence === 'right') return person.password;
    const everybody = this.#apps.flatMap(({ people }) => people);
    return evidence === 'wrong' ? 'Nobody-has-this-9' : pick(everybody, other).password;
  }

  #device(stride: Stride, person: WalkPerson): Texts {
    if (stride.device === 'none') return {};
    const key = stride.device === 'own' ? person.device?.key : this.#anyDevice(stride);
    return key === undefined ? {} : { DEVICE_KEY: key };
  }

  #anyDevice({ app }: Stride): string {
    return pick(this.#apps, app).people.find(({ device }) => device)?.device?.key ?? 'us-east-1_0';
  }

  /** What the response would prove, or why it must not be taken. */
  #judge(response: Response): { readonly held: Held; readonly proves: readonly string[] } | string {
    const { app, name, challenge, session, parameters } = response;
    const block = this.#held.find(
      (each) => each.parameters['SECRET_BLOCK'] === (parameters['PASSWORD_CLAIM_SECRET_BLOCK'] ?? 'none'),
    );
    const held = session === undefined ? block : this.#held.find((each) => each.session === session);
    if (!held) return 'no challenge was posed';
    const now = this.#service.clock.now();
    if (challenge.endsWith('PASSWORD_VERIFIER') && block !== held) return 'the block is of another challenge';
    if (held.challenge !== challenge) return 'another challenge was posed';
    if (held.app.id !== app.id) return 'the session is of another client';
    if (held.person.name !== name) return 'the session is of somebody else';
    if (held.isSpent) return 'the session was spent';
    if (session !== undefined && now >= held.posedAt + sessionLife) return 'the session is over';
    return this.#judgeEvidence(held, response);
  }

  #judgeEvidence(held: Held, { challenge, parameters }: Response) {
    const { person } = held;
    const code = parameters['EMAIL_OTP_CODE'];
    const passes = (isRight: boolean, ...proves: string[]) =>
      isRight ? { held, proves } : `the evidence for ${challenge} was wrong`;
    switch (challenge) {
      case 'PASSWORD_VERIFIER':
      case 'PASSWORD':
        return passes(parameters['PASSWORD'] === person.password, 'password');
      case 'SELECT_CHALLENGE':
        return parameters['ANSWER'] === 'PASSWORD'
          ? passes(parameters['PASSWORD'] === person.password, 'password')
          : passes(true);
      case 'SMS_MFA':
      case 'SMS_OTP':
        return passes(code === held.code && this.#isNewest(held), 'text code');
      case 'EMAIL_OTP':
        return passes(code === held.code && this.#isNewest(held), 'email code');
      case 'SOFTWARE_TOKEN_MFA':
        return passes(this.#stepOf(person, parameters) !== undefined, 'app code');
      case 'DEVICE_PASSWORD_VERIFIER':
        return passes(parameters['DEVICE_KEY'] === person.device?.key && this.#isClaimed(held, parameters), 'device');
      case 'DEVICE_SRP_AUTH':
        return passes(parameters['DEVICE_KEY'] === person.device?.key);
      case 'NEW_PASSWORD_REQUIRED':
        // It is this very temporary password that has to have been known.
        return passes(person.isTemporary && held.mark === person.mark);
      default:
        return passes(true);
    }
  }

  #isClaimed({ parameters, person }: Held, sent: Texts): boolean {
    if (!person.device) return false;
    const { groupKey, key: deviceKey, secret } = person.device;
    const right = this.#srp.answerOfDevice(parameters, { groupKey, deviceKey, secret, at: this.#service.clock.now() });
    return right['PASSWORD_CLAIM_SIGNATURE'] === sent['PASSWORD_CLAIM_SIGNATURE'];
  }

  /** A newer code of the same person takes the place of an older one. */
  #isNewest(held: Held): boolean {
    return held === this.#held.findLast(({ person, code }) => person === held.person && code !== undefined);
  }

  /** The step of the code, if it is one that may still be taken. */
  #stepOf({ secret, lastStep }: WalkPerson, sent: Texts): number | undefined {
    const now = this.#service.clock.now();
    const near = [-1, 0, 1].map((by) => now + by * 30_000).filter((at) => stepAt(at) > lastStep);
    const found = secret ? near.find((at) => codeAt(secret, at) === sent['SOFTWARE_TOKEN_MFA_CODE']) : undefined;
    return found === undefined ? undefined : stepAt(found);
  }

  async #advance(
    chain: Sent & {
      readonly person: WalkPerson;
      readonly proven: readonly string[];
      readonly mark: number | undefined;
    },
    answer: Positive,
  ): Promise<void> {
    const { app, person, proven, mark } = chain;
    const { ChallengeName: challenge, Session: session, ChallengeParameters: parameters = {} } = answer;
    insist((challenge === undefined) === (answer.AuthenticationResult !== undefined), 'tokens came with a challenge');
    if (answer.AuthenticationResult) return this.#requireComplete(chain, answer.AuthenticationResult.AccessToken);
    const isSent = challenge === 'SMS_MFA' || challenge === 'EMAIL_OTP' || challenge === 'SMS_OTP';
    const named = { poolId: app.poolId, username: person.name };
    const code = isSent ? await this.#service.outbox.codeFor(named) : undefined;
    const posed = { app, person, challenge: challenge ?? '', session, parameters, proven, mark, code };
    this.#held.push({ ...posed, posedAt: this.#service.clock.now(), isSpent: false });
  }

  #requireComplete({ app, person, proven }: Pick<Held, 'app' | 'person' | 'proven'>, accessToken: string): void {
    const { username, client_id: client, iss } = decodeJwt(accessToken);
    insist(username === person.name && client === app.id, 'the tokens are of somebody else');
    insist(Boolean(iss?.endsWith(`/${app.poolId}`)), 'the tokens are of another pool');
    const chain = `${person.name} with ${proven.join(', ')}`;
    this.#count(`tokens for ${chain}`);
    insist(!person.isTemporary, `a temporary password was enough for ${chain}`);
    if (proven[0] !== 'password') {
      insist(isCode(proven[0]), `nothing was enough for ${chain}`);
      return;
    }
    const enough = [...person.mfa, ...(person.device ? ['device'] : [])];
    insist(
      person.mfa.length === 0 || proven.slice(1).some((factor) => enough.includes(factor)),
      `no second factor was asked of ${chain}`,
    );
  }

  async #ask(operation: string, { app, byAdministrator }: Sent, input: object): Promise<Positive | undefined> {
    const asked = { ClientId: app.id, ...input };
    const { status, json } = byAdministrator
      ? await this.#service.call(`Admin${operation}`, { UserPoolId: app.poolId, ...asked })
      : await this.#service.call(operation, asked, {});
    this.#count('requests');
    if (status !== 200) this.#count(`refused: ${Object(json).__type}`);
    // Whatever is answered to these operations has this form.
    return status === 200 ? (json as Positive) : undefined;
  }

  #count(what: string): void {
    this.seen.set(what, (this.seen.get(what) ?? 0) + 1);
  }
}

/** The clients have the shortest life that sessions may have. */
const sessionLife = 180_000;

const isCode = (factor: string | undefined): boolean => factor === 'email code' || factor === 'text code';

const takesSrp = (flow: string, preferred: string): boolean =>
  flow === 'USER_SRP_AUTH' || (flow === 'USER_AUTH' && preferred === 'PASSWORD_SRP');

function pick<T>(all: readonly T[], index: number): T {
  const found = all[index % all.length];
  if (found === undefined) throw new Error('There is nothing to pick from');
  return found;
}

function insist(isTrue: boolean, otherwise: string): void {
  if (!isTrue) throw new Error(otherwise);
}
