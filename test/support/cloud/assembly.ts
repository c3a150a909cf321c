/** Reads what the CDK app has synthesised: its stacks in the order of their deployment, and the folders of their assets. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Values = Readonly<Record<string, unknown>>;

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Values;
  readonly Condition?: string;
}

export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<
    Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: unknown } }>
  >;
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Values>>>>;
}

export interface Stack {
  readonly name: string;
  /** Absent: wherever it is deployed. */
  readonly region: string | undefined;
  readonly template: Template;
}

export interface Assembly {
  /** In the order of deployment. */
  readonly stacks: readonly Stack[];
  /** The folder of a function's code, by the key under which it is uploaded. */
  readonly assetFolders: ReadonlyMap<string, string>;
}

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly dependencies?: readonly string[];
  readonly properties?: { readonly templateFile?: string; readonly stackName?: string; readonly file?: string };
}

interface AssetList {
  readonly files: Readonly<
    Record<
      string,
      { readonly source: { readonly path: string }; readonly destinations: Readonly<Record<string, Uploaded>> }
    >
  >;
}

interface Uploaded {
  readonly objectKey: string;
}

export async function readAssembly(folder: string): Promise<Assembly> {
  const manifest = await readJson<{ readonly artifacts: Readonly<Record<string, Artifact>> }>(folder, 'manifest.json');
  const artifacts = new Map(Object.entries(manifest.artifacts));
  const ids = inOrder(artifacts).filter((id) => artifacts.get(id)?.type === 'aws:cloudformation:stack');
  if (ids.length === 0) throw new Error(`There is no stack in ${folder}`);
  const lists = [...artifacts.values()].filter(({ type }) => type === 'cdk:asset-manifest');
  return {
    stacks: await Promise.all(ids.map((id) => readStack(folder, id, artifacts.get(id)))),
    assetFolders: new Map((await Promise.all(lists.map((list) => readAssets(folder, list)))).flat()),
  };
}

function inOrder(artifacts: ReadonlyMap<string, Artifact>): readonly string[] {
  const ordered = new Set<string>();
  const visit = (id: string): void => {
    for (const other of artifacts.get(id)?.dependencies ?? []) visit(other);
    ordered.add(id);
  };
  for (const id of artifacts.keys()) visit(id);
  return [...ordered];
}

async function readStack(folder: string, id: string, artifact: Artifact | undefined): Promise<Stack> {
  const { templateFile, stackName = id } = artifact?.properties ?? {};
  if (templateFile === undefined) throw new Error(`The stack ${id} has no template`);
  const region = artifact?.environment?.split('/').at(-1);
  return {
    name: stackName,
    region: region === 'unknown-region' ? undefined : region,
    template: await readJson<Template>(folder, templateFile),
  };
}

async function readAssets(folder: string, { properties }: Artifact): Promise<readonly (readonly [string, string])[]> {
  const { files } = await readJson<AssetList>(folder, properties?.file ?? '');
  return Object.values(files).flatMap(({ source, destinations }) =>
    Object.values(destinations).map(({ objectKey }) => [objectKey, join(folder, source.path)] as const),
  );
}

/** The casts that callers ask for rest on what the CDK writes. */
const readJson = async <T>(folder: string, file: string): Promise<T> =>
  JSON.parse(await readFile(join(folder, file), 'utf8')) as T;
