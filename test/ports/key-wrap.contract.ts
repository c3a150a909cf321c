/** What everything that wraps keys promises. */
import { describe, expect, test } from 'vitest';
import type { KeyWrap } from '../../lambdas/core/ports/key-wrap.ts';

const context = { app: 'millpond', ring: '1' };
const key = Uint8Array.from({ length: 32 }, (_, index) => index);

/** `make` answers one whose master key no other has. */
export function keyWrapContract(name: string, make: () => KeyWrap | Promise<KeyWrap>): void {
  describe(`${name} as a key wrap`, () => {
    test('unwraps what it wrapped, in whatever order the context is written', async () => {
      const wrap = await make();
      const wrapped = await wrap.wrap(key, context);
      expect(new Uint8Array(await wrap.unwrap(wrapped, { ring: '1', app: 'millpond' }))).toEqual(key);
    });

    test('shows nothing of the key, and wraps it differently each time', async () => {
      const wrap = await make();
      const [first, second] = [await wrap.wrap(key, context), await wrap.wrap(key, context)];
      expect(Buffer.from(first).includes(Buffer.from(key.subarray(0, 8)))).toBe(false);
      expect(first).not.toEqual(second);
    });

    test.each([{ app: 'millpond', ring: '2' }, { app: 'millpond' }, { app: 'millpond', ring: '1', more: '' }, {}])(
      'does not unwrap in the context %j',
      async (other) => {
        const wrap = await make();
        await expect(wrap.unwrap(await wrap.wrap(key, context), other)).rejects.toThrow();
      },
    );

    test('does not unwrap what has a bit flipped, was cut, or came from another master key', async () => {
      const [wrap, other] = [await make(), await make()];
      const wrapped = await wrap.wrap(key, context);
      for (let index = 0; index < wrapped.length; index++) {
        const flipped = Uint8Array.from(wrapped, (byte, at) => (at === index ? byte ^ 1 : byte));
        await expect(wrap.unwrap(flipped, context)).rejects.toThrow();
      }
      await expect(wrap.unwrap(wrapped.subarray(0, 20), context)).rejects.toThrow();
      await expect(wrap.unwrap(new Uint8Array(), context)).rejects.toThrow();
      await expect(other.unwrap(wrapped, context)).rejects.toThrow();
    });
  });
}
