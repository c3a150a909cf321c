/** A small SES on this machine: SendEmail of its second API, with what it refuses, and the mail that it took. */
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
} from './small-message-service.ts';

export interface TakenMail {
  readonly region: string;
  readonly from: string;
  readonly identityArn: string | undefined;
  readonly configurationSet: string | undefined;
  readonly to: readonly string[];
  readonly replyTo: readonly string[];
  readonly subject: string;
  readonly html: string | undefined;
  readonly text: string | undefined;
}

export interface SmallSes extends Omit<SmallService, 'fail'> {
  /** For `AWS_ENDPOINT_URL_SESV2`. */
  readonly url: string;
  /** All mail that was taken, eldest first. */
  readonly taken: readonly TakenMail[];
  /** The next requests fail with this error instead of being done. */
  fail(times: number, name?: SesFault): void;
}

const faults = {
  MessageRejected: [
    400,
    'Email address is not verified. The following identities failed the check in region US-EAST-1: ada@example.com',
  ],
  'MessageRejected for its content': [400, 'Message rejected: it contains a virus.', 'MessageRejected'],
  MailFromDomainNotVerifiedException: [400, 'The MAIL FROM domain of ada@example.com is not verified.'],
  TooManyRequestsException: [429, 'Maximum sending rate exceeded.'],
  LimitExceededException: [400, 'There are too many instances of the specified resource type.'],
  AccountSuspendedException: [400, 'The account is suspended.'],
  SendingPausedException: [400, 'Sending paused for this account.'],
  NotFoundException: [404, 'Configuration set <own> does not exist.'],
  InternalFailure: [500, 'An internal error has occurred.'],
} as const;

export type SesFault = keyof typeof faults;

export async function startSmallSes(options: SmallServiceOptions = {}): Promise<SmallSes> {
  const taken: TakenMail[] = [];
  const service = await startSmallService(dialectOf(taken), options);
  return {
    ...service,
    taken,
    fail: failingBy(service, faults, 'MessageRejected'),
  };
}

const dialectOf = (taken: TakenMail[]): Dialect => ({
  service: 'ses',
  read(request) {
    const mail = readMail(request);
    return {
      needs: needsOf(mail, request),
      perform() {
        requireSendable(mail);
        taken.push(mail);
        return json(200, { MessageId: crypto.randomUUID() });
      },
    };
  },
  denied: ({ accessKeyId, action, resource }: MessageCall) =>
    new ServiceRefusal(
      'AccessDeniedException',
      `User \`${accessKeyId}' is not authorized to perform \`${action}' on resource \`${resource}'`,
      403,
    ),
  refuse: ({ code, message, status }) => ({ ...json(status, { message }), headers: headersOf(code) }),
});

const json = (status: number, body: object): Answer => ({ status, headers: headersOf(), body: JSON.stringify(body) });

const headersOf = (error?: string) => ({
  'Content-Type': 'application/json',
  ...(error !== undefined && { 'x-amzn-ErrorType': error }),
});

interface Text {
  readonly Data: string;
  readonly Charset?: string;
}

interface SendEmailInput {
  readonly FromEmailAddress?: string;
  readonly FromEmailAddressIdentityArn?: string;
  readonly ConfigurationSetName?: string;
  readonly ReplyToAddresses?: readonly string[];
  readonly Destination?: {
    readonly ToAddresses?: readonly string[];
    readonly CcAddresses?: readonly string[];
    readonly BccAddresses?: readonly string[];
  };
  readonly Content?: {
    readonly Simple?: { readonly Subject: Text; readonly Body: { readonly Text?: Text; readonly Html?: Text } };
  };
}

function readMail({ method, path, region, body }: SignedRequest): TakenMail {
  if (method !== 'POST' || path !== '/v2/email/outbound-emails') {
    throw new ServiceRefusal('UnknownOperationException', `${method} ${path}`, 404);
  }
  const { Content, Destination = {}, ...input }: SendEmailInput = JSON.parse(body);
  if (!Content?.Simple || input.FromEmailAddress === undefined) throw badRequest('Missing required field.');
  const { ToAddresses = [], CcAddresses = [], BccAddresses = [] } = Destination;
  const { Subject, Body } = Content.Simple;
  return {
    region,
    from: input.FromEmailAddress,
    identityArn: input.FromEmailAddressIdentityArn,
    configurationSet: input.ConfigurationSetName,
    to: [...ToAddresses, ...CcAddresses, ...BccAddresses],
    replyTo: input.ReplyToAddresses ?? [],
    subject: textOf(Subject),
    html: Body.Html && textOf(Body.Html),
    text: Body.Text && textOf(Body.Text),
  };
}

/** Without a character set, SES reads 7-bit ASCII. */
function textOf({ Data, Charset = 'ASCII' }: Text): string {
  if (Charset !== 'UTF-8' && /[^\0-\x7f]/.test(Data)) throw badRequest('The text is not in its character set.');
  return Data;
}

/** Of the sender, unless the call names another identity; the address itself is taken to be verified. */
function needsOf({ from, identityArn, configurationSet }: TakenMail, { region, account }: SignedRequest) {
  const own = (kind: string, name: string) => `arn:aws:ses:${region}:${account}:${kind}/${name}`;
  const resources = [identityArn ?? own('identity', addressIn(from))];
  if (configurationSet !== undefined) resources.push(own('configuration-set', configurationSet));
  return resources.map((resource) => ({ action: 'ses:SendEmail', resource }));
}

const addressIn = (mailbox: string): string => /<([^<>]*)>$/.exec(mailbox)?.[1] ?? mailbox;

function requireSendable({ from, to, replyTo, subject, html, text }: TakenMail): void {
  for (const mailbox of [from, ...to, ...replyTo]) requireOneMailbox(mailbox);
  if (to.length === 0) throw badRequest('Destination is empty.');
  if (/[\r\n]/.test(subject)) throw badRequest('Subject contains a line break.');
  if (html === undefined && text === undefined) throw badRequest('Body is empty.');
}

/** `address` or `name <address>`: in ASCII and on one line, with names of more than words in quotes or encoded. */
function requireOneMailbox(mailbox: string): void {
  if (/[^\x20-\x7e]/.test(mailbox)) throw badRequest('Local address contains control or non-ASCII characters');
  if (
    !/^(?:[^\s"<>,;:@()]+@[^\s"<>,;:@()]+|(?:"(?:[^"\\]|\\.)*"|[^"<>,;:@()[\]\\]*) ?<[^\s"<>,;:@()]+@[^\s"<>,;:@()]+>)$/.test(
      mailbox,
    )
  ) {
    throw badRequest('Illegal address');
  }
}

const badRequest = (text: string) => new ServiceRefusal('BadRequestException', text);
