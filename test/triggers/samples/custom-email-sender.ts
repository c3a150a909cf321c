/** Decrypts the code, as a function that sends mail by other means has to. */
import { buildClient, CommitmentPolicy, KmsKeyringNode } from '@aws-crypto/client-node';
import type { CustomEmailSenderTriggerHandler } from 'aws-lambda';

const { decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_ALLOW_DECRYPT);

export const handler: CustomEmailSenderTriggerHandler = async (event) => {
  const { code, userAttributes } = event.request;
  if (!code) return;
  const keyring = new KmsKeyringNode({ keyIds: [String(process.env['KEY_ARN'])] });
  const { plaintext } = await decrypt(keyring, Buffer.from(code, 'base64'));
  console.log(`mail to ${'email' in userAttributes ? userAttributes['email'] : 'nobody'}: ${plaintext}`);
};
