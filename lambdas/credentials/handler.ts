/** The Lambda entry of this room. Callers come to it by themselves, not through an edge: IAM has to know them. */
import { awsCredentialsPorts } from '../adapters/aws.ts';
import { requestEntry } from '../core/pipeline/request-entry.ts';
import { credentialsEntry } from './index.ts';

export const handler = requestEntry(credentialsEntry(awsCredentialsPorts(process.env)));
