/** Delivers messages to people. */
export interface Messenger {
  /** Rejects with `DeliveryFailed` when the message was not accepted for delivery. */
  send(message: Message): Promise<void>;
}

export type Message = Mail | TextMessage;

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
  readonly region?: string | undefined;
  /** A telephone number, or a name of up to eleven letters and digits. */
  readonly origination?: string | undefined;
  /** As registered for texts to India. */
  readonly entityId?: string | undefined;
  readonly templateId?: string | undefined;
}

export type MessageKind =
  | 'SignUp'
  | 'ResendCode'
  | 'ForgotPassword'
  | 'UpdateUserAttribute'
  | 'VerifyUserAttribute'
  | 'Authentication'
  | 'AdminCreateUser';

export class DeliveryFailed extends Error {
  override readonly name = 'DeliveryFailed';
}
