/** The services of the platform that functions call, each with a guard at its door. */
import { type SmallKms, startSmallKms } from '../small-kms.ts';
import { type SmallLambda, startSmallLambda } from '../small-lambda.ts';
import { type SmallSes, startSmallSes } from '../small-ses.ts';
import { type SmallSns, startSmallSns } from '../small-sns.ts';
import type { Guard } from './guard.ts';
import type { Context } from './iam-conditions.ts';
import { type QueueServer, startQueues } from './queues.ts';

export interface StandIns {
  readonly kms: SmallKms;
  readonly ses: SmallSes;
  readonly sns: SmallSns;
  /** Of functions that are not the deployment's own: those that pools have run. */
  readonly lambda: SmallLambda;
  readonly queues: QueueServer;
  close(): Promise<void>;
}

export interface StandInOptions {
  readonly account: string;
  readonly region: string;
  /** Known only once the templates are resolved, which name these services. */
  readonly guard: () => Pick<Guard, 'permits'>;
  readonly onFault: (fault: unknown) => void;
}

const tls = { 'aws:SecureTransport': ['true'] };

export async function startStandIns({ account, region, guard, onFault }: StandInOptions): Promise<StandIns> {
  const ask = (accessKeyId: string, action: string, resource: string, context: Context): 'denied' | undefined =>
    guard().permits(accessKeyId, [{ action, resource, context: { ...tls, ...context } }]) ? undefined : 'denied';
  const ofMessages = {
    account,
    onCall: ({ accessKeyId, action, resource }: { accessKeyId: string; action: string; resource: string }) =>
      ask(accessKeyId, action, resource, {}),
  };
  const lambda: SmallLambda = await startSmallLambda({
    account,
    onCall: ({ accessKeyId, action, resource }) =>
      ask(accessKeyId, action, resource, contextOfTags(lambda.tagsOf(resource))),
  });
  const [kms, ses, sns, queues] = await Promise.all([
    startSmallKms({
      account,
      region,
      onCall: ({ accessKeyId, action, keyArn, encryptionContext = {} }) =>
        ask(accessKeyId, action, keyArn, contextOfKms(encryptionContext)),
    }),
    startSmallSes(ofMessages),
    startSmallSns(ofMessages),
    startQueues(onFault),
  ]);
  return {
    kms,
    ses,
    sns,
    lambda,
    queues,
    async close() {
      await Promise.all([kms, ses, sns, lambda, queues].map((one) => one.close()));
    },
  };
}

const contextOfTags = (tags: Readonly<Record<string, string>>) => ({
  // Known to Lambda, whether the function has it or not.
  'aws:ResourceTag/millpond-trigger': undefined,
  ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [`aws:ResourceTag/${name}`, [value]])),
});

function contextOfKms(context: Readonly<Record<string, string>>): Readonly<Record<string, readonly string[]>> {
  const pairs = Object.entries(context).map(([name, value]) => [`kms:EncryptionContext:${name}`, [value]] as const);
  return { 'kms:EncryptionContextKeys': Object.keys(context), ...Object.fromEntries(pairs) };
}
