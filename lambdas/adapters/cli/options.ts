/** The options that commands share. */
import type { Options } from './command.ts';

/** Of every command: where the service is, and as whom it is asked. */
export const whereAndWho = {
  endpoint: {
    type: 'string',
    hint: 'url',
    description: 'Where Millpond is: the output CredentialsEndpoint of a stack, or http(s)://host[:port]',
    environment: 'MILLPOND_ENDPOINT',
  },
  profile: { type: 'string', hint: 'name', description: 'AWS profile to sign with (default: as the SDKs find one)' },
  region: {
    type: 'string',
    hint: 'name',
    description: 'Region to sign for (default: that of the endpoint, AWS_REGION, or that of the profile)',
  },
  timeout: { type: 'string', hint: 'seconds', description: 'How long to wait for an answer (default 30)' },
} as const satisfies Options;

/** Of commands that answer with more than a line. */
export const asJson = {
  json: { type: 'boolean', description: 'Print the answer as JSON, for programs' },
} as const satisfies Options;
