/** Walks through sign-ins at random, and holds every answer against what was really proven on the way to it. */
import { decodeJwt } from 'jose';
import { appCode } from '../../support/second-factors.ts';
import { srpClient } from '../../support/srp-client.ts';
import type { Service } from '../../support/start-service.ts';
import { deviceOf, passwordOf, responseTo } from './evidence.ts';
import { type Chain, type Hands, type Held, pick, type Response, type Sent, type Texts } from './held.ts';
import { judge, stepOfCode, whyClosed, whyIncomplete } from './judge.ts';
import { chosePassword, loseApp, replacePassword, type WalkPerson } from './people.ts';
import type { Stride } from './strides.ts';
import type { WalkApp } from './world.ts';

interface Positive {
  readonly ChallengeName?: string;
  readonly Session?: string;
  readonly ChallengeParameters?: Texts;
  readonly AuthenticationResult?: { readonly AccessToken: string };
  /** Of AssociateSoftwareToken. */
  readonly SecretCode?: string;
}

const srp = srpClient();

export class Walk {
  readonly #hands: Hands;
  /** How often something came about, by what it was. */
  readonly #seen: Map<string, number>;

  constructor(service: Service, apps: readonly WalkApp[], seen: Map<string, number>) {
    this.#hands = { service, apps, held: [], srp, credentials: new Map(), claims: new Map() };
    this.#seen = seen;
  }

  async go(stride: Stride): Promise<void> {
    const { service } = this.#hands;
    switch (stride.act) {
      case 'begin':
        return this.#begin(stride);
      case 'respond':
        return this.#respond(stride, 1);
      case 'respond twice':
        return this.#respond(stride, 2);
      case 'wait':
        return void service.clock.advance(stride.wait);
      case 'replace password':
        return replacePassword(service, this.#somebody(stride).person);
      case 'lose app':
        return loseApp(service, this.#somebody(stride).person);
      default:
        return stride.act satisfies never;
    }
  }

  /** Mostly the same person again, perhaps through another application: what is easily taken for one another is theirs. */
  #somebody({ app, person, isReplay }: Stride): Pick<Held, 'app' | 'person'> {
    const { apps, held } = this.#hands;
    const last = isReplay ? undefined : held.at(-1);
    const chosen = pick(last ? apps.filter(({ pool }) => pool === last.person.pool) : apps, app);
    return { app: chosen, person: last?.person ?? pick(chosen.people, person) };
  }

  async #begin(stride: Stride): Promise<void> {
    const hands = this.#hands;
    const { flow, preferred } = stride;
    const { app, person } = this.#somebody(stride);
    const password = passwordOf(hands, stride, person);
    const isSilent = flow === 'USER_AUTH' && stride.isSilent;
    const isSrp = takesSrp(flow, preferred) && !isSilent;
    const parameters = {
      USERNAME: person.name,
      ...(!isSilent && flow !== 'CUSTOM_AUTH' && { PASSWORD: password }),
      ...(flow === 'USER_AUTH' && preferred && { PREFERRED_CHALLENGE: preferred }),
      ...(isSrp && { SRP_A: hands.srp.publicValue, CHALLENGE_NAME: 'SRP_A' }),
      ...deviceOf(hands, stride, person),
    };
    const sent = { app, name: person.name, parameters, byAdministrator: flow.startsWith('ADMIN') };
    const answer = await this.#ask('InitiateAuth', sent, { AuthFlow: flow, AuthParameters: parameters });
    if (!answer) return;
    const provesPassword = flow.includes('PASSWORD') || (flow === 'USER_AUTH' && preferred === 'PASSWORD' && !isSilent);
    if (provesPassword) insist(password === person.password, `a wrong password began ${flow}`);
    const proven = provesPassword ? ['password'] : [];
    await this.#advance({ app, person, flow, proven, mark: person.mark, appMark: undefined }, answer);
  }

  async #respond(stride: Stride, times: number): Promise<void> {
    const { held } = this.#hands;
    const open = held.filter(({ isSpent }) => !isSpent);
    const known = stride.isReplay || open.length === 0 ? held : open;
    const source = known.at(-1 - (stride.back % Math.max(1, known.length)));
    if (!source) return;
    if (isSetUpNext(source, stride)) return this.#setUp(source, stride, times);
    const response = responseTo(this.#hands, source, stride);
    const { challenge: ChallengeName, session: Session, parameters: ChallengeResponses } = response;
    const ask = () => this.#ask('RespondToAuthChallenge', response, { ChallengeName, Session, ChallengeResponses });
    // What is right is decided on what was so when the request was made.
    const judged = judge(this.#hands, response);
    const answers = await Promise.all(Array.from({ length: times }, ask));
    for (const answer of answers.filter((one) => one !== undefined)) {
      if (typeof judged === 'string') throw new Error(`${judged}, and ${ChallengeName} was answered all the same`);
      this.#spend(judged.held);
      await this.#advance(this.#chainAfter(judged.held, response, judged.proves), answer);
    }
  }

  #spend(held: Held): void {
    insist(!held.isSpent, `a session of ${held.challenge} was good for two answers`);
    held.isSpent = true;
    this.#count(`answered ${held.challenge}`);
  }

  #chainAfter(held: Held, { challenge, parameters }: Response, proves: readonly string[]): Chain {
    const { person } = held;
    const isApp = proves.includes('app code');
    if (isApp) person.lastStep = stepOfCode(this.#hands, person, person.secret, parameters) ?? 0;
    const isNew = challenge === 'NEW_PASSWORD_REQUIRED';
    if (isNew) chosePassword(person, parameters['NEW_PASSWORD'] ?? '', false);
    return {
      ...held,
      proven: [...held.proven, ...proves],
      mark: isNew || proves.includes('password') ? person.mark : held.mark,
      appMark: isApp ? person.appMark : held.appMark,
    };
  }

