import {
  DeleteManagedLoginBrandingCommand,
  DeleteUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { startProcesses } from '../../support/another-process.ts';
import { png } from '../../support/images.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { type Service, startService } from '../../support/start-service.ts';
import { asset, createStyle, readStyle, styleOf } from '../../support/styles.ts';

const notFound = 'ResourceNotFoundException: ManagedLoginBranding does not exist.';
const unknownId = '00000000-0000-4000-8000-000000000000';

async function aStyle() {
  const service = await startService();
  const app = await service.aClient(await service.aPool());
  const { id } = await createStyle(service, app, { Settings: {}, Assets: [asset({ Bytes: png(400_000) })] });
  return { service, app, id };
}

const remove = ({ client }: Pick<Service, 'client'>, UserPoolId: string, ManagedLoginBrandingId: string) =>
  client.send(new DeleteManagedLoginBrandingCommand({ UserPoolId, ManagedLoginBrandingId }));

describe('DeleteManagedLoginBranding', () => {
  test('answers with an empty body, and the style is gone', async () => {
    const { service, app, id } = await aStyle();
    const answer = await service.call('DeleteManagedLoginBranding', {
      UserPoolId: app.poolId,
      ManagedLoginBrandingId: id,
    });
    expect(answer).toMatchObject({ status: 200, body: '' });
    expect(await refused(readStyle(service, app, id))).toBe(notFound);
    expect(await refused(styleOf(service, app))).toBe(
      `ResourceNotFoundException: ManagedLoginBranding for client ${app.id} does not exist.`,
    );
    expect(await refused(remove(service, app.poolId, id))).toBe(notFound);
    expect((await createStyle(service, app)).id).not.toBe(id);
  });

  test('does not know a style of another pool, or that nobody made', async () => {
    const { service, app, id } = await aStyle();
    const { id: elsewhere } = await service.aPool();
    expect(await refused(remove(service, elsewhere, id))).toBe(notFound);
    expect(await refused(remove(service, app.poolId, unknownId))).toBe(notFound);
    expect(await refused(remove(service, 'us-east-1_000000000', id))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
    expect(await refused(readStyle(service, app, id))).toBe('nothing is refused');
  });

  test('is done once of many times at once', async () => {
    const [one, other] = await startProcesses();
    const app = await one.aClient(await one.aPool());
    const { id } = await createStyle(one, app);
    const asked = await outcomes([one, other, one].map((service) => remove(service, app.poolId, id)));
    expect(asked.toSorted()).toEqual([notFound, notFound, 'done']);
  });

  test('asks for another try when others are always faster', async () => {
    const { service, app, id } = await aStyle();
    const styles = { ...service.ports.styles, remove: async () => 'changed' as const };
    expect(await refused(remove(await startService({ ports: { styles } }), app.poolId, id))).toBe(
      'ConcurrentModificationException: The ManagedLoginBranding is being changed by another request.',
    );
  });
});

describe('DescribeManagedLoginBranding', () => {
  test('does not know a style that nobody made, or that is of another pool', async () => {
    const { service, app, id } = await aStyle();
    expect(await refused(readStyle(service, app, unknownId))).toBe(notFound);
    expect(await refused(readStyle(service, { ...app, poolId: (await service.aPool()).id }, id))).toBe(notFound);
    expect(await refused(readStyle(service, { ...app, poolId: 'us-east-1_000000000' }, id))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
  });

  test('wants an id of version 4', async () => {
    const { service, app } = await aStyle();
    expect(await refused(readStyle(service, app, '00000000-0000-0000-0000-000000000000'))).toMatch(
      /at 'managedLoginBrandingId' failed to satisfy constraint: Member must satisfy regular expression pattern/,
    );
  });
});

describe('DescribeManagedLoginBrandingByClient', () => {
  test('says whose style is not there', async () => {
    const { service, app } = await aStyle();
    const other = await service.aClient({ id: app.poolId });
    expect(await refused(styleOf(service, other))).toBe(
      `ResourceNotFoundException: ManagedLoginBranding for client ${other.id} does not exist.`,
    );
    expect(await refused(styleOf(service, { ...app, id: 'nobody' }))).toBe(
      'ResourceNotFoundException: User pool client nobody does not exist.',
    );
    expect(await refused(styleOf(service, { ...app, poolId: 'us-east-1_000000000' }))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
  });
});

test('A style goes with its client', async () => {
  const { service, app, id } = await aStyle();
  await service.client.send(new DeleteUserPoolClientCommand({ UserPoolId: app.poolId, ClientId: app.id }));
  expect(await refused(readStyle(service, app, id))).toBe(notFound);
});
