/** The order of events between a request and its answer. */
import { arrive } from './arrive.ts';
import { authenticate } from './authenticate.ts';
import { authorize } from './authorize.ts';
import { decode } from './decode.ts';
import { encode } from './encode.ts';
import { invoke } from './invoke.ts';
import { limitRate, limitUnsigned } from './limit-rate.ts';
import { limitSize } from './limit-size.ts';
import { preflight } from './preflight.ts';
import { requireBuilt } from './require-built.ts';
import { requireEdge } from './require-edge.ts';
import { requireRegion } from './require-region.ts';
import { route } from './route.ts';
import { validate } from './validate.ts';

export const steps = [
  arrive,
  requireEdge,
  preflight,
  limitSize,
  route,
  authenticate,
  decode,
  validate,
  requireBuilt,
  limitUnsigned,
  authorize,
  limitRate,
  requireRegion,
  invoke,
  encode,
] as const;
