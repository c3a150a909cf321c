/** A small SNS on this machine: Publish to telephones, with what it refuses, and the texts that it took. */
import {
  type Answer,
  type Dialect,
  failingBy,
  type MessageCall,
  ServiceRefusal,
  type SignedRequest,
  type SmallService,
  type SmallServiceOptions,
  startSmallService,
  xmlAnswer,
} from './small-message-service.ts';

export interface TakenText {
  readonly region: string;
  readonly phoneNumber: string;
  readonly message: string;
  /** Values by name: `AWS.SNS.SMS.SMSType` and the like. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface SmallSns extends Omit<SmallService, 'fail'> {
  /** For `AWS_ENDPOINT_URL_SNS`. */
  readonly url: string;
  /** All texts that were taken, eldest first. */
  readonly taken: readonly TakenText[];
  /** The next requests fail with this error instead of being done. */
  fail(times: number, code?: SnsFault): void;
}

const faults = {
  OptedOut: [400, 'The phone number +12065550100 is opted out'],
  Throttling: [400, 'Rate exceeded'],
  EndpointDisabled: [400, 'Endpoint is disabled'],
  KMSOptInRequired: [403, 'Opt-in is required'],
  InternalError: [500, 'An internal error has occurred.'],
} as const;

export type SnsFault = keyof typeof faults;

export async function startSmallSns(options: SmallServiceOptions = {}): Promise<SmallSns> {
  const taken: TakenText[] = [];
  const service = await startSmallService(dialectOf(taken), options);
  return {
    ...service,
    taken,
    fail: failingBy(service, faults, 'OptedOut'),
  };
}

const dialectOf = (taken: TakenText[]): Dialect => ({
  service: 'sns',
  read(request) {
    const text = readText(request);
    return {
      // A telephone has no ARN: a role is allowed to publish to it by `*` alone.
      needs: [{ action: 'sns:Publish', resource: '*' }],
      perform() {
        requireSendable(text);
        taken.push(text);
        return published();
      },
    };
  },
  denied: ({ accessKeyId, action, resource }: MessageCall) =>
    new ServiceRefusal(
      'AuthorizationError',
      `User: ${accessKeyId} is not authorized to perform: ${action} on resource: ${resource}`,
      403,
    ),
  refuse: ({ code, message, status }) =>
    xmlAnswer(
      status,
      `<ErrorResponse xmlns="${namespace}"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>` +
        `<Code>${code}</Code><Message>${escaped(message)}</Message></Error>` +
        `<RequestId>${crypto.randomUUID()}</RequestId></ErrorResponse>`,
    ),
});

const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/';

const published = (): Answer =>
  xmlAnswer(
    200,
    `<PublishResponse xmlns="${namespace}"><PublishResult><MessageId>${crypto.randomUUID()}</MessageId></PublishResult>` +
      `<ResponseMetadata><RequestId>${crypto.randomUUID()}</RequestId></ResponseMetadata></PublishResponse>`,
  );

const escaped = (text: string): string => text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);

function readText({ method, path, region, body }: SignedRequest): TakenText {
  const form = new URLSearchParams(body);
  if (method !== 'POST' || path !== '/' || form.get('Action') !== 'Publish') {
    throw new ServiceRefusal('InvalidAction', `The action ${form.get('Action')} is not valid for this endpoint.`);
  }
  if (form.has('TopicArn') || form.has('TargetArn')) throw invalid('Only telephones are reached here');
  return {
    region,
    phoneNumber: form.get('PhoneNumber') ?? '',
    message: form.get('Message') ?? '',
    attributes: attributesIn(form),
  };
}

/** `MessageAttributes.entry.N.Name`, `.Value.DataType` and `.Value.StringValue`, N from 1. */
function attributesIn(form: URLSearchParams): TakenText['attributes'] {
  const entries: [string, string][] = [];
  for (let at = 1; form.has(`MessageAttributes.entry.${at}.Name`); at++) {
    const member = (name: string) => form.get(`MessageAttributes.entry.${at}.${name}`) ?? '';
    if (member('Value.DataType') !== 'String') throw invalid('The message attribute has an invalid type');
    entries.push([member('Name'), member('Value.StringValue')]);
  }
  return Object.fromEntries(entries);
}

function requireSendable({ phoneNumber, message, attributes }: TakenText): void {
  if (!/^\+[1-9]\d{1,14}$/.test(phoneNumber)) {
    throw invalid(`PhoneNumber Reason: ${phoneNumber} is not valid to publish to`);
  }
  if (message === '') throw invalid('Empty message');
  if (message.length > 1600) throw invalid('Message too long');
  const sender = attributes['AWS.SNS.SMS.SenderID'];
  if (sender !== undefined && !/^(?=.*[a-zA-Z])[a-zA-Z0-9-]{1,11}$/.test(sender)) throw invalid('SenderID');
}

const invalid = (text: string) => new ServiceRefusal('InvalidParameter', `Invalid parameter: ${text}`);
