/**
 * Stands in bundles for `@aws-sdk/credential-provider-node`: Lambda puts a function's credentials into its environment, and
 * the other eight places where that package looks for some are a fifth of a bundle.
 */
import type { Environment } from './aws-environment.ts';

export const defaultProvider = () => async () => credentialsIn(process.env);

function credentialsIn({ AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN }: Environment) {
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) throw new Error('The environment has no credentials');
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  };
}
