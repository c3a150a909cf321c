/** Functions of a pool that write or deliver its messages, and a pool that has them. */
import type {
  CreateUserPoolClientCommandInput,
  CreateUserPoolCommandInput,
  SignUpCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import type { CustomEmailSenderTriggerEvent, CustomMessageTriggerEvent, CustomSMSSenderTriggerEvent } from 'aws-lambda';
import { senderKeys } from '../../lambdas/adapters/local/sender-keys.ts';
import { moduleTriggers, type TriggerFunctions } from '../../lambdas/adapters/triggers/module-triggers.ts';
import { signUp } from './people.ts';
import { type Service, type ServiceOptions, startService } from './start-service.ts';

type Point = 'CustomMessage' | 'CustomEmailSender' | 'CustomSMSSender';

export type SenderEvent = CustomEmailSenderTriggerEvent | CustomSMSSenderTriggerEvent;

export const arnOf = (point: Point): string => `arn:aws:lambda:us-east-1:000000000000:function:${point}`;

export const keyArn = 'arn:aws:kms:us-east-1:000000000000:key/0f6d0b6e-53a5-4d0c-9d0c-6c1c8e8d7c11';

/** A pool that asks for this function alone, whatever it needs beside it. */
const configs = {
  CustomMessage: { CustomMessage: arnOf('CustomMessage') },
  CustomEmailSender: {
    CustomEmailSender: { LambdaVersion: 'V1_0', LambdaArn: arnOf('CustomEmailSender') },
    KMSKeyID: keyArn,
  },
  CustomSMSSender: {
    CustomSMSSender: { LambdaVersion: 'V1_0', LambdaArn: arnOf('CustomSMSSender') },
    KMSKeyID: keyArn,
  },
} as const;

export interface MessageRoom {
  readonly points?: readonly Point[];
  /** Answers the response of its event; the senders answer nothing. */
  readonly words?: (event: CustomMessageTriggerEvent) => unknown;
  /** In place of the functions, by ARN: what they answer is the whole answer. */
  readonly whole?: TriggerFunctions;
  readonly pool?: Partial<CreateUserPoolCommandInput>;
  readonly client?: Partial<CreateUserPoolClientCommandInput>;
  readonly service?: ServiceOptions;
}

export const texts = { SnsCallerArn: 'arn:aws:iam::000000000000:role/any' } as const;

/** A service with functions, a pool that names some of them and verifies both addresses, and a client. */
export async function messageRoom({ points = ['CustomMessage'], words, whole, ...given }: MessageRoom = {}) {
  const messages: CustomMessageTriggerEvent[] = [];
  const sent: SenderEvent[] = [];
  const keepSent = (event: SenderEvent) => void sent.push(structuredClone(event));
  const functions: TriggerFunctions = {
    [arnOf('CustomMessage')]: (event: CustomMessageTriggerEvent) => {
      messages.push(structuredClone(event));
      return words ? { ...event, response: words(event) } : event;
    },
    [arnOf('CustomEmailSender')]: keepSent,
    [arnOf('CustomSMSSender')]: keepSent,
  };
  const { ports, ...others } = given.service ?? {};
  const triggers = moduleTriggers({ ...functions, ...whole });
  const service = await startService({ ...others, ports: { triggers, ...ports } });
  const LambdaConfig = Object.assign({}, ...points.map((point) => configs[point]));
  const pool = await service.aPool({
    LambdaConfig,
    AutoVerifiedAttributes: ['email', 'phone_number'],
    SmsConfiguration: texts,
    ...given.pool,
  });
  const app = await service.aClient(pool, given.client);
  const register = (
    Username: string,
    attributes: Readonly<Record<string, string>> = { email: `${Username}@example.com` },
    more: Partial<SignUpCommandInput> = {},
  ) => signUp(service.client, app, { username: Username, attributes, more });
  return { ...service, service, messages, sent, pool, app, register, reveal: revealing(service) };
}

/** What a code holds, as the function of a pool finds out: with the Encryption SDK, and the key that it is told. */
function revealing({ ports: { sealer, random } }: Pick<Service, 'ports'>, key = keyArn) {
  const keys = senderKeys({ sealer, random, home: { region: 'us-east-1', account: '000000000000' } });
  return async (code: string | null): Promise<string> => {
    const { buildClient, CommitmentPolicy, KmsKeyringNode } = await import('@aws-crypto/client-node');
    const { decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_ALLOW_DECRYPT);
    const refused = () => Promise.reject(new Error('Functions only decrypt'));
    const client = {
      generateDataKey: refused,
      encrypt: refused,
      decrypt: (input: { CiphertextBlob: Uint8Array; EncryptionContext?: Record<string, string> }) =>
        keys.decrypt({ ...input, EncryptionContext: input.EncryptionContext ?? {} }),
    };
    const keyring = new KmsKeyringNode({ keyIds: [key], clientProvider: () => client as never });
    const { plaintext } = await decrypt(keyring, Buffer.from(code ?? '', 'base64'));
    return plaintext.toString();
  };
}
