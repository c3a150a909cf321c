/** Delivers messages to people. */
export interface Messenger {
  /** Rejects with `DeliveryFailed` when the message was not accepted for delivery. */
  send(message: Message): Promise<void>;
}

export interface Message {
  readonly channel: 'EMAIL' | 'SMS';
  readonly poolId: string;
  readonly clientId?: string | undefined;
  readonly username: string;
  readonly to: string;
  readonly kind: MessageKind;
  /** E-mail only. */
  readonly from?: string | undefined;
  readonly replyTo?: string | undefined;
  readonly subject?: string | undefined;
  readonly html?: string | undefined;
  /** Plain text: the whole SMS, or the e-mail's plain-text part. */
  readonly text: string;
  /** The code or temporary password inside, for the local outbox alone; no other adapter may read it. */
  readonly code?: string | undefined;
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
