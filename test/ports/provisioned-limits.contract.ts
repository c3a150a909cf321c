/** What every store of raised rates promises. */
import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { OpenAll } from './open-stores.ts';

const aPlace = () => ({ account: randomInt(1e11, 1e12).toString(), region: 'us-east-1' });

export function provisionedLimitsContract(name: string, open: OpenAll): void {
  describe(`${name} as a store of raised rates`, () => {
    test('knows nothing of who has raised nothing', async () => {
      const { provisionedLimits: limits } = open();
      const place = aPlace();
      expect([await limits.read(place), await limits.recent(place)]).toEqual([{}, {}]);
    });

    test('gives back what was raised, for that account and region alone', async () => {
      const { provisionedLimits: limits } = open();
      const place = aPlace();
      await limits.save(place, 'UserRead', 300);
      await limits.save(place, 'UserCreation', 60);
      await limits.save(place, 'UserRead', 200);
      expect(await limits.read(place)).toEqual({ UserRead: 200, UserCreation: 60 });
      expect(await limits.read({ ...place, region: 'eu-west-1' })).toEqual({});
      expect(await limits.read(aPlace())).toEqual({});
    });

    test('keeps every one of several that are raised at once', async () => {
      const { provisionedLimits: limits } = open();
      const place = aPlace();
      const raised = ['UserRead', 'UserCreation', 'UserToken', 'UserResourceRead'] as const;
      await Promise.all(raised.map((category, index) => limits.save(place, category, 200 + index)));
      expect(await limits.read(place)).toEqual({
        UserRead: 200,
        UserCreation: 201,
        UserToken: 202,
        UserResourceRead: 203,
      });
    });

    test('shows a change at once where it was made, and within thirty seconds elsewhere', async () => {
      const here = open();
      const there = open(here.clock);
      const place = aPlace();
      const recent = async () => [
        await here.provisionedLimits.recent(place),
        await there.provisionedLimits.recent(place),
      ];
      expect(await recent()).toEqual([{}, {}]);
      await here.provisionedLimits.save(place, 'UserRead', 300);
      expect(await recent()).toEqual([{ UserRead: 300 }, {}]);
      here.clock.advance(29_999);
      expect(await recent()).toEqual([{ UserRead: 300 }, {}]);
      here.clock.advance(1);
      expect(await recent()).toEqual([{ UserRead: 300 }, { UserRead: 300 }]);
      expect(await there.provisionedLimits.read(place)).toEqual({ UserRead: 300 });
    });
  });
}
