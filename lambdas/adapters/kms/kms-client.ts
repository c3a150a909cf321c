/** The client of KMS. The SDK finds endpoint and credentials where it finds them in any function. */
import { KMSClient } from '@aws-sdk/client-kms';

const connectingMs = 1000;
const answeringMs = 3000;

/** Tries are made by those who call, and they know how to say that these were in vain: the client makes none. */
export const kmsClient = ({ region }: { readonly region: string }): KMSClient =>
  new KMSClient({
    region,
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: connectingMs,
      requestTimeout: answeringMs,
      // Without it an overdue request is reported and waited for.
      throwOnRequestTimeout: true,
    },
  });
