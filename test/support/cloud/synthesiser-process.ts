/**
 * A process that synthesises the CDK app: takes the context of a deployment, answers the folder of its assembly. It loads
 * the CDK when it is first asked, and bundles each function once. It ends with its standard input.
 */
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import cdkJson from '../../../cdk.json' with { type: 'json' };
import packageJson from '../../../package.json' with { type: 'json' };

/** As `bin/cdk.ts` does it, in a folder that whoever asked removes. */
async function synthesise(request: IncomingMessage): Promise<string> {
  // The caller sends a context.
  const asked = (await json(request)) as Readonly<Record<string, string>>;
  const [{ App }, { makeDeployment }, { readSettings }] = await Promise.all([
    import('aws-cdk-lib'),
    import('../../../lib/deployment.ts'),
    import('../../../lib/settings.ts'),
  ]);
  const folder = await mkdtemp(join(tmpdir(), 'millpond-cdk-'));
  const app = new App({ context: { ...cdkJson.context, ...asked }, outdir: folder });
  makeDeployment(app, readSettings(app.node.getAllContext()), packageJson.version);
  app.synth();
  return folder;
}

const [, , port] = process.argv;
const server = createServer((request, response) => {
  void synthesise(request).then(
    (folder) => response.end(folder),
    (error) => response.writeHead(500).end(error instanceof Error ? error.stack : String(error)),
  );
});
server.listen(Number(port), '127.0.0.1');
await once(server, 'listening');
// A server that listens has an address with a port.
process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
process.stdin.resume().once('end', () => process.exit());
