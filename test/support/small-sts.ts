/** A small STS on this machine: AssumeRole, by the trust that its roles were given. */
import {
  type Answer,
  type Dialect,
  ServiceRefusal,
  type SignedRequest,
  type SmallService,
  type SmallServiceOptions,
  startSmallService,
  xmlAnswer,
} from './small-message-service.ts';

/** What a role's policy of trust asks for beside who asks. */
export interface Trust {
  readonly externalId?: string;
}

export interface Assumption {
  readonly region: string;
  readonly roleArn: string;
  readonly externalId: string | undefined;
  readonly sessionName: string;
  readonly seconds: number;
  /** The actions that the session is kept to. */
  readonly policy: unknown;
  /** Of the credentials that were given. */
  readonly accessKeyId: string;
}

export interface SmallSts extends Omit<SmallService, 'fail'> {
  /** By ARN: the roles that trust the caller. */
  readonly roles: Map<string, Trust>;
  readonly given: readonly Assumption[];
  fail(times: number): void;
}

export async function startSmallSts(options: SmallServiceOptions = {}): Promise<SmallSts> {
  const roles = new Map<string, Trust>();
  const given: Assumption[] = [];
  const service = await startSmallService(dialectOf(roles, given), options);
  return {
    ...service,
    roles,
    given,
    fail: (times) => service.fail(times, new ServiceRefusal('InternalFailure', 'An internal error has occurred.', 500)),
  };
}

const dialectOf = (roles: ReadonlyMap<string, Trust>, given: Assumption[]): Dialect => ({
  service: 'sts',
  read(request) {
    const asked = readAssumption(request, given.length);
    return {
      needs: [{ action: 'sts:AssumeRole', resource: asked.roleArn }],
      perform() {
        const trust = roles.get(asked.roleArn);
        const isTrusted = trust && (trust.externalId === undefined || trust.externalId === asked.externalId);
        if (!isTrusted) throw denied(asked.roleArn);
        given.push(asked);
        return answerOf(asked);
      },
    };
  },
  denied: ({ resource }) => denied(resource),
  refuse: ({ code, message, status }) =>
    xmlAnswer(
      status,
      `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${code}</Code>` +
        `<Message>${message}</Message></Error><RequestId>${crypto.randomUUID()}</RequestId></ErrorResponse>`,
    ),
});

const denied = (role: string): ServiceRefusal =>
  new ServiceRefusal('AccessDenied', `User is not authorized to perform: sts:AssumeRole on resource: ${role}`, 403);

function readAssumption({ method, path, region, body }: SignedRequest, count: number): Assumption {
  const form = new URLSearchParams(body);
  if (method !== 'POST' || path !== '/' || form.get('Action') !== 'AssumeRole') {
    throw new ServiceRefusal('InvalidAction', `Could not find operation ${form.get('Action')}`);
  }
  const externalId = form.get('ExternalId') ?? undefined;
  if (externalId !== undefined && !/^[\w+=,.@:/-]{2,1224}$/.test(externalId)) {
    throw new ServiceRefusal('ValidationError', "Value at 'externalId' failed to satisfy constraint");
  }
  return {
    region,
    roleArn: form.get('RoleArn') ?? '',
    externalId,
    sessionName: form.get('RoleSessionName') ?? '',
    seconds: Number(form.get('DurationSeconds')),
    policy: JSON.parse(form.get('Policy') ?? 'null'),
    accessKeyId: `ASIAIOSFODNN7EXAMPL${count}`,
  };
}

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

const answerOf = ({ roleArn, sessionName, seconds, accessKeyId }: Assumption): Answer =>
  xmlAnswer(
    200,
    `<AssumeRoleResponse xmlns="${namespace}"><AssumeRoleResult><AssumedRoleUser>` +
      `<Arn>${roleArn}/${sessionName}</Arn><AssumedRoleId>AROA:${sessionName}</AssumedRoleId></AssumedRoleUser>` +
      `<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>not-looked-at</SecretAccessKey>` +
      `<SessionToken>session</SessionToken>` +
      `<Expiration>${new Date(Date.now() + seconds * 1000).toISOString()}</Expiration></Credentials></AssumeRoleResult>` +
      `<ResponseMetadata><RequestId>${crypto.randomUUID()}</RequestId></ResponseMetadata></AssumeRoleResponse>`,
  );
