/** Delivers messages to people. */
export interface Messenger {
  /** Rejects with `DeliveryFailed` when the message was not accepted for delivery. */
  send(message: Message): Promise<void>;
  /** Hears of what a function of the pool delivers instead. Absent where nobody may read codes: it is there on one machine. */
  noteHandedOver?(message: HandedOver): Promise<void>;
}

export type Message = Mail | TextMessage;

/** A message that a function of the pool writes and delivers. */
export interface HandedOver extends Omit<Envelope, 'text'> {
  readonly channel: Message['channel'];
}

interface Envelope {
  readonly poolId: string;
  readonly clientId?: string | undefined;
  readonly username: string;
  readonly to: string;
  readonly kind: MessageKind;
  /** Plain text: the whole SMS, or the e-mail's plain-text part. */
  readonly text: string;
  /** The code or temporary password inside, for the outbox alone; no other adapter may read it. */
  readonly code?: string | undefined;
  /** The confirmation link inside, likewise. */
  readonly link?: string | undefined;
}

export interface Mail extends Envelope {
  readonly channel: 'EMAIL';
  /** `address` or `name <address>`. */
  readonly from?: string | undefined;
  readonly replyTo?: string | undefined;
  /** The pool's own sender at SES; absent where the deployment is the sender. */
  readonly identity?: SenderIdentity | undefined;
  readonly subject: string;
  readonly html: string;
}

export interface SenderIdentity {
  /** `arn:aws:ses:<region>:<account>:identity/<address or domain>` */
  readonly arn: string;
  readonly configurationSet?: string | undefined;
}

export interface TextMessage extends Envelope {
  readonly channel: 'SMS';
  /** As the pool wants its texts to be sent, where the transport knows of it. */
  readonly sender?: TextSender | undefined;
}

export interface TextSender {
  /** What the pool was set up for: End User Messaging, or else SNS. */
  readonly service?: 'EUMS' | undefined;
  /** The pool's own; only transports that take on roles know of it. */
  readonly role?: SenderRole | undefined;
  readonly region?: string | undefined;
  /** A telephone number, or a name of up to eleven letters and digits; for End User Messaging an id or ARN as well. */
  readonly origination?: string | undefined;
  readonly configurationSet?: string | undefined;
  /** As registered for texts to India. */
  readonly entityId?: string | undefined;
  readonly templateId?: string | undefined;
}

export interface SenderRole {
  readonly arn: string;
  /** What the role's policy may ask for, so that no other pool can have it taken on. */
  readonly externalId?: string | undefined;
}

export type MessageKind =
  | 'SignUp'
  | 'ResendCode'
  | 'ForgotPassword'
  | 'UpdateUserAttribute'
  | 'VerifyUserAttribute'
  | 'Authentication'
  | 'AdminCreateUser';

/** Why the way that a message takes is closed: its pool's role may not be taken on, or nobody may send like that. */
export type DeliveryObstacle = 'role' | 'permission';

/** Its message names no address and no code, so that it can be logged. */
export class DeliveryFailed extends Error {
  override readonly name = 'DeliveryFailed';
  /** Absent: the message itself was not taken, or nobody answered. */
  readonly obstacle: DeliveryObstacle | undefined;

  constructor(message: string, options: ErrorOptions & { readonly obstacle?: DeliveryObstacle | undefined } = {}) {
    super(message, options);
    this.obstacle = options.obstacle;
  }
}
