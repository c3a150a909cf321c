/** Synthesises a deployment inside the test's own process, without code of functions, and reads its templates. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { type CloudFormationStackArtifact, DISABLE_ASSET_STAGING_CONTEXT } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks } from 'cdk-nag';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { makeDeployment } from '../../lib/deployment.ts';
import { readSettings, type Settings } from '../../lib/settings.ts';
import { sharedSynthesis } from './shared-syntheses.ts';

export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is read by tests that know what they look for
  readonly Properties: any;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface SynthesisedStack {
  readonly name: string;
  readonly region: string;
  readonly dependsOn: readonly string[];
  readonly isProtected: boolean;
  readonly resources: Readonly<Record<string, Resource>>;
  readonly outputs: Readonly<Record<string, { readonly Value: unknown }>>;
  readonly text: string;
}

export interface Synthesised {
  readonly stacks: ReadonlyMap<string, SynthesisedStack>;
  /** What cdk-nag found and nobody has acknowledged. */
  readonly findings: readonly string[];
}

type Context = Readonly<Record<string, string>>;

export const profiles = ['sandbox', 'staging', 'production'] as const;

/** What each routing cannot do without. */
export const routings = {
  edge: { routing: 'edge', region: 'eu-west-1' },
  direct: { routing: 'direct' },
  rules: {
    routing: 'rules',
    region: 'eu-west-1',
    domainName: 'pools.example.com',
    certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
  },
} as const satisfies Record<string, Context>;

/** Nothing is bundled, and the sources that stand in for the bundles stay where they are: copies took most of the time. */
const withoutCode = { 'aws:cdk:bundling-stacks': [], [DISABLE_ASSET_STAGING_CONTEXT]: true };

const known = new Map<string, Synthesised>();

/** The same deployment is synthesised once in a run, also where one context leaves out what the other says as it is by default. */
export function synthesised(context: Context): Synthesised {
  const settings = readSettings(context);
  const key = JSON.stringify(settings);
  const found = known.get(key) ?? asSynthesised(sharedSynthesis(key, () => synthesise(settings)));
  known.set(key, found);
  return found;
}

interface Synthesis extends Pick<Synthesised, 'findings'> {
  readonly stacks: readonly (readonly [name: string, stack: SynthesisedStack])[];
}

const asSynthesised = ({ stacks, findings }: Synthesis): Synthesised => ({ stacks: new Map(stacks), findings });

function synthesise(settings: Settings): Synthesis {
  const app = new App({ context: { ...cdkJson.context, ...withoutCode } });
  makeDeployment(app, settings, '0.0.0');
  try {
    const findings = findingsOf(app);
    return { stacks: app.synth().stacks.map((artifact) => [shortName(artifact), readStack(artifact)]), findings };
  } finally {
    rmSync(app.outdir, { recursive: true });
  }
}

/** Synthesises the app; what cdk-nag finds ends the synthesis, and stands in its report. */
export function findingsOf(app: App): readonly string[] {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  try {
    app.synth();
    return [];
  } catch (error) {
    const report: Report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
    const found = report.pluginReports.flatMap(({ violations }) => violations.map(({ ruleName }) => ruleName));
    if (found.length === 0) throw error;
    return found;
  }
}

interface Report {
  readonly pluginReports: readonly { readonly violations: readonly { readonly ruleName: string }[] }[];
}

const shortName = ({ id }: CloudFormationStackArtifact): string => id.slice(id.indexOf('-') + 1);

function readStack(artifact: CloudFormationStackArtifact): SynthesisedStack {
  const text = readFileSync(artifact.templateFullPath, 'utf8');
  const { Resources: resources, Outputs: outputs = {} } = JSON.parse(text);
  return {
    name: artifact.stackName,
    region: artifact.environment.region,
    dependsOn: artifact.dependencies.map(({ id }) => id),
    isProtected: artifact.terminationProtection ?? false,
    resources,
    outputs,
    text,
  };
}

export function stackOf({ stacks }: Synthesised, name: string): SynthesisedStack {
  const stack = stacks.get(name);
  if (!stack) throw new Error(`There is no stack ${name}, but ${[...stacks.keys()].join(', ')}`);
  return stack;
}

export const resourcesOf = (stack: SynthesisedStack, type: string): readonly Resource[] =>
  Object.values(stack.resources).filter((resource) => resource.Type === type);
