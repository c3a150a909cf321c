/** How long the lists of an app client may be: bounds of the deployment, beside those of the API's shapes. */
import type { limitExceeded } from '../core/contract/errors.ts';
import type { ClientSettings } from '../core/model/client.ts';
import type { QuotaName } from '../core/model/quota.ts';
import type { Ports } from '../core/ports/index.ts';
import { quotaOf } from '../core/rules/quotas.ts';

type BoundedList = 'AllowedOAuthScopes' | 'CallbackURLs' | 'LogoutURLs';

const bounds: Readonly<Record<BoundedList, { readonly quota: QuotaName; readonly what: string }>> = {
  AllowedOAuthScopes: { quota: 'scopesPerClient', what: 'scopes of an app client' },
  CallbackURLs: { quota: 'redirectUrisPerClient', what: 'callback URLs of an app client' },
  LogoutURLs: { quota: 'redirectUrisPerClient', what: 'logout URLs of an app client' },
};

/** `refusal` is what the operation declares for one too many. */
export function requireClientQuotas(
  ports: Pick<Ports, 'settings'>,
  settings: ClientSettings,
  refusal: typeof limitExceeded,
): void {
  // The table has every list once, so its keys are the names.
  for (const name of Object.keys(bounds) as BoundedList[]) {
    const { quota, what } = bounds[name];
    const most = quotaOf(ports, quota);
    if ((settings[name]?.length ?? 0) > most) throw refusal(what, most);
  }
}
