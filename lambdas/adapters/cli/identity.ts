/** Finds the IAM identity that somebody works as, the way SDKs do. */
import { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { type CannotDo, failed } from './cannot-do.ts';
import { circle, enter, isCircle } from './circle.ts';
import { printable } from './printable.ts';

export interface Identity {
  readonly keyId: string;
  readonly secret: string;
  readonly token?: string | undefined;
}

export interface Ambience {
  /** As the option says. */
  readonly profile: string | undefined;
  /** For those who have to be asked on the way, such as STS. */
  readonly region: string | undefined;
  readonly environment: Record<string, string | undefined>;
  warn(sentence: string): void;
}

export async function requireIdentity(ambience: Ambience): Promise<Identity> {
  enter(ambience.environment);
  const provided = await provide(ambience).catch((error: unknown) => {
    throw notFound(error, ambience.profile);
  });
  const { accessKeyId: keyId, secretAccessKey: secret, sessionToken: token } = provided;
  const isWritable = [keyId, secret, token ?? 'none'].every((part) => /^[\x21-\x7e]+$/.test(part));
  // They go into headers. What is wrong is not shown.
  if (!isWritable)
    throw failed('The AWS credentials to sign with have characters in them that credentials do not have.');
  return { keyId, secret, token };
}

/** A profile that is named is used or refused: whatever else the machine has would be somebody else. */
async function provide({ profile, region, environment, warn }: Ambience) {
  const options = region === undefined ? {} : { clientConfig: { region } };
  if (profile !== undefined) return fromIni({ profile, ...options })();
  const inherited = environment['AWS_PROFILE'];
  if (inherited) {
    try {
      return await fromIni({ profile: inherited, ...options })();
    } catch (error) {
      if (isCircle(error)) {
        // It is there for those who use what this command makes, and was not meant for the command.
        warn(`AWS_PROFILE is left aside: ${inherited} gets its credentials from this command.`);
        delete environment['AWS_PROFILE'];
      }
    }
  }
  return fromNodeProviderChain(options)();
}

function notFound(error: unknown, profile: string | undefined): CannotDo {
  if (isCircle(error)) return circle();
  const said = error instanceof Error ? error.message : '';
  if (said.startsWith('Could not resolve credentials using profile')) {
    return failed(`There is no AWS profile ${profile} with credentials.`);
  }
  const lead =
    profile === undefined ? 'No AWS credentials were found' : `The AWS profile ${profile} gives no credentials`;
  // The command may have a secret in it, and so may what it prints.
  if (said.startsWith('Command failed')) return failed(`${lead}: its credential_process failed.`);
  if (said === '' || said.startsWith('Could not load credentials')) {
    return failed(`${lead}: name a profile with --profile, or set them as for the AWS CLI.`);
  }
  return failed(`${lead}: ${printable(said)}`);
}
