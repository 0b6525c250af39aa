// @ts-check

// Keywords of JSONSchemaProps that our Schema carries under another name.
const renamed = new Map([
  ['x-kubernetes-int-or-string', 'intOrString'],
  ['x-kubernetes-preserve-unknown-fields', 'preserveUnknownFields'],
  ['x-kubernetes-embedded-resource', 'embeddedResource'],
  ['x-kubernetes-list-type', 'listType'],
  ['x-kubernetes-list-map-keys', 'listMapKeys'],
]);
const same = new Set(
  'type nullable enum pattern format minLength maxLength minItems maxItems minProperties maxProperties minimum maximum exclusiveMinimum exclusiveMaximum multipleOf uniqueItems default'.split(
    ' ',
  ),
);
// The tree itself, texts, merge hints that decide nothing about one document, and CEL rules (they are rules of ours).
const elsewhere = new Set(
  'description properties required items additionalProperties x-kubernetes-map-type x-kubernetes-validations'.split(
    ' ',
  ),
);

/**
 * The facts of one field, in the vocabulary of schemas/schema.ts. Throws on a keyword nobody has thought about, so that
 * a new release cannot lose one silently.
 * @param {Record<string, any>} schema
 * @returns {Record<string, unknown>}
 */
export function factsOf(schema) {
  /** @type {Record<string, unknown>} */
  const facts = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (elsewhere.has(keyword)) continue;
    const name = same.has(keyword) ? keyword : renamed.get(keyword);
    if (name === undefined) throw new Error(`unknown keyword ${keyword}`);
    facts[name] = value;
  }
  return facts;
}
