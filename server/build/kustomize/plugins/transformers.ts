import { itemsAt, isObject, type JsonObject, type Path } from '../../../model/json';
import { type TransformContext } from '../context';
import { isFault, type EngineFault } from '../fault';
import { appendHashes } from '../generate/run-generators';
import { decodeFieldSpec, decodeImage, decodePatch, decodeReplica, decodeSelector } from '../read/decode-parts';
import { type Decoder, type Fields } from '../read/decode';
import { applyReplacements } from '../replacement/apply-replacements';
import { type EngineResource } from '../resource';
import { addAffix } from '../transform/name-affixes';
import { setEntries } from '../transform/labels';
import { setImage } from '../transform/images';
import { setNamespace } from '../transform/namespace';
import { transformPatches } from '../transform/patches';
import { transformPatchesJson6902 } from '../transform/patches-json6902';
import { transformPatchesStrategicMerge } from '../transform/patches-strategic-merge';
import { setReplicas } from '../transform/replicas';
import { type FieldSpec } from '../transformer-config';
import { addValue } from './value-add';

type Resources = readonly EngineResource[];

/** What a configuration object asks for: decoded first, so that its types are judged before anything is changed. */
type Run = (resources: Resources, context: TransformContext) => Resources | EngineFault;

/** Makes the work of a transformer from its configuration object. */
type Configure = (config: JsonObject, decoder: Decoder) => Run;

function fieldsOf(config: JsonObject, decoder: Decoder, ...names: string[]): Fields | undefined {
  return decoder.fields(config, [], new Set(names));
}

const specsOf = (fields: Fields | undefined, decoder: Decoder): readonly FieldSpec[] =>
  decoder.list(fields?.get('fieldSpecs'), ['fieldSpecs'], (one, at) => decodeFieldSpec(decoder, one, at));

const entries =
  (field: 'labels' | 'annotations'): Configure =>
  (config, decoder) => {
    const fields = fieldsOf(config, decoder, field, 'fieldSpecs');
    const texts = decoder.textMap(fields?.get(field), [field]);
    const fieldSpecs = specsOf(fields, decoder);
    return (resources, context) => setEntries(resources, { entries: texts, fieldSpecs, field, path: [field] }, context);
  };

const affix =
  (...sides: readonly ('prefix' | 'suffix')[]): Configure =>
  (config, decoder) => {
    const fields = fieldsOf(config, decoder, 'prefix', 'suffix', 'fieldSpecs');
    const fieldSpecs = specsOf(fields, decoder);
    const hasSpecs = fields?.get('fieldSpecs') !== undefined;
    const texts = sides.map((side) => ({ side, text: decoder.text(fields?.get(side), [side]) }));
    return (resources, context) => {
      if (!hasSpecs) return context.fault('plugin-config', 'fieldSpecs are missing here. Flux cannot build this.', []);
      let all: Resources | EngineFault = resources;
      for (const { side, text } of texts) {
        if (isFault(all)) return all;
        all = addAffix(all, { side, text, fieldSpecs, path: [side] }, context);
      }
      return all;
    };
  };

const subjectModes = ['defaultOnly', 'allServiceAccounts', 'none'] as const;

const namespace: Configure = (config, decoder) => {
  const fields = fieldsOf(config, decoder, 'metadata', 'fieldSpecs', 'unsetOnly', 'setRoleBindingSubjects');
  const metadata = decoder.fields(fields?.get('metadata'), ['metadata'], new Set(['namespace']));
  const path: Path = ['metadata', 'namespace'];
  const text = decoder.text(metadata?.get('namespace'), path);
  const fieldSpecs = specsOf(fields, decoder);
  const unsetOnly = decoder.bool(fields?.get('unsetOnly'), ['unsetOnly']);
  const mode = decoder.text(fields?.get('setRoleBindingSubjects'), ['setRoleBindingSubjects']);
  const subjects = subjectModes.find((one) => one === (mode || 'defaultOnly'));
  return (resources, context) => {
    if (subjects !== undefined)
      return setNamespace(resources, { namespace: text, fieldSpecs, unsetOnly, subjects, path }, context);
    const message = `setRoleBindingSubjects is ${mode}, but must be one of ${subjectModes.join(', ')}. Flux cannot build this.`;
    return context.fault('plugin-config', message, ['setRoleBindingSubjects']);
  };
};

const image: Configure = (config, decoder) => {
  const fields = fieldsOf(config, decoder, 'imageTag', 'fieldSpecs');
  const decoded = decodeImage(decoder, fields?.get('imageTag'), ['imageTag']);
  const fieldSpecs = specsOf(fields, decoder);
  return (resources, context) => setImage(resources, { image: decoded, fieldSpecs, path: ['imageTag'] }, context);
};

const replicas: Configure = (config, decoder) => {
  const fields = fieldsOf(config, decoder, 'replica', 'fieldSpecs');
  const replica = decodeReplica(decoder, fields?.get('replica'), ['replica']);
  const fieldSpecs = specsOf(fields, decoder);
  return (resources, context) => setReplicas(resources, { replica, fieldSpecs, path: ['replica'] }, context);
};

const patch: Configure = (config, decoder) => {
  const decoded = decodePatch(decoder, config, []);
  return (resources, context) => transformPatches(resources, { patches: [decoded] }, context);
};

const patchJson: Configure = (config, decoder) => {
  const fields = fieldsOf(config, decoder, 'target', 'path', 'jsonOp');
  const patchesJson6902 = [
    {
      path: decoder.text(fields?.get('path'), ['path']),
      patch: decoder.text(fields?.get('jsonOp'), ['jsonOp']),
      target: decodeSelector(decoder, fields?.get('target'), ['target']),
      options: undefined,
    },
  ];
  return (resources, context) => transformPatchesJson6902(resources, { patchesJson6902 }, context, ['jsonOp']);
};

const patchMerge: Configure = (config, decoder) => {
  const fields = fieldsOf(config, decoder, 'paths', 'patches');
  const paths = decoder.texts(fields?.get('paths'), ['paths']);
  const inline = decoder.text(fields?.get('patches'), ['patches']);
  const patchesStrategicMerge = inline === '' ? paths : [...paths, inline];
  return (resources, context) => {
    if (patchesStrategicMerge.length > 0) {
      return transformPatchesStrategicMerge(resources, { patchesStrategicMerge }, context, ['paths']);
    }
    return context.fault('plugin-config', 'There is no patch here. Flux cannot build this.', []);
  };
};

const replacements: Configure = (config) => (resources, context) =>
  applyReplacements(resources, itemsAt(config, 'replacements').filter(isObject), context, ['replacements'], false);

const value: Configure = (config, decoder) => (resources, context) => addValue(resources, config, decoder, context);

/** The transformers that can be asked for by an object (builtinhelpers/builtins.go, TransformerFactories). */
export const pluginTransformers: ReadonlyMap<string, Configure> = new Map([
  ['AnnotationsTransformer', entries('annotations')],
  ['HashTransformer', () => appendHashes],
  ['ImageTagTransformer', image],
  ['LabelTransformer', entries('labels')],
  ['NamespaceTransformer', namespace],
  ['PatchJson6902Transformer', patchJson],
  ['PatchStrategicMergeTransformer', patchMerge],
  ['PatchTransformer', patch],
  ['PrefixSuffixTransformer', affix('prefix', 'suffix')],
  ['PrefixTransformer', affix('prefix')],
  ['SuffixTransformer', affix('suffix')],
  ['ReplacementTransformer', replacements],
  ['ReplicaCountTransformer', replicas],
  ['ValueAddTransformer', value],
]);
