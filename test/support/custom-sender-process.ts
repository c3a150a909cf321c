/** A function as people write it to deliver codes: it reads its event, decrypts the code, and prints it in place of mail. */
import { text } from 'node:stream/consumers';
import { buildClient, CommitmentPolicy, KmsKeyringNode } from '@aws-crypto/client-node';
import type { CustomEmailSenderTriggerHandler } from 'aws-lambda';

const { decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_ALLOW_DECRYPT);
const keyring = new KmsKeyringNode({
  generatorKeyId: process.env['KEY_ALIAS'] ?? '',
  keyIds: [process.env['KEY_ARN'] ?? ''],
});

export const handler: CustomEmailSenderTriggerHandler = async (event) => {
  const { code } = event.request;
  if (code === null) return;
  const { plaintext } = await decrypt(keyring, Buffer.from(code, 'base64'));
  process.stdout.write(plaintext);
};

await handler(JSON.parse(await text(process.stdin)), {} as never, () => undefined);
