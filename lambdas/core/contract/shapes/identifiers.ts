/** What pools, clients, devices, providers and other things are called by. */
import { wholeMatch } from '../pattern.ts';
import { s } from '../shape.ts';

export const poolId = s.identifier('PoolId', { min: 1, max: 55, pattern: String.raw`[\w-]+_[0-9a-zA-Z]+` });
export const clientId = s.secret(s.identifier('ClientId', { min: 1, max: 128, pattern: String.raw`[\w+]+` }));
export const clientSecret = s.secret(s.string({ min: 24, max: 64, pattern: String.raw`[\w+]+` }));
export const providerName = s.string({ min: 1, max: 32, pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\p{Z}]+` });
export const deviceKey = s.string({ min: 1, max: 55, pattern: String.raw`[\w-]+_[0-9a-f-]+` });
export const arn = s.string({
  min: 20,
  max: 2048,
  pattern: String.raw`arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?`,
});
export const regionName = s.string({ min: 5, max: 32 });
const domainPattern = String.raw`^[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?$`;
/** The published pattern knows no dots, although whole host names are domains as well. */
export const domain = s.string({
  min: 1,
  max: 63,
  pattern: domainPattern,
  accepts: (name) => name.split('.').every((label) => wholeMatch(domainPattern).test(label)),
});
