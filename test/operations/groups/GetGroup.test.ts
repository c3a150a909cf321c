import { describe, expect, test } from 'vitest';
import { startProcesses } from '../../support/another-process.ts';
import { groupsOf } from '../../support/groups.ts';
import { refused } from '../../support/refused.ts';
import { startService } from '../../support/start-service.ts';

const gone = 'ResourceNotFoundException: Group not found.';

describe('GetGroup', () => {
  test('shows a group under its name in whatever case', async () => {
    const service = await startService();
    const { create, get } = groupsOf(service, await service.aPool());
    const group = await create('Staff', { Description: 'Those who work here', Precedence: 0 });
    for (const name of ['Staff', 'staff', 'STAFF']) expect(await get(name)).toEqual(group);
  });

  test('shows the numbers of the wire as the API writes them', async () => {
    const service = await startService();
    const pool = await service.aPool();
    await groupsOf(service, pool).create('staff', { Precedence: 0 });
    const { json } = await service.call('GetGroup', { UserPoolId: pool.id, GroupName: 'staff' });
    const at = service.clock.now() / 1000;
    expect(json).toEqual({
      Group: { GroupName: 'staff', UserPoolId: pool.id, Precedence: 0, LastModifiedDate: at, CreationDate: at },
    });
  });

  test('does not know a group that nobody made, or of another pool, or that is gone', async () => {
    const service = await startService();
    const [one, other] = [groupsOf(service, await service.aPool()), groupsOf(service, await service.aPool())];
    await one.create('staff');
    expect(await refused(one.get('nobody'))).toBe(gone);
    expect(await refused(other.get('staff'))).toBe(gone);
    await one.remove('staff');
    expect(await refused(one.get('staff'))).toBe(gone);
  });

  test('does not know a pool that nobody made', async () => {
    const service = await startService();
    const { get } = groupsOf(service, { id: 'us-east-1_000000000' });
    expect(await refused(get('staff'))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
  });

  test('shows at once what another process has made, changed and deleted', async () => {
    const [here, there] = await startProcesses();
    const pool = await here.aPool();
    const [mine, theirs] = [groupsOf(here, pool), groupsOf(there, pool)];
    await mine.create('staff');
    expect((await theirs.get('staff'))?.Description).toBeUndefined();
    await mine.update('staff', { Description: 'new' });
    expect((await theirs.get('staff'))?.Description).toBe('new');
    await mine.remove('staff');
    expect(await refused(theirs.get('staff'))).toBe(gone);
  });
});
