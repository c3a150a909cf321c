/** The page that a confirmation link opens: it shows a button, and what the button sends confirms the registration. */
import type { Refusal } from '../core/contract/errors.ts';
import type { ApiRequest } from '../core/model/api-request.ts';
import type { Client } from '../core/model/client.ts';
import { describeFault } from '../core/pipeline/describe-fault.ts';
import type { ServicePorts } from '../core/pipeline/exchange.ts';
import { explain } from '../core/pipeline/explain.ts';
import { hastily } from '../core/pipeline/invoke.ts';
import { countAs } from '../core/pipeline/limit-rate.ts';
import { onceMore } from '../core/pipeline/once-more.ts';
import type { FaultDetail } from '../core/ports/logger.ts';
import { requireClient } from '../core/rules/configuration.ts';
import { confirmByLink } from './confirm-by-link.ts';
import { askPage, confirmedPage, failedPage, laterPage, refusedPage, wrongMethodPage } from './confirmation-pages.ts';
import { type ConfirmationRequest, requestInForm, requestInLink } from './confirmation-request.ts';
import type { Page } from './page.ts';

export type ConfirmUserPorts = Pick<
  ServicePorts,
  'clients' | 'pools' | 'users' | 'codes' | 'triggers' | 'sealer' | 'provisionedLimits' | 'rates' | 'settings' | 'clock'
>;

/** A page, and what the log is to say of it. */
export interface Visit {
  readonly page: Page;
  /** `ok`, or the name of the refusal. */
  readonly outcome: string;
  readonly client?: Client | undefined;
  readonly fault?: FaultDetail | undefined;
}

/** Opening the page asks nothing of the table: whoever may look at it learns nothing, however often they do. */
export async function visitConfirmUser(
  ports: ConfirmUserPorts,
  request: ApiRequest,
  startedAt: number,
): Promise<Visit> {
  if (!['GET', 'HEAD', 'POST'].includes(request.method)) return { page: wrongMethodPage, outcome: 'MethodNotAllowed' };
  const isPressed = request.method === 'POST';
  const asked = isPressed ? requestInForm(request) : requestInLink(request);
  if (!asked) return { page: refusedPage, outcome: 'InvalidParameterException' };
  return isPressed ? confirm(ports, asked, startedAt) : { page: askPage(asked), outcome: 'ok' };
}

async function confirm(ports: ConfirmUserPorts, asked: ConfirmationRequest, startedAt: number): Promise<Visit> {
  const hasty = { ...ports, triggers: hastily({ ports, startedAt }) };
  try {
    await countAs('ConfirmSignUp', ports, { ClientId: asked.clientId, Username: asked.name });
    const client = await onceMore(() => confirmOnce(hasty, asked));
    return { page: confirmedPage(client), outcome: 'ok', client };
  } catch (error) {
    const { refusal, status, fault } = explain(error, undefined);
    const detail = fault === undefined ? undefined : describeFault(fault, [asked.name, asked.code]);
    return { page: pageOf(refusal, status, asked), outcome: refusal.name, fault: detail };
  }
}

async function confirmOnce(ports: ConfirmUserPorts, asked: ConfirmationRequest): Promise<Client> {
  const configuration = await requireClient(ports, asked.clientId);
  await confirmByLink(ports, configuration, asked);
  return configuration.client;
}

/** People hear what a function of their pool says, and what they can do about; everything else is one answer. */
function pageOf({ name, message }: Refusal, status: number, asked: ConfirmationRequest): Page {
  if (status >= 500) return laterPage(status, asked);
  if (name === 'TooManyRequestsException') return laterPage(429, asked);
  return ofFunctions.includes(name) ? failedPage(message) : refusedPage;
}

const ofFunctions: readonly Refusal['name'][] = [
  'InvalidLambdaResponseException',
  'UnexpectedLambdaException',
  'UserLambdaValidationException',
];
