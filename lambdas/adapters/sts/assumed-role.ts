/** Takes on the role of a pool, to send texts with it and to do nothing else. Loaded with the first text that needs one. */
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { DeliveryFailed, type SenderRole } from '../../core/ports/messenger.ts';
import { notAssumed, patience } from '../message-services.ts';

export interface AssumedRole {
  readonly role: SenderRole;
  /** As in a policy: `sns:Publish`. What else the role may do stays out of reach. */
  readonly action: string;
  /** Whose STS is asked. */
  readonly region: string;
}

/** Of a session (seconds): the least that STS gives. Credentials are asked for anew when they are about to end. */
const sessionLength = 900;

const roleArn = /^arn:aws[a-z-]{0,20}:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/;

/** What a client of the SDK takes as its credentials. Rejects with `DeliveryFailed`. */
export function assumedRole({ role, action, region }: AssumedRole) {
  if (!roleArn.test(role.arn)) throw new DeliveryFailed('The pool names a role that is none.', { obstacle: 'role' });
  const assume = fromTemporaryCredentials({
    params: {
      RoleArn: role.arn,
      RoleSessionName: 'millpond-texts',
      DurationSeconds: sessionLength,
      Policy: policyFor(action),
      ...(role.externalId !== undefined && { ExternalId: role.externalId }),
    },
    clientConfig: { ...patience, region },
  });
  return () => assume().catch(notAssumed);
}

const policyFor = (action: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
