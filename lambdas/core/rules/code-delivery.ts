/** Where codes and invitations go, and what answers tell of it. */
import {
  attributeNotVerifiable,
  autoVerificationOff,
  deliveryAttributeMissing,
  nothingToRecoverWith,
  nothingToVerify,
  recoveryByAdministratorOnly,
} from '../contract/errors.ts';
import type { Pool, PoolSettings } from '../model/pool.ts';
import type { Attributes, User, VerifiableAttribute } from '../model/user.ts';
import type { Ports } from '../ports/index.ts';
import { addressAttributes, flagOf, isAddress } from './addresses.ts';
import { fold } from './aliases.ts';
import { maskedAddress, simulatedAddress } from './masking.ts';

export type Medium = 'EMAIL' | 'SMS';

export interface Delivery {
  readonly medium: Medium;
  readonly attribute: VerifiableAttribute;
  readonly target: string;
}

/** As answers show a delivery. */
export interface CodeDeliveryDetails {
  readonly Destination: string;
  readonly DeliveryMedium: Medium;
  readonly AttributeName: VerifiableAttribute;
}

type Addressee = Pick<User, 'attributes' | 'pending'>;

/** Where two addresses would do, the phone goes first. */
const phoneFirst: readonly VerifiableAttribute[] = ['phone_number', 'email'];

const mediumOf = (attribute: VerifiableAttribute): Medium => (attribute === 'email' ? 'EMAIL' : 'SMS');

export const deliveryTo = (attribute: VerifiableAttribute, target: string): Delivery => ({
  medium: mediumOf(attribute),
  attribute,
  target,
});

export const deliveryDetails = ({ medium, attribute, target }: Delivery): CodeDeliveryDetails => ({
  Destination: maskedAddress(attribute, target),
  DeliveryMedium: medium,
  AttributeName: attribute,
});

/** A new user gets a code only at an address that the pool verifies; without one they get none. */
export const findSignUpDelivery = (pool: Pool, attributes: Attributes): Delivery | undefined =>
  autoVerified(pool.settings).flatMap((attribute) => findDelivery(attributes, attribute) ?? [])[0];

/** A pool that verifies no address sends no codes to those who register. */
export function requireAutoVerification({ settings }: Pool): void {
  if (autoVerified(settings).length === 0) throw autoVerificationOff();
}

/** Where a registration that waits for its code gets another one. */
export function requireSignUpDelivery(pool: Pool, { attributes }: Pick<User, 'attributes'>): Delivery {
  const [first] = autoVerified(pool.settings);
  if (!first) throw autoVerificationOff();
  const delivery = findSignUpDelivery(pool, attributes);
  if (!delivery) throw deliveryAttributeMissing(first);
  return delivery;
}

export function requireVerifiable(name: string): VerifiableAttribute {
  const attribute = addressAttributes.find((address) => address === name);
  if (!attribute) throw attributeNotVerifiable();
  return attribute;
}

/** A code that verifies an attribute goes to the address that waits for it, else to the present one. */
export function requireAttributeDelivery({ attributes, pending }: Addressee, attribute: VerifiableAttribute): Delivery {
  const target = pending?.[attribute] ?? attributes[attribute];
  if (!target) throw deliveryAttributeMissing(attribute);
  return deliveryTo(attribute, target);
}

/** What is not there, nor about to be, needs no code. */
export function requireAddressToVerify({ attributes, pending }: Addressee, attribute: VerifiableAttribute): void {
  if (!pending?.[attribute] && !attributes[attribute]) throw nothingToVerify(attribute);
}

/** Where a pool leaves recovery to its administrators, nobody gets a code, whether they exist or not. */
export function requireSelfRecovery({ settings }: Pool): void {
  if (recoveryNames(settings).includes('admin_only')) throw recoveryByAdministratorOnly();
}

