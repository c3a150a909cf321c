/** What domains do not do yet, in sentences for users. */

export const domainGaps = [
  'There are no pages and no OAuth endpoints behind a domain yet.',
  'Certificates are kept and shown: neither is looked up, and TLS ends before the service. `Routing` is kept and shown, without effect.',
  'A name that leads nowhere is not refused: DNS is not asked.',
  'A pool may move to the LITE tier while a domain of it has managed login version 2.',
] as const;