  /** Proposes an app on the way, or shows its first code. */
  async #setUp(held: Held, stride: Stride, times: number): Promise<void> {
    const { person, session: Session, hasProposed } = held;
    const UserCode = hasProposed ? this.#firstCode(person, stride) : undefined;
    const operation = hasProposed ? 'VerifySoftwareToken' : 'AssociateSoftwareToken';
    const closed = whyClosed(this.#hands, held) ?? (person.secret ? 'there is an app' : undefined);
    const at = stepOfCode(this.#hands, person, person.pending, { SOFTWARE_TOKEN_MFA_CODE: UserCode ?? '' });
    const why = closed ?? (hasProposed && at === undefined ? 'the first code was wrong' : undefined);
    const ask = () => this.#call(operation, { Session, ...(UserCode && { UserCode }) });
    for (const answer of await Promise.all(Array.from({ length: times }, ask))) {
      if (!answer) continue;
      insist(why === undefined, `${why}, and ${operation} was done all the same`);
      this.#spend(held);
      this.#count(operation);
      if (hasProposed) tookApp(person, at ?? 0);
      else person.pending = answer.SecretCode ?? '';
      const proven = hasProposed ? [...held.proven, 'app code'] : held.proven;
      const appMark = hasProposed ? person.appMark : held.appMark;
      this.#hold({ ...held, proven, appMark }, { ...answer, ChallengeName: 'MFA_SETUP' }, !hasProposed);
    }
  }

  #firstCode({ pending }: WalkPerson, { evidence, person: other }: Stride): string {
    const { held, service } = this.#hands;
    const secret = evidence === 'right' ? pending : pick(held, other).person.secret;
    return evidence === 'wrong' || !secret ? '123456' : appCode(secret, service.clock.now());
  }

  async #advance(chain: Chain, answer: Positive): Promise<void> {
    const { ChallengeName: challenge, AuthenticationResult: tokens } = answer;
    insist((challenge === undefined) === (tokens !== undefined), 'tokens came with a challenge');
    if (tokens) return this.#requireComplete(chain, tokens.AccessToken);
    const isSent = challenge === 'SMS_MFA' || challenge === 'EMAIL_OTP' || challenge === 'SMS_OTP';
    const named = { poolId: chain.app.pool.id, username: chain.person.name };
    this.#hold(chain, answer, false, isSent ? await this.#hands.service.outbox.codeFor(named) : undefined);
  }

  #hold(chain: Chain, answer: Positive, hasProposed: boolean, code?: string): void {
    const { ChallengeName: challenge = '', Session: session, ChallengeParameters: parameters = {} } = answer;
    const posedAt = this.#hands.service.clock.now();
    this.#hands.held.push({ ...chain, challenge, session, parameters, posedAt, code, hasProposed, isSpent: false });
  }

  #requireComplete(chain: Chain, accessToken: string): void {
    const { app, person, flow, proven } = chain;
    const { username, client_id: client, iss } = decodeJwt(accessToken);
    insist(username === person.name && client === app.id, 'the tokens are of somebody else');
    insist(Boolean(iss?.endsWith(`/${app.pool.id}`)), 'the tokens are of another pool');
    const who = `${person.name} ${person.pool.requiresTwo ? 'with two' : 'with one'}`;
    const why = whyIncomplete(chain);
    insist(why === undefined, `${why} for ${who} by ${flow}, with ${proven.join(', ')}`);
    this.#count('tokens');
    this.#count(`tokens for ${who}`);
    this.#count(`tokens by ${proven.join(', ')}`);
  }

  async #ask(operation: string, { app, byAdministrator }: Sent, input: object): Promise<Positive | undefined> {
    const asked = { ClientId: app.id, ...input };
    return byAdministrator
      ? this.#call(`Admin${operation}`, { UserPoolId: app.pool.id, ...asked }, true)
      : this.#call(operation, asked);
  }

  async #call(operation: string, input: object, isSigned = false): Promise<Positive | undefined> {
    const { status, json } = await this.#hands.service.call(operation, input, ...(isSigned ? [] : [{}]));
    this.#count('requests');
    if (status !== 200) this.#count(`refused: ${Object(json).__type}`);
    // Whatever is answered to these operations has this form.
    return status === 200 ? (json as Positive) : undefined;
  }

  #count(what: string): void {
    this.#seen.set(what, (this.#seen.get(what) ?? 0) + 1);
  }
}

const takesSrp = (flow: string, preferred: string): boolean =>
  flow === 'USER_SRP_AUTH' || ((flow === 'USER_AUTH' || flow === 'CUSTOM_AUTH') && preferred === 'PASSWORD_SRP');

/** Somebody who has not set up an app yet does so, unless they pretend to have done it. */
const isSetUpNext = ({ challenge, proven }: Held, { isSilent, crossed }: Stride): boolean =>
  challenge === 'MFA_SETUP' && !proven.includes('app code') && !isSilent && crossed === 'nothing';

function tookApp(person: WalkPerson, lastStep: number): void {
  const { pending: secret, appMark } = person;
  Object.assign(person, { secret, pending: '', mfa: ['app code'], lastStep, appMark: appMark + 1 });
}

function insist(isTrue: boolean, otherwise: string): void {
  if (!isTrue) throw new Error(otherwise);
}
