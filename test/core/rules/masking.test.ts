import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskedAddress, simulatedAddress } from '../../../lambdas/core/rules/masking.ts';
import { aSealer } from '../../support/key-material.ts';
import { aPool } from '../../support/model.ts';

describe('A masked address', () => {
  test.each([
    ['fixture@example.com', 'f***@e***'],
    ['test@test.com', 't***@t***'],
    ['a@b', 'a***@b***'],
    ['🦊fox@🐻.example', '🦊***@🐻***'],
  ])('of mail shows the first letters of %s: %s', (address, masked) => {
    expect(maskedAddress('email', address)).toBe(masked);
  });

  test.each([
    ['+12065559934', '+*******9934'],
    ['+491512345678', '+********5678'],
    ['+1234', '+1234'],
    ['+1', '+1'],
  ])('of a phone shows the last four digits of %s: %s', (number, masked) => {
    expect(maskedAddress('phone_number', number)).toBe(masked);
  });

  test('tells nothing of the length of a mail address', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        expect([...maskedAddress('email', address)]).toHaveLength('f***@e***'.length);
      }),
    );
  });
});

describe('A simulated address', () => {
  const sealer = aSealer();
  const pool = aPool();
  const mail = (name: string, of = pool) => simulatedAddress(sealer, of, 'email', name);
  const phone = (name: string) => simulatedAddress(sealer, pool, 'phone_number', name);

  test('looks like a masked one', async () => {
    expect(await mail('nobody')).toMatch(/^[a-z]\*{3}@[a-z]\*{3}$/);
    expect(await phone('nobody')).toMatch(/^\+\*{7}[0-9]{4}$/);
  });

  test('is the name’s own, in its pool, from call to call', async () => {
    expect(await mail('nobody')).toBe(await mail('nobody'));
    const names = Array.from({ length: 20 }, (_, at) => `nobody${at}`);
    expect(new Set(await Promise.all(names.map((name) => mail(name)))).size).toBeGreaterThan(10);
    const elsewhere = aPool({ id: 'us-east-1_other' });
    const differing = await Promise.all(
      names.map(async (name) => (await mail(name)) !== (await mail(name, elsewhere))),
    );
    expect(differing).toContain(true);
  });

  test('is the name itself, masked, where that is such an address', async () => {
    expect(await mail('nobody@example.com')).toBe('n***@e***');
    expect(await phone('+12065559934')).toBe('+*******9934');
    expect(await phone('nobody@example.com')).toMatch(/^\+\*{7}[0-9]{4}$/);
  });
});
