import { type JsonObject } from '../../../model/json';
import { type TransformContext } from '../context';
import { type EngineFault } from '../fault';
import { generateObject } from '../generate/make-object';
import { mapNode, textNode } from '../node';
import { type Decoder } from '../read/decode';
import { decodeGenerator } from '../read/decode-parts';
import { type EngineResource } from '../resource';

type Generate = (config: JsonObject, decoder: Decoder, context: TransformContext) => EngineResource | EngineFault;

/** A generator whose name and namespace may also stand in its metadata. */
const keyValues =
  (kind: 'ConfigMap' | 'Secret'): Generate =>
  (config, decoder, context) => {
    // The old `env` is only carried over in kustomization files.
    const own = new Map([...config].filter(([key]) => key.toLowerCase() !== 'env'));
    const decoded = decodeGenerator(decoder, own, [], kind);
    const fields = decoder.fields(config, [], new Set(['metadata']));
    const metadata = decoder.fields(fields?.get('metadata'), ['metadata'], new Set(['name', 'namespace']));
    const fallback = (name: 'name' | 'namespace'): string =>
      decoded[name] === '' ? decoder.text(metadata?.get(name), ['metadata', name]) : decoded[name];
    const named = { ...decoded, name: fallback('name'), namespace: fallback('namespace') };
    return generateObject(named, undefined, { kind, field: `${kind}Generator`, path: [] }, context);
  };

/** A service account with the Google service account it stands for (api/filters/iampolicygenerator). */
const iamPolicy: Generate = (config, decoder, context) => {
  const fields = decoder.fields(config, [], new Set(['cloud', 'kubernetesService', 'serviceAccount']));
  const part = (name: string): ((field: string) => string) => {
    const inner = decoder.fields(fields?.get(name), [name], new Set(['name', 'namespace', 'projectId']));
    return (field) => decoder.text(inner?.get(field), [name, field]);
  };
  const cloud = decoder.text(fields?.get('cloud'), ['cloud']);
  if (cloud !== 'gke') {
    const message = `The cloud of this generator is ${cloud === '' ? 'not given' : cloud}; only gke can be used. Flux cannot build this.`;
    return context.fault('plugin-config', message, ['cloud']);
  }
  const service = part('kubernetesService');
  const account = part('serviceAccount');
  const origin = context.cause('IAMPolicyGenerator', []);
  const identity = `${account('name')}@${account('projectId')}.iam.gserviceaccount.com`;
  const metadata = mapNode(
    [
      ['annotations', mapNode([['iam.gke.io/gcp-service-account', textNode(identity, origin)]], origin)],
      ['name', textNode(service('name'), origin)],
      ...(service('namespace') === '' ? [] : [['namespace', textNode(service('namespace'), origin)] as const]),
    ],
    origin,
  );
  const node = mapNode(
    [
      ['apiVersion', textNode('v1', origin)],
      ['kind', textNode('ServiceAccount', origin)],
      ['metadata', metadata],
    ],
    origin,
  );
  return { node, previousIds: [], prefixes: [], suffixes: [], generated: undefined, referredBy: [] };
};

/** The generators that can be asked for by an object (builtinhelpers/builtins.go, GeneratorFactories), Helm aside. */
export const pluginGenerators: ReadonlyMap<string, Generate> = new Map([
  ['ConfigMapGenerator', keyValues('ConfigMap')],
  ['SecretGenerator', keyValues('Secret')],
  ['IAMPolicyGenerator', iamPolicy],
]);
