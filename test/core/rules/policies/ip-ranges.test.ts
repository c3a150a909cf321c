/** Addresses and ranges of both versions of the protocol. */
import { BlockList } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRange, isWithin } from '../../../../lambdas/core/rules/policies/ip-ranges.ts';

describe('A range of addresses', () => {
  test.each([
    ['192.0.2.7', '192.0.2.0/24', true],
    ['192.0.3.7', '192.0.2.0/24', false],
    ['192.0.2.128', '192.0.2.0/25', false],
    ['192.0.2.127', '192.0.2.0/25', true],
    ['203.0.113.1', '0.0.0.0/0', true],
    ['::1', '::1', true],
    ['::1', '::2', false],
    ['2001:db8::ff', '2001:db8::/32', true],
    ['2001:db9::ff', '2001:db8::/32', false],
    ['fe80::1%eth0', 'fe80::/10', true],
    ['::ffff:192.0.2.7', '192.0.2.0/24', true],
    ['192.0.2.7', '::/0', false],
    ['nonsense', '0.0.0.0/0', false],
  ])('has %s within %s: %s', (address, range, outcome) => {
    expect(isWithin(address, range)).toBe(outcome);
  });

  test.each(['10.0.0.0/8', '10.0.0.1', '::/0', '2001:db8::/32', '1:2:3:4:5:6:7:8', '1::8', '::ffff:10.0.0.1'])(
    'may be %s',
    (text) => expect(isRange(text)).toBe(true),
  );

  test.each(['', '10.0.0', '10.0.0.256', '10.0.0.01', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '10.0.0.0/-1'])(
    'may not be "%s"',
    (text) => expect(isRange(text)).toBe(false),
  );

  test.each([
    ':',
    ':::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    '12345::',
    '::g',
    '1.2.3.4::',
    '::/129',
    '1:2:3:4:5:6:7::8',
  ])('may not be "%s"', (text) => expect(isRange(text)).toBe(false));

  test('agrees with the list of Node.js', () => {
    fc.assert(
      fc.property(fc.ipV6(), fc.ipV6(), fc.nat(128), fc.boolean(), (one, other, bits, isSame) => {
        const list = new BlockList();
        list.addSubnet(other, bits, 'ipv6');
        const address = isSame ? other : one;
        // That list takes an IPv4 address in the form of IPv6 for both.
        fc.pre(![address, other].some((text) => /^(0*:)*:?(0*:)*ffff:/i.test(text) || text.includes('.')));
        expect(isWithin(address, `${other}/${bits}`)).toBe(list.check(address, 'ipv6'));
      }),
    );
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), fc.nat(32), (one, other, bits) => {
        const list = new BlockList();
        list.addSubnet(other, bits, 'ipv4');
        expect(isWithin(one, `${other}/${bits}`)).toBe(list.check(one, 'ipv4'));
      }),
    );
  });
});
