/** The AWS CLI, with what `npm start` says to export: a person's story, its JSON, its complaints and exit codes. */
import { describe, expect, test } from 'vitest';
import { exportedVariables } from './exported-variables.ts';
import { findPrograms, type Program, sayAbsent } from './outside-programs.ts';
import { ada, newPassword, runningService } from './running-service.ts';

const running = runningService();

/** Debian's own as well, where another comes first: it is years older. */
const programs = await findPrograms(['aws', '/usr/bin/aws'], ['--version']);

sayAbsent(programs, 'The AWS CLI is not tried, because there is no `aws`: install it with `apt-get install awscli`');

class CliRefusal extends Error {
  override readonly name = 'CliRefusal';
  readonly status: number | null;

  constructor(status: number | null, complaints: string) {
    super(complaints.trim());
    this.status = status;
  }
}

type Json = Readonly<Record<string, unknown>>;

/** Calls one command; resolves with its JSON, `undefined` where it printed none. */
type Cli = (command: string, options?: Readonly<Record<string, string | readonly string[]>>) => Promise<Json | undefined>;

async function cliOf(program: Program): Promise<Cli> {
  const { endpoint, millpond } = await running();
  const environment = exportedVariables(millpond);
  const where = knowsTheVariable(program) ? [] : ['--endpoint-url', endpoint];
  return async (command, options = {}) => {
    const args = Object.entries(options).flatMap(([name, values]) => [`--${name}`, ...[values].flat()]);
    const { status, output, complaints } = await program.run(['cognito-idp', command, ...where, ...args], environment);
    if (status !== 0) throw new CliRefusal(status, complaints);
    return output.trim() === '' ? undefined : JSON.parse(output);
  };
}

/** Those from before July 2023 have to be told the endpoint in each call. */
function knowsTheVariable({ version }: Program): boolean {
  const [, major, minor] = /^aws-cli\/(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(minor) >= (major === '1' ? 29 : 13);
}

describe.concurrent.each(programs.map((program) => ({ program, version: program.version })))(
  'The AWS CLI, $version',
  ({ program }) => {
    test('goes with a person from sign-up to global sign-out', async () => {
      const { outbox } = await running();
      const aws = await cliOf(program);
      const { username, email, password } = ada;
      const { UserPool } = await aws('create-user-pool', { 'pool-name': 'people', 'auto-verified-attributes': 'email' }) ?? {};
      const poolId = String((UserPool as Json)['Id']);
      const { UserPoolClient } = await aws('create-user-pool-client', {
        'user-pool-id': poolId,
        'client-name': 'web',
        'explicit-auth-flows': ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      }) ?? {};
      const person = { 'client-id': String((UserPoolClient as Json)['ClientId']), username };

      await aws('sign-up', { ...person, password, 'user-attributes': `Name=email,Value=${email}` });
      const code = { 'confirmation-code': await outbox.codeFor({ poolId, username }) };
      expect(await aws('confirm-sign-up', { ...person, ...code })).toEqual({});
    });
  },
);
