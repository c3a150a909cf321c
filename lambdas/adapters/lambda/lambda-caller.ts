/** Runs functions of AWS Lambda, one attempt at a time. */
import type { InvokeCommandInput, InvokeCommandOutput } from '@aws-sdk/client-lambda';
import { type TriggerEvent, TriggerFailed } from '../../core/ports/triggers.ts';
import { inRegions, type RegionOption } from '../regional-clients.ts';
import { answerTooLong, longestAnswer } from '../triggers/answer-bounds.ts';
import type { FunctionCaller } from '../triggers/patient-triggers.ts';
import { failureOf } from './failures.ts';
import { type Home, regionOf } from './function-region.ts';

/** Asks a function in the region of its ARN, with the rights of the function that this runs in. */
export function lambdaCaller(home: Home): FunctionCaller {
  const invokerIn = inRegions(connect);
  const invoke = async (arn: string, input: Input, signal: AbortSignal): Promise<InvokeCommandOutput> => {
    const invokeThere = await invokerIn(regionOf(arn, home));
    return invokeThere({ FunctionName: arn, ...input }, signal).catch((error: unknown) => {
      throw failureOf(error);
    });
  };
  return {
    async call(arn, event, signal) {
      return answerIn(await invoke(arn, { InvocationType: 'RequestResponse', Payload: bytesOf(event) }, signal));
    },
    async send(arn, event) {
      const inTime = AbortSignal.timeout(handingOverMs);
      await invoke(arn, { InvocationType: 'Event', Payload: bytesOf(event) }, inTime);
    },
  };
}

type Input = Pick<InvokeCommandInput, 'InvocationType' | 'Payload'>;
type Invoker = (input: InvokeCommandInput, signal: AbortSignal) => Promise<InvokeCommandOutput>;

const connectingMs = 1000;
/** Nobody waits for what comes of it, but somebody does until it is taken. */
const handingOverMs = 5000;

/** Loaded when the first function is run. Attempts are made by those who call, and they know how much time is left. */
async function connect(region: RegionOption): Promise<Invoker> {
  const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
  const requestHandler = { connectionTimeout: connectingMs };
  const client = new LambdaClient({ ...region, maxAttempts: 1, requestHandler });
  return (input, abortSignal) => client.send(new InvokeCommand(input), { abortSignal });
}

const bytesOf = (event: TriggerEvent): Uint8Array => Buffer.from(JSON.stringify(event));

/** Undefined where it is no JSON, as some runtimes allow. */
function answerIn({ FunctionError, Payload }: InvokeCommandOutput): unknown {
  // Null where nothing was answered, whatever its type says.
  const bytes = Payload ?? new Uint8Array();
  if (bytes.length > longestAnswer) throw new TriggerFailed(answerTooLong);
  const answer = parsed(bytes);
  if (FunctionError !== undefined) throw new TriggerFailed(wordsIn(answer) ?? FunctionError);
  return answer;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return undefined;
  }
}

/** Of what runtimes answer in place of a function that failed. */
function wordsIn(answer: unknown): string | undefined {
  const { errorMessage } = Object(answer) as { readonly errorMessage?: unknown };
  return typeof errorMessage === 'string' ? errorMessage : undefined;
}
