/** The actions of this room, by the last part of their path. */
import type { Action } from '../action.ts';
import { CreateAccessKey, DeleteAccessKey, DisableAccessKey, EnableAccessKey, ListAccessKeys } from './access-keys.ts';
import { ListMessages } from './messages.ts';
import { CreatePolicy, DeletePolicy, DisablePolicy, EnablePolicy, ListPolicies } from './policies.ts';
import {
  CreatePrincipal,
  DeletePrincipal,
  DisablePrincipal,
  EnablePrincipal,
  ListPrincipals,
  UpdatePrincipal,
} from './principals.ts';
import { credentials } from './session.ts';

export const actions = {
  credentials,
  CreatePolicy,
  ListPolicies,
  DisablePolicy,
  EnablePolicy,
  DeletePolicy,
  CreatePrincipal,
  ListPrincipals,
  UpdatePrincipal,
  DisablePrincipal,
  EnablePrincipal,
  DeletePrincipal,
  CreateAccessKey,
  ListAccessKeys,
  DisableAccessKey,
  EnableAccessKey,
  DeleteAccessKey,
  ListMessages,
} as const satisfies Readonly<Record<string, Action>>;

export type ActionName = keyof typeof actions;

/** Exactly as written: whoever decides by the path sees the same name. */
export function findActionName(path: string): ActionName | undefined {
  const [, name = ''] = /^\/_iam\/([A-Za-z]{1,32})$/.exec(path) ?? [];
  return isActionName(name) ? name : undefined;
}

const isActionName = (name: string): name is ActionName => Object.hasOwn(actions, name);
