/** Data keys of the keys in KMS that pools name for their codes. */
import { GenerateDataKeyCommand } from '@aws-sdk/client-kms';
import type { MakeDataKey } from '../encryption-sdk/data-key.ts';
import { inRegions } from '../regional-clients.ts';
import { kmsClient } from './kms-client.ts';
import { type Patience, patiently } from './patience.ts';

/** Which keys may be used is up to the role. Each is asked for in its own region. */
export function kmsDataKeys(options: { readonly region: string; readonly patience?: Patience }): MakeDataKey {
  const clientIn = inRegions(async ({ region = options.region }) => kmsClient({ region }));
  const ask = patiently(options.patience);
  return async ({ EncryptionContext, ...order }) => {
    const client = await clientIn(regionOf(order.KeyId));
    const command = new GenerateDataKeyCommand({ ...order, EncryptionContext: { ...EncryptionContext } });
    const { KeyId, Plaintext, CiphertextBlob } = await ask('GenerateDataKey', () => client.send(command)).catch(
      refused,
    );
    if (!KeyId || !Plaintext || !CiphertextBlob) throw new Error('KMS answered without a data key');
    return { KeyId, Plaintext, CiphertextBlob };
  };
}

/** `arn:aws:kms:<region>:<account>:key/<id>` */
const regionOf = (arn: string): string => arn.split(':')[3] ?? '';

/** As KMS calls it, which is what helps to find out what is wrong with a key. */
function refused(error: unknown): never {
  throw error instanceof Error && error.cause instanceof Error ? error.cause : error;
}
