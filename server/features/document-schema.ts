import { schemaFor } from '../../schemas/assemble';
import { type FieldTable } from '../../schemas/field-table';
import { fileTables } from '../../schemas/file-tables';
import { findTable } from '../../schemas/kinds';
import { type FluxRelease } from '../../schemas/release';
import { type Schema } from '../../schemas/schema';
import { kustomizationFileNames } from '../build/facts';
import { baseName, type FilePath } from '../model/file-path';
import { splitApiVersion } from '../model/resource-id';
import { configurationFile } from '../workspace/configuration';
import { type FeatureContext, releaseOf } from './context';

/** What a document says it is. */
export interface DocumentKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

const topLevelValue = (key: string): RegExp =>
  new RegExp(`^${key}:[ \\t]*(?:"([^"\\r\\n]*)"|'([^'\\r\\n]*)'|([^#\\s][^#\\r\\n]*?))[ \\t]*(?:#.*)?\\r?$`, 'm');
const kindLine = topLevelValue('kind');
const apiVersionLine = topLevelValue('apiVersion');

const valueIn = (text: string, line: RegExp): string => {
  const match = line.exec(text);
  return match?.[1] ?? match?.[2] ?? match?.[3] ?? '';
};

/** True for the three names kustomize reads a folder by. */
export function isKustomizationFile(file: FilePath): boolean {
  return kustomizationFileNames.some((name) => name === baseName(file));
}

/** Files that are known by their name alone; their fields belong to no API. */
const namedFiles: Readonly<Record<string, { readonly kind: string; readonly table: () => FieldTable }>> = {
  '.sops.yaml': { kind: 'SOPS configuration', table: fileTables.sopsConfig },
  [configurationFile]: { kind: 'Fluxwright configuration', table: fileTables.configuration },
};

const namedFile = (file: FilePath) => {
  const name = baseName(file);
  return Object.hasOwn(namedFiles, name) ? namedFiles[name] : undefined;
};

/**
 * Reads `apiVersion` and `kind` from the text, so that a document that cannot be parsed right now keeps its schema.
 * A kustomization file is what its name says (kustomize api/types/kustomization.go, FixKustomizationPostUnmarshalling).
 */
export function kindOfDocument(file: FilePath, text: string): DocumentKind | undefined {
  const named = namedFile(file);
  if (named !== undefined) return { group: '', version: '', kind: named.kind };
  const kind = valueIn(text, kindLine);
  const apiVersion = valueIn(text, apiVersionLine);
  if (isKustomizationFile(file) && (kind === '' || apiVersion === '')) {
    const isComponent = kind === 'Component';
    return {
      group: 'kustomize.config.k8s.io',
      version: isComponent ? 'v1alpha1' : 'v1beta1',
      kind: isComponent ? 'Component' : 'Kustomization',
    };
  }
  return kind === '' || apiVersion === '' ? undefined : { ...splitApiVersion(apiVersion), kind };
}

/** The schema of a document, with the release it was chosen for. */
export interface DocumentSchema {
  readonly kind: DocumentKind;
  readonly schema: Schema;
  readonly release: FluxRelease;
}

/** undefined when the document names no kind or no source knows it. */
export function schemaOfDocument(
  context: FeatureContext,
  file: FilePath,
  kind: DocumentKind | undefined,
): DocumentSchema | undefined {
  if (kind === undefined) return undefined;
  const release = releaseOf(context.snapshot, file);
  const schema = ownSchema(file, kind, release) ?? foundSchema(context, kind, release);
  return schema === undefined ? undefined : { kind, schema, release };
}

/** Schemas of what is no Kubernetes object. */
function ownSchema(file: FilePath, { group, version, kind }: DocumentKind, release: FluxRelease): Schema | undefined {
  const named = namedFile(file);
  if (named !== undefined) return schemaFor(named.table(), '', release);
  const table = group === 'kustomize.config.k8s.io' ? findTable(group, kind) : undefined;
  return table && schemaFor(table, version, release);
}

function foundSchema(context: FeatureContext, kind: DocumentKind, release: FluxRelease): Schema | undefined {
  const found = context.schemas.find(kind.group, kind.version, kind.kind, release);
  if (found?.source === 'kubernetes') context.describeKinds();
  return found === undefined || found.status === 'unknown-version' ? undefined : found.schema;
}
