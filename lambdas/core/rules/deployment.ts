/** Where a deployment says that it runs, with what stands for the parts that it was not told. */
import type { Settings } from '../ports/settings.ts';

type Told = Pick<Settings, 'account' | 'partition' | 'region'>;
type Deployment = { readonly [Part in keyof Told]-?: string };

export const deploymentOf = ({
  account = '000000000000',
  partition = 'aws',
  region = 'us-east-1',
}: Told): Deployment => ({ account, partition, region });
