/** Small languages that a scalar may be written in; each has one file in `server/scalars`. */
export type ScalarLanguage =
  | 'duration'
  | 'quantity'
  | 'semver-range'
  | 'regexp'
  | 'cel'
  | 'envsubst'
  | 'cron'
  | 'image'
  | 'template'
  | 'base64'
  | 'path'
  | 'url'
  | 'timestamp';

/** What we add to the structure of a field, in our own words. */
export interface FieldNotes {
  /** One or two sentences of Markdown. */
  readonly description?: string;
  readonly scalar?: ScalarLanguage;
  /** Role of the reference that this field belongs to; the kind table says what it points at. */
  readonly reference?: string;
  readonly example?: JsonData;
  /** Why it should not be used and what to use. */
  readonly deprecated?: string;
}

export type JsonData = null | boolean | number | string | readonly JsonData[] | { readonly [key: string]: JsonData };

/**
 * A structural schema (Kubernetes `JSONSchemaProps`) with our notes. Keywords mean what the API server
 * makes of them: objects are closed unless `preserveUnknownFields` or `additionalProperties` opens them.
 */
export interface Schema extends FieldNotes {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly nullable?: boolean;
  readonly intOrString?: boolean;
  readonly preserveUnknownFields?: boolean;
  readonly embeddedResource?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly enum?: readonly JsonData[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly multipleOf?: number;
  readonly uniqueItems?: boolean;
  readonly listType?: 'atomic' | 'set' | 'map';
  readonly listMapKeys?: readonly string[];
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly not?: Schema;
  readonly default?: JsonData;
  /** Named schema of the same bundle that stands here (generated Kubernetes kinds only). */
  readonly ref?: string;
}
