/** Asks signed operations for a signature, and settles region and account of the call. */
import type { Call } from '../contract/operation.ts';
import { deploymentOf } from '../rules/deployment.ts';
import { findSignedRegion, requireSignedRegion } from './authorization.ts';
import type { Step, With } from './exchange.ts';
import { requireOwnPage } from './own-pages.ts';

type Needs = 'ports' | 'request' | 'form' | 'operation';

export const authenticate: Step<Needs> = {
  async before({ internal: exchange }) {
    const { ports, request, operation } = exchange;
    // People and clients are known by their token or id: SDKs sign whenever they have keys, and nobody looks at it.
    if (operation.caller.kind !== 'iam') {
      exchange.call = describeCall(exchange, findSignedRegion(request));
    } else if (ports.signatures === 'open') {
      requireOwnPage(request, ports.settings);
      exchange.call = describeCall(exchange, requireSignedRegion(request, exchange.form));
    } else {
      const isChange = operation.caller.access === 'Write' || operation.caller.access === 'Tagging';
      const identity = await ports.signatures.verify(request, { isChange });
      exchange.identity = identity;
      exchange.call = { ...describeCall(exchange, identity.region), account: identity.account };
    }
  },
};

function describeCall({ ports: { settings }, request }: With<Needs>, region: string | undefined): Call {
  const own = deploymentOf(settings);
  return { ...own, requestId: request.requestId, sourceIp: request.sourceIp, region: region ?? own.region };
}
