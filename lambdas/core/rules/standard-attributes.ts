/** The attributes that every pool has, in the API's order. */
import type { SchemaAttribute } from '../model/pool.ts';

const string = (Name: string, MinLength = '0', MaxLength = '2048'): SchemaAttribute => ({
  Name,
  AttributeDataType: 'String',
  DeveloperOnlyAttribute: false,
  Mutable: true,
  Required: false,
  StringAttributeConstraints: { MinLength, MaxLength },
});

const flag = (Name: string): SchemaAttribute => ({
  Name,
  AttributeDataType: 'Boolean',
  DeveloperOnlyAttribute: false,
  Mutable: true,
  Required: false,
});

export const standardAttributes: readonly SchemaAttribute[] = [
  { ...string('sub', '1'), Mutable: false, Required: true },
  string('name'),
  string('given_name'),
  string('family_name'),
  string('middle_name'),
  string('nickname'),
  string('preferred_username'),
  string('profile'),
  string('picture'),
  string('website'),
  string('email'),
  flag('email_verified'),
  string('gender'),
  string('birthdate', '10', '10'),
  string('zoneinfo'),
  string('locale'),
  string('phone_number'),
  flag('phone_number_verified'),
  string('address'),
  {
    Name: 'updated_at',
    AttributeDataType: 'Number',
    DeveloperOnlyAttribute: false,
    Mutable: true,
    Required: false,
    NumberAttributeConstraints: { MinValue: '0' },
  },
];

/** Custom ones carry a prefix. */
export const isCustom = (name: string): boolean => name.startsWith('custom:') || isDeveloperOnly(name);

/** Out of every client's reach. */
export const isDeveloperOnly = (name: string): boolean => name.startsWith('dev:');

/** Says whether an address is verified; no client may write it. */
export const isVerifiedFlag = (name: string): boolean => name === 'email_verified' || name === 'phone_number_verified';
