/** aws-amplify as one script, as the builds of applications make it for their pages. */
import { build } from 'esbuild';
import { repository } from './fixture-tree.ts';

const entry = `
  export { Amplify } from 'aws-amplify';
  export * from 'aws-amplify/auth';
`;

/** Its exports are members of a global `amplify`. */
export async function amplifyForPages(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: repository },
    bundle: true,
    format: 'iife',
    globalName: 'amplify',
    platform: 'browser',
    logLevel: 'error',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
