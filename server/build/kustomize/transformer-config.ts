/** Where a transformer writes: a path in objects of a kind (api/types/fieldspec.go). Empty parts match anything. */
export interface FieldSpec {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Parts joined by `/`, a literal slash as `\/`, `[]` behind a list that may not be created. */
  readonly path: string;
  /** True: missing maps on the way are made. */
  readonly create: boolean;
}

/** Fields that hold the name of an object of the given kind (api/internal/plugins/builtinconfig/namebackreferences.go). */
export interface NameReference {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly referrers: readonly FieldSpec[];
}

/** The tables that `configurations` and `crds` add to (api/internal/plugins/builtinconfig/transformerconfig.go). */
export interface TransformerConfig {
  readonly namePrefix: readonly FieldSpec[];
  readonly nameSuffix: readonly FieldSpec[];
  readonly namespace: readonly FieldSpec[];
  readonly labels: readonly FieldSpec[];
  readonly templateLabels: readonly FieldSpec[];
  readonly commonLabels: readonly FieldSpec[];
  readonly commonAnnotations: readonly FieldSpec[];
  readonly nameReference: readonly NameReference[];
  readonly varReference: readonly FieldSpec[];
  readonly images: readonly FieldSpec[];
  readonly replicas: readonly FieldSpec[];
}

/** What an accumulator starts with before the defaults are merged in. */
export const emptyTransformerConfig: TransformerConfig = {
  namePrefix: [],
  nameSuffix: [],
  namespace: [],
  labels: [],
  templateLabels: [],
  commonLabels: [],
  commonAnnotations: [],
  nameReference: [],
  varReference: [],
  images: [],
  replicas: [],
};
