/** The order in which what was opened is closed. */
import { expect, test } from 'vitest';
import { closing } from '../../lambdas/adapters/local/closing.ts';

test('what was opened last is closed first, each after the one before', async () => {
  const closed: string[] = [];
  const opened = closing();
  opened.add(() => closed.push('first'));
  opened.add(async () => {
    await Promise.resolve();
    closed.push('second');
  });
  await opened.close();
  expect(closed).toEqual(['second', 'first']);
});

test('everything is closed although one of them fails, which is told', async () => {
  const closed: string[] = [];
  const opened = closing();
  opened.add(() => closed.push('first'));
  opened.add(() => Promise.reject(new Error('stuck')));
  await expect(opened.close()).rejects.toThrow('stuck');
  expect(closed).toEqual(['first']);
});

test('nothing is closed twice', async () => {
  const closed: string[] = [];
  const opened = closing();
  opened.add(() => closed.push('once'));
  await Promise.all([opened.close(), opened.close()]);
  expect(closed).toEqual(['once']);
});
