/** Proves that docs/triggers.md moves an application: its samples run as they stand there. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  DescribeUserPoolCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { startMillpond } from '../../bin/start-millpond.ts';
import { triggerPoints } from '../../lambdas/core/triggers/trigger-points.ts';
import { everyPoolSetting } from '../support/every-setting.ts';
import { readPage, requireSample } from '../support/pages.ts';

const page = readPage('docs/triggers.md');

/** The folder that the page makes, with the map in it. */
async function written(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'millpond-page-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'functions'));
  // An application of its own, whatever lies above the folder.
  await writeFile(join(folder, 'package.json'), '{}');
  await writeFile(join(folder, 'triggers.json'), requireSample(page, 'map', 'json'));
  await writeFile(join(folder, 'functions/pre-sign-up.ts'), requireSample(page, 'typescript', 'ts'));
  await writeFile(join(folder, 'functions/messages.js'), requireSample(page, 'javascript'));
  return folder;
}

type Started = Pick<Awaited<ReturnType<typeof startMillpond>>, 'endpoint' | 'region'>;

const clientOf = ({ endpoint, region }: Started) =>
  new CognitoIdentityProviderClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });

const described = async (service: Started, UserPoolId: string | undefined) =>
  (await clientOf(service).send(new DescribeUserPoolCommand({ UserPoolId }))).UserPool;

test('docs/triggers.md has a map, functions and a seed that work together (triggers-and-messages 28)', async () => {
  const triggers = join(await written(), 'triggers.json');
  const seed = [parse(requireSample(page, 'seed', 'yaml'))];
  await using service = await startMillpond({ memory: true, quiet: true, seed, triggers });
  const client = clientOf(service);
  const ClientId = service.seeded.pools['shop']?.clients['web']?.id;
  const signUp = (Username: string, domain: string, ClientMetadata = {}) => {
    const UserAttributes = [{ Name: 'email', Value: `${Username}@${domain}` }];
    return client.send(
      new SignUpCommand({ ClientId, Username, Password: 'Correct-Horse-9', UserAttributes, ClientMetadata }),
    );
  };
  expect(await signUp('ada', 'example.com')).toMatchObject({ UserConfirmed: false });
  const message = await service.outbox.wait({ to: 'ada@example.com' });
  expect(message).toMatchObject({ subject: 'Welcome to the shop', html: expect.stringMatching(/<b>\d{6}<\/b>/) });
  expect(await signUp('bob', 'example.com', { invited: 'yes' })).toMatchObject({ UserConfirmed: true });
  await expect(signUp('cy', 'elsewhere.example')).rejects.toThrow(
    'PreSignUp failed with error This shop is not open to you.',
  );
}, 60_000);

test('docs/triggers.md has settings taken over as they are described', async () => {
  await using service = await startMillpond({ memory: true, quiet: true });
  const pool = { ...everyPoolSetting, Schema: [{ Name: 'tenant', AttributeDataType: 'String' as const }] };
  const { UserPool } = await clientOf(service).send(new CreateUserPoolCommand(pool));
  const told = await described(service, UserPool?.Id);
  const { SchemaAttributes: _told, ...settings } = JSON.parse(JSON.stringify(told));
  const seed = [{ pools: [{ name: 'taken over', settings: { ...settings, Schema: pool.Schema } }] }];
  await using other = await startMillpond({ memory: true, quiet: true, seed });
  const { Id, Arn, Name, CreationDate, LastModifiedDate, ...same } = told ?? {};
  expect(await described(other, other.seeded.pools['taken over']?.id)).toMatchObject(same);
});

test('docs/triggers.md tells when each function runs', () => {
  const told = page.text.slice(page.text.indexOf('## What runs when'));
  const senders = ['CustomSMSSender', 'CustomEmailSender'];
  const silent = triggerPoints.filter((point) => !senders.includes(point) && !told.includes(point));
  // Nobody signs in through another provider yet.
  expect(silent).toEqual(['InboundFederation']);
});
