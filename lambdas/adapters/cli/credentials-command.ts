/** `millpond credentials`: credentials of the service for whoever one is to IAM, as `credential_process` wants them. */
import { badUsage, failed } from './cannot-do.ts';
import { command } from './command.ts';
import { readDocument } from './document-file.ts';
import { whereAndWho } from './options.ts';
import { printableJson } from './printable.ts';
import { stsProof } from './sts-proof.ts';
import type { Answer, Workplace } from './workplace.ts';

export const credentials = command({
  words: 'credentials',
  summary: 'Print credentials for SDKs and the AWS CLI, as a credential_process',
  options: {
    ...whereAndWho,
    duration: { type: 'string', hint: 'seconds', description: 'How long they are to last (default 3600)' },
    policy: { type: 'string', hint: 'file|-', description: 'Policy that narrows what they may do, as JSON' },
    sts: {
      type: 'boolean',
      description: 'Prove who one is by a request to STS: for one machine that was started with --iam-bridge',
    },
  },
  async run({ values }, workplace) {
    const input = {
      ...(values.duration !== undefined && { DurationSeconds: readDuration(values.duration) }),
      ...(values.policy !== undefined && { Policy: await readDocument(values.policy, workplace.outside) }),
    };
    return printableJson(credentialsOf(await (values.sts ? askWithProof : ask)(input, workplace)));
  },
});

function readDuration(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw badUsage('--duration must be a number of seconds.');
  return Number(text);
}

const ask = (input: object, { call }: Workplace): Promise<Answer> => call('credentials', input);

async function askWithProof(input: object, workplace: Workplace): Promise<Answer> {
  const { endpoint, callUnsigned, findSigner, outside } = workplace;
  const Sts = await stsProof(endpoint, await findSigner(), outside.now());
  return callUnsigned('credentials', { ...input, Sts });
}

/** These members and no others: what reads them may refuse more. */
function credentialsOf(answer: Answer): object {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer;
  const members = { AccessKeyId, SecretAccessKey, SessionToken, Expiration };
  if (Object.values(members).some((value) => typeof value !== 'string' || value === '')) {
    throw failed('The answer has no credentials in it. Is it the endpoint of Millpond?');
  }
  return { Version: 1, ...members };
}
