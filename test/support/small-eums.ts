/** A small End User Messaging on this machine: SendTextMessage, with what it refuses, and the texts that it took. */
import {
  type Answer,
  type Dialect,
  failingBy,
  ServiceRefusal,
  type SignedRequest,
  type SmallService,
  type SmallServiceOptions,
  startSmallService,
} from './small-message-service.ts';

export interface TakenEumsText {
  readonly region: string;
  /** The members of the request. */
  readonly input: Readonly<Record<string, unknown>>;
}

export interface SmallEums extends Omit<SmallService, 'fail'> {
  /** For `AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2`. */
  readonly url: string;
  readonly taken: readonly TakenEumsText[];
  fail(times: number, name?: EumsFault): void;
}

const faults = {
  ConflictException: [400, 'Destination +12065550100 is opted out'],
  ServiceQuotaExceededException: [400, 'Monthly spend limit reached'],
  ThrottlingException: [400, 'Rate exceeded'],
  InternalServerException: [500, 'An internal error has occurred.'],
} as const;

export type EumsFault = keyof typeof faults;

export async function startSmallEums(options: SmallServiceOptions = {}): Promise<SmallEums> {
  const taken: TakenEumsText[] = [];
  const service = await startSmallService(dialectOf(taken), options);
  return {
    ...service,
    taken,
    fail: failingBy(service, faults, 'ConflictException'),
  };
}

const dialectOf = (taken: TakenEumsText[]): Dialect => ({
  service: 'sms-voice',
  read(request) {
    const text = readText(request);
    return {
      needs: [{ action: 'sms-voice:SendTextMessage', resource: '*' }],
      perform() {
        requireSendable(text);
        taken.push(text);
        return json(200, { MessageId: crypto.randomUUID() });
      },
    };
  },
  denied: ({ accessKeyId, action }) =>
    new ServiceRefusal('AccessDeniedException', `${accessKeyId} is not authorized to perform: ${action}`, 400),
  refuse: ({ code, message, status }) =>
    json(status, { __type: `com.amazonaws.pinpointsmsvoicev2#${code}`, Message: message }),
});

const json = (status: number, body: object): Answer => ({
  status,
  headers: { 'Content-Type': 'application/x-amz-json-1.0' },
  body: JSON.stringify(body),
});

function readText({ method, path, region, headers, body }: SignedRequest): TakenEumsText {
  if (method !== 'POST' || path !== '/' || headers['x-amz-target'] !== 'PinpointSMSVoiceV2.SendTextMessage') {
    throw new ServiceRefusal('UnknownOperationException', `${method} ${path} ${headers['x-amz-target']}`);
  }
  return { region, input: JSON.parse(body) };
}

/** The patterns of the service's own model. */
function requireSendable({ input }: TakenEumsText): void {
  const forms: readonly (readonly [string, RegExp])[] = [
    ['DestinationPhoneNumber', /^\+?[1-9][0-9]{1,18}$/],
    ['MessageBody', /^(?!\s*$)[\s\S]{1,1600}$/],
    ['MessageType', /^TRANSACTIONAL$/],
    ['OriginationIdentity', /^[A-Za-z0-9_:/+-]{1,256}$/],
    ['ConfigurationSetName', /^[A-Za-z0-9_:/-]{1,256}$/],
  ];
  for (const [name, form] of forms) {
    const value = input[name];
    if (value === undefined && name !== 'DestinationPhoneNumber') continue;
    if (typeof value !== 'string' || !form.test(value)) throw new ServiceRefusal('ValidationException', name);
  }
}
