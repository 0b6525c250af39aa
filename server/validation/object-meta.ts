import { type Schema } from '../../schemas/schema';

const text: Schema = { type: 'string' };
const texts: Schema = { type: 'object', additionalProperties: text };
const dateTime: Schema = { type: 'string', format: 'date-time' };

/** `metadata` of every object (apimachinery, meta/v1 ObjectMeta); the grammar of its names is in names.ts. */
export const objectMeta: Schema = {
  type: 'object',
  properties: {
    name: {
      ...text,
      description: 'Name of the object, unique among objects of its kind in its namespace. It cannot be changed later.',
    },
    generateName: {
      ...text,
      description:
        'Prefix for a name that the API server makes up. Flux applies objects by name, so `name` is needed anyway.',
    },
    namespace: {
      ...text,
      description:
        'Namespace the object lives in. A `targetNamespace` of the Flux Kustomization or a `namespace` in a kustomization file replaces it.',
    },
    labels: {
      ...texts,
      description: 'Names and values that selectors match. Both are short and of limited grammar.',
    },
    annotations: {
      ...texts,
      description: 'Free text kept with the object, for tools and people. Values are text: quote numbers and booleans.',
    },
    finalizers: {
      type: 'array',
      listType: 'set',
      items: text,
      description: 'What has to be done before the object disappears after its deletion. Usually set by controllers.',
    },
    ownerReferences: {
      type: 'array',
      listType: 'map',
      listMapKeys: ['uid'],
      items: {
        type: 'object',
        properties: {
          apiVersion: text,
          kind: text,
          name: text,
          uid: text,
          controller: { type: 'boolean' },
          blockOwnerDeletion: { type: 'boolean' },
        },
        required: ['apiVersion', 'kind', 'name', 'uid'],
      },
      description: 'Objects this one depends on: when they are gone, it is collected. Set by controllers.',
    },
    creationTimestamp: { ...dateTime, description: 'Set by the API server.' },
    deletionTimestamp: { ...dateTime, description: 'Set by the API server.' },
    deletionGracePeriodSeconds: { type: 'integer', format: 'int64', description: 'Set by the API server.' },
    generation: { type: 'integer', format: 'int64', description: 'Set by the API server.' },
    managedFields: {
      type: 'array',
      items: { type: 'object', preserveUnknownFields: true },
      description: 'Who manages which field. Set by the API server; an object that is applied must not carry it.',
    },
    resourceVersion: { ...text, description: 'Set by the API server.' },
    selfLink: { ...text, description: 'No longer used.' },
    uid: { ...text, description: 'Set by the API server.' },
  },
};
