/** A certificate for this machine, for one test. */
import { type Issued, issue } from '../../lambdas/adapters/local/certificate-authority.ts';

const day = 86_400_000;

/** Good from yesterday to tomorrow, by the real clock: TLS looks at no other. */
export const tlsPair = (): Promise<Issued> =>
  issue(['localhost', '127.0.0.1'], { from: Date.now() - day, to: Date.now() + day });
