/** Which sign-in flows a client allows. */
import {
  adminAuthNotEnabled,
  choiceNotEnabled,
  clientTokensNotEnabled,
  customAuthNotEnabled,
  type Refusal,
  refreshFlowWithRotation,
  refreshNotEnabled,
  srpNotEnabled,
  userPasswordNotEnabled,
} from '../contract/errors.ts';
import type { Client, ClientSettings, ExplicitAuthFlow } from '../model/client.ts';

/** As `AuthFlow` of InitiateAuth names them. */
export type AuthFlow =
  | 'USER_SRP_AUTH'
  | 'USER_PASSWORD_AUTH'
  | 'ADMIN_USER_PASSWORD_AUTH'
  | 'ADMIN_NO_SRP_AUTH'
  | 'CUSTOM_AUTH'
  | 'REFRESH_TOKEN_AUTH'
  | 'REFRESH_TOKEN'
  | 'USER_AUTH';

interface Gate {
  /** The `ALLOW_` value that opens the flow. */
  readonly allow: ExplicitAuthFlow;
  /** Whether a list of values without the prefix opens it. */
  legacy(values: readonly string[]): boolean;
  refusal(): Refusal;
}

const srp: Gate = {
  allow: 'ALLOW_USER_SRP_AUTH',
  legacy: (values) => !values.includes('CUSTOM_AUTH_FLOW_ONLY'),
  refusal: srpNotEnabled,
};
const administrator: Gate = {
  allow: 'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  legacy: (values) => values.includes('ADMIN_NO_SRP_AUTH'),
  refusal: adminAuthNotEnabled,
};
const refresh: Gate = { allow: 'ALLOW_REFRESH_TOKEN_AUTH', legacy: () => true, refusal: refreshNotEnabled };

const gates: Readonly<Record<AuthFlow, Gate>> = {
  USER_SRP_AUTH: srp,
  USER_PASSWORD_AUTH: {
    allow: 'ALLOW_USER_PASSWORD_AUTH',
    legacy: (values) => values.includes('USER_PASSWORD_AUTH'),
    refusal: userPasswordNotEnabled,
  },
  ADMIN_USER_PASSWORD_AUTH: administrator,
  ADMIN_NO_SRP_AUTH: administrator,
  CUSTOM_AUTH: { allow: 'ALLOW_CUSTOM_AUTH', legacy: () => true, refusal: customAuthNotEnabled },
  REFRESH_TOKEN_AUTH: refresh,
  REFRESH_TOKEN: refresh,
  USER_AUTH: { allow: 'ALLOW_USER_AUTH', legacy: () => false, refusal: choiceNotEnabled },
};

const whenUnset: readonly ExplicitAuthFlow[] = ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH'];

/** Refuses a flow that the client's `ExplicitAuthFlows` do not open. */
export function requireFlow({ settings }: Client, flow: AuthFlow): void {
  const gate = gates[flow];
  if (gate === refresh && isRotating(settings)) throw refreshFlowWithRotation();
  if (!isOpen(gate, settings)) throw gate.refusal();
}

/** Refuses a client that has neither the refresh flow nor rotation. */
export function requireRefreshAllowed({ settings }: Client): void {
  if (!isRotating(settings) && !isOpen(refresh, settings)) throw refresh.refusal();
}

export const isFlowAllowed = ({ settings }: Client, flow: AuthFlow): boolean => isOpen(gates[flow], settings);

/** A client for applications on their own has no other flow: none of its tokens ever speaks for a user. */
export const isForApplications = ({ ExplicitAuthFlows = [] }: ClientSettings): boolean =>
  ExplicitAuthFlows.includes('ALLOW_CLIENT_TOKEN_AUTH');

export function requireClientTokens({ settings }: Client): void {
  if (!isForApplications(settings)) throw clientTokensNotEnabled();
}

/** Whether each refresh yields a new refresh token. */
export const isRotating = (settings: ClientSettings): boolean => settings.RefreshTokenRotation?.Feature === 'ENABLED';

/** The `ALLOW_` prefix tells the newer values from the older ones. */
export const isLegacy = (value: string): boolean => !value.startsWith('ALLOW_');

function isOpen(gate: Gate, { ExplicitAuthFlows }: ClientSettings): boolean {
  const values = ExplicitAuthFlows?.length ? ExplicitAuthFlows : whenUnset;
  return values.some(isLegacy) ? gate.legacy(values) : values.includes(gate.allow);
}
