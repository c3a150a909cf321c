/** Session credentials for whoever calls, in the form in which SDKs and the AWS CLI take them from a process. */
import { nobodyStandsFor, sessionPolicyTooLarge, tooManyStandFor } from '../../core/contract/errors.ts';
import { s } from '../../core/contract/shape.ts';
import type { PolicyDocument } from '../../core/model/policy.ts';
import type { Caller } from '../../core/ports/caller-gate.ts';
import { findUserName, standsFor } from '../../core/rules/access/iam-arns.ts';
import { listPrincipals } from '../../core/rules/access/registry.ts';
import { newSession, type SessionClaims } from '../../core/rules/access/session-credentials.ts';
import { action, type CredentialsPorts } from '../action.ts';
import { readDocument } from '../read-document.ts';
import { dateText } from '../shapes.ts';

const hour = 3600;
/** What STS takes of a session policy, and what fits into the headers of a request. */
const longestPolicies = 2048;
const mostPrincipals = 20;

export const credentials = action({
  input: s.structure({
    DurationSeconds: s.optional(s.integer({ min: 900, max: 12 * hour })),
    Policy: s.optional(s.document()),
    // Read by whoever says who calls.
    Sts: s.optional(s.secret(s.document())),
  }),
  access: 'Read',
  isForEverybody: true,

  async handle({ DurationSeconds = hour, Policy }, ports, caller) {
    const { expiresAt: latest, ...claims } = await claimsOf(ports, caller);
    const narrowed = Policy === undefined ? [] : [readDocument(Policy)];
    const expiresAt = Math.min(latest, ports.clock.now() + DurationSeconds * 1000);
    const boundaries = requireSmall([...claims.boundaries, ...narrowed]);
    const session = await newSession(ports, { ...claims, boundaries, expiresAt: toSecond(expiresAt) });
    return {
      Version: 1,
      AccessKeyId: session.id,
      SecretAccessKey: session.secret,
      SessionToken: session.token,
      Expiration: dateText(session.expiresAt),
    };
  },
});

const toSecond = (milliseconds: number): number => Math.floor(milliseconds / 1000) * 1000;

/** The widest claims that the caller may have. Those of a session grow out of that session, and end with it. */
async function claimsOf(ports: CredentialsPorts, caller: Caller): Promise<SessionClaims> {
  if (caller.kind === 'iam') return claimsOfIam(ports, caller.iam.arn);
  const { arn, name, principals, session } = caller.identity;
  const { boundaries = [], expiresAt = Number.POSITIVE_INFINITY } = session ?? {};
  return { arn, name, principals, boundaries, expiresAt };
}

/** Of several principals that stand for one caller all speak: what one allows is allowed, what one denies is denied. */
async function claimsOfIam(ports: CredentialsPorts, arn: string): Promise<SessionClaims> {
  const standing = (await listPrincipals(ports)).filter(
    (principal) => principal.status === 'active' && standsFor(principal, arn),
  );
  if (standing.length === 0) throw nobodyStandsFor(arn);
  if (standing.length > mostPrincipals) throw tooManyStandFor(arn, mostPrincipals);
  return {
    // As the caller knows it from IAM, so that a refusal names whom its reader knows.
    arn,
    name: findUserName(arn),
    principals: standing.map(({ name, createdAt }) => ({ name, createdAt })),
    boundaries: [],
    expiresAt: Number.POSITIVE_INFINITY,
  };
}

function requireSmall(boundaries: readonly PolicyDocument[]): readonly PolicyDocument[] {
  const length = boundaries.reduce((sum, document) => sum + JSON.stringify(document).length, 0);
  if (length > longestPolicies) throw sessionPolicyTooLarge(longestPolicies);
  return boundaries;
}
