/** The CDK app: `npx cdk deploy` runs it by cdk.json. */
import { App } from 'aws-cdk-lib';
import { makeDeployment } from '../lib/deployment.ts';
import { readSettings } from '../lib/settings.ts';
import { SettingsRefused } from '../lib/settings-reader.ts';
import packageJson from '../package.json' with { type: 'json' };

const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = process.env;

try {
  const app = new App();
  makeDeployment(app, readSettings(app.node.getAllContext(), { account, region }), packageJson.version);
} catch (error) {
  if (!(error instanceof SettingsRefused)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
