/** Runs a command line: what it prints, what it complains of, and the exit code of the process. */
import { badUsage, CannotDo } from './cannot-do.ts';
import { type Endpoint, readEndpoint } from './endpoint.ts';
import { requireIdentity } from './identity.ts';
import { type Asked, readCommandLine } from './read-command-line.ts';
import { findRegion, type RegionSources, requireRegion } from './region.ts';
import { signedCall, unsignedCall } from './signed-call.ts';
import { usageOf } from './usage.ts';
import type { Outside, Signer, Workplace } from './workplace.ts';

export interface Ended {
  readonly exitCode: number;
  readonly printed?: string;
  /** A sentence. */
  readonly complaint?: string;
}

export async function runMillpond(args: readonly string[], version: string, outside: Outside): Promise<Ended> {
  try {
    const asked = readCommandLine(args, outside.environment);
    return { exitCode: 0, printed: await answerTo(asked, version, outside) };
  } catch (error) {
    if (error instanceof CannotDo) return { exitCode: error.exitCode, complaint: error.message };
    // What is not foreseen may have a secret in its message, or in its stack.
    const name = error instanceof Error ? error.name : typeof error;
    return { exitCode: 1, complaint: `Something went wrong that is a fault of this program (${name}).` };
  }
}

async function answerTo(asked: Asked, version: string, outside: Outside): Promise<string> {
  if (asked.kind === 'version') return version;
  if (asked.kind === 'help') return usageOf(asked.words, version);
  const { command, given } = asked;
  // Every command takes these.
  return command.run(given, workplaceFor(given.values as Shared, outside));
}

interface Shared {
  readonly endpoint?: string;
  readonly profile?: string;
  readonly region?: string;
  readonly timeout?: string;
}

function workplaceFor({ profile, region: said, ...values }: Shared, outside: Outside): Workplace {
  const endpoint = readEndpoint(values.endpoint);
  const { environment } = outside;
  warnIfOpen(endpoint, outside);
  // Another profile may be the one that leads here, and clients that are used on the way would take its endpoint for theirs.
  if (profile !== undefined) environment['AWS_PROFILE'] = profile;
  let signer: Promise<Signer> | undefined;
  const findSigner = (): Promise<Signer> => {
    signer ??= signerOf({ said, endpoint, profile, environment }, outside);
    return signer;
  };
  const line = { endpoint, patience: readPatience(values.timeout), outside };
  return { endpoint, outside, findSigner, call: signedCall(line, findSigner), callUnsigned: unsignedCall(line) };
}

/** Whether there is a region is asked last: of a profile that is none, it is not the region that is missing. */
async function signerOf(sources: RegionSources, { environment, warn }: Outside): Promise<Signer> {
  const region = await findRegion(sources);
  const identity = await requireIdentity({ profile: sources.profile, region, environment, warn });
  return { identity, region: requireRegion(region) };
}

/** In milliseconds. */
function readPatience(text = '30'): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw badUsage('--timeout must be a number of seconds, from 1 to 9999.');
  return Number(text) * 1000;
}

function warnIfOpen({ isOpen }: Endpoint, { warn }: Outside): void {
  if (isOpen) warn('The endpoint is not https: whoever is on the way can read the credentials in its answers.');
}
