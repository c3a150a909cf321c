/** Before somebody is added to a pool: its function may refuse them, and confirm those who register. */
import { emailRequiredToVerify, phoneNumberRequiredToVerify } from '../contract/errors.ts';
import type { Attributes, VerifiableAttribute } from '../model/user.ts';
import { type AttributeEntry, attributesOf } from '../rules/attributes.ts';
import { flagIn } from './answer-members.ts';
import { type ClientMetadata, type EventParties, metadataMember } from './event.ts';
import { invoke, type TriggerPorts } from './invoke.ts';

export interface Newcomer extends EventParties {
  /** What the caller says of them and nothing else: they have no `sub` and no state yet. */
  readonly attributes: Attributes;
  readonly validationData?: readonly AttributeEntry[] | undefined;
  readonly clientMetadata?: ClientMetadata | undefined;
}

export interface Approval {
  /** Without a code. */
  readonly confirms: boolean;
  /** Addresses that count as proven. */
  readonly verifies: readonly VerifiableAttribute[];
}

/** For those who register. Refuses to verify an address that they have not given. */
export async function approveSignUp(ports: TriggerPorts, newcomer: Newcomer): Promise<Approval> {
  const approval = await ask(ports, 'SignUp', newcomer);
  const { attributes } = newcomer;
  if (approval.verifies.includes('email') && !attributes['email']) throw emailRequiredToVerify();
  if (approval.verifies.includes('phone_number') && !attributes['phone_number']) throw phoneNumberRequiredToVerify();
  return approval;
}

/** For those whom an administrator adds: what it answers has no effect, as long as it is an answer. */
export async function approveCreation(ports: TriggerPorts, newcomer: Newcomer): Promise<void> {
  await ask(ports, 'AdminCreateUser', newcomer);
}

const defaults = { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false };

async function ask(ports: TriggerPorts, source: 'SignUp' | 'AdminCreateUser', newcomer: Newcomer): Promise<Approval> {
  const { attributes, validationData, clientMetadata } = newcomer;
  const request = {
    userAttributes: attributes,
    validationData: validationData ? attributesOf(validationData) : null,
    ...metadataMember(clientMetadata),
  };
  const body = { source: `PreSignUp_${source}`, request, response: defaults };
  const answer = (await invoke(ports, 'PreSignUp', newcomer, body)) ?? defaults;
  const [email, phone] = [flagIn(answer, 'autoVerifyEmail'), flagIn(answer, 'autoVerifyPhone')];
  return {
    confirms: flagIn(answer, 'autoConfirmUser') ?? false,
    verifies: [...(email ? (['email'] as const) : []), ...(phone ? (['phone_number'] as const) : [])],
  };
}
