import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type FluxRelease, fluxReleases } from '../../../schemas/release';

/** The keywords of a resource definition that the tests read; `openAPIV3Schema` is walked as it is. */
export interface CrdSchema {
  readonly [keyword: string]: unknown;
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, CrdSchema>>;
  readonly required?: readonly string[];
  readonly items?: CrdSchema;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly additionalProperties?: CrdSchema;
}

/** One version of one kind as a Flux release installs it. */
export interface StoredVersion {
  /** Every release for the Flux Operator, whose one stored version is bound to none. */
  readonly releases: readonly FluxRelease[];
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly shortNames: readonly string[];
  readonly scope: string;
  readonly version: string;
  readonly served: boolean;
  readonly deprecated: boolean;
  readonly schema: CrdSchema;
}

interface Definition {
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: { readonly kind: string; readonly plural: string; readonly shortNames?: readonly string[] };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly deprecated?: boolean;
      readonly schema: { readonly openAPIV3Schema: CrdSchema };
    }[];
  };
}

const folder = join('..', 'shared', 'crds');

/** Text of the skip line when the definitions are not there; undefined when they are. */
export const missingCrds = existsSync(folder) ? undefined : `skipped: no resource definitions in ${folder}`;
if (missingCrds !== undefined) console.log(missingCrds);

/** Every version of every kind in every stored release. */
export function readStoredVersions(): StoredVersion[] {
  return [
    ...fluxReleases.flatMap((release) => readFolder(join(folder, 'flux', release), [release])),
    ...readFolder(join(folder, 'flux-operator'), fluxReleases),
  ];
}

function readFolder(path: string, releases: readonly FluxRelease[]): StoredVersion[] {
  return readdirSync(path)
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => {
      const { spec } = parse(readFileSync(join(path, name), 'utf8')) as Definition;
      return spec.versions.map((version) => ({
        releases,
        group: spec.group,
        kind: spec.names.kind,
        plural: spec.names.plural,
        shortNames: spec.names.shortNames ?? [],
        scope: spec.scope,
        version: version.name,
        served: version.served,
        deprecated: version.deprecated === true,
        schema: version.schema.openAPIV3Schema,
      }));
    });
}

/** The part that the tables hold: `spec` in full, `status` as one open object, identity left to validation. */
export function ownPart({ properties, ...root }: CrdSchema): CrdSchema {
  const { spec, status } = properties ?? {};
  const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  return { ...root, properties: { ...(spec && { spec }), ...(status && { status: open }) } };
}