/** The first verified address, in the pool's order, that is not the user's second factor as well. */
export function requireRecoveryDelivery(pool: Pool, user: Pick<User, 'attributes' | 'mfa'>): Delivery {
  requireSelfRecovery(pool);
  const attribute = recoveryOrder(pool.settings).find(
    (address) => user.attributes[flagOf(address)] === 'true' && !isSecondFactor(pool, user, address),
  );
  const delivery = attribute && findDelivery(user.attributes, attribute);
  if (!delivery) throw nothingToRecoverWith();
  return delivery;
}

/** Each medium that was asked for; when none was, the phone, or else the mailbox; with neither, nothing is sent. */
export function invitationDeliveries(attributes: Attributes, asked: readonly Medium[] = []): readonly Delivery[] {
  if (asked.length === 0)
    return phoneFirst.flatMap((attribute) => findDelivery(attributes, attribute) ?? []).slice(0, 1);
  return [...new Set(asked)].map((medium) => {
    const attribute = medium === 'EMAIL' ? 'email' : 'phone_number';
    const delivery = findDelivery(attributes, attribute);
    if (!delivery) throw deliveryAttributeMissing(attribute);
    return delivery;
  });
}

/** What a name that nobody has is told about the code that was not sent. */
export async function simulatedDelivery(
  { sealer }: Pick<Ports, 'sealer'>,
  pool: Pool,
  name: string,
  reason: 'sign-up' | 'recovery',
): Promise<CodeDeliveryDetails> {
  const attribute = simulatedAttribute(pool, name, reason);
  return {
    Destination: await simulatedAddress(sealer, pool, attribute, fold(pool, 'username', name)),
    DeliveryMedium: mediumOf(attribute),
    AttributeName: attribute,
  };
}

/** The kind of address that a user of this pool would most likely have had. */
export function simulatedAttribute(
  { settings }: Pool,
  name: string,
  reason: 'sign-up' | 'recovery',
): VerifiableAttribute {
  const named = settings.UsernameAttributes?.find((attribute) => isAddress(attribute, name));
  if (named) return named;
  const [preferred] = reason === 'recovery' && recoveryNames(settings).length > 0 ? recoveryOrder(settings) : [];
  return preferred ?? (settings.AutoVerifiedAttributes?.includes('email') ? 'email' : 'phone_number');
}

function findDelivery(attributes: Attributes, attribute: VerifiableAttribute): Delivery | undefined {
  const target = attributes[attribute];
  return target ? deliveryTo(attribute, target) : undefined;
}

const autoVerified = ({ AutoVerifiedAttributes = [] }: PoolSettings): readonly VerifiableAttribute[] =>
  phoneFirst.filter((attribute) => AutoVerifiedAttributes.includes(attribute));

const recoveryNames = ({ AccountRecoverySetting }: PoolSettings) =>
  (AccountRecoverySetting?.RecoveryMechanisms ?? [])
    .toSorted((a, b) => a.Priority - b.Priority)
    .map(({ Name }) => Name);

function recoveryOrder(settings: PoolSettings): readonly VerifiableAttribute[] {
  const names = recoveryNames(settings);
  // As the documentation has it ("Recovering user accounts"), whatever the settings are described as when there are none.
  if (names.length === 0) return phoneFirst;
  return names.flatMap((name) => addressAttributes.find((attribute) => name === `verified_${attribute}`) ?? []);
}

export const recoveryChannelGap =
  'Nobody recovers an account through the channel of their second factor; the real service may allow it in a pool without `AccountRecoverySetting`.';

/** Whoever reads the one channel would have both factors. */
function isSecondFactor({ settings }: Pool, { mfa }: Pick<User, 'mfa'>, attribute: VerifiableAttribute): boolean {
  if ((settings.MfaConfiguration ?? 'OFF') === 'OFF') return false;
  if (mfa?.enabled.includes(attribute === 'email' ? 'EMAIL_OTP' : 'SMS_MFA')) return true;
  return mfa?.options?.some(({ AttributeName }) => AttributeName === attribute) ?? false;
}
