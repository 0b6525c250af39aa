import { type Path } from '../../../model/json';
import { type TransformContext, type Transformer } from '../context';
import { type EngineFault, isFault } from '../fault';
import { setEntry } from '../fieldspec/edit';
import { mergeFieldSpecs } from '../fieldspec/field-spec';
import { type Kustomization, type LabelConfig, type TextMap } from '../kustomization';
import { type EngineResource } from '../resource';
import { type FieldSpec } from '../transformer-config';
import { causeAt, editFields } from './edit-resource';

/** Entries for the maps that field specs name: labels, or annotations. */
export interface EntriesConfig {
  readonly entries: TextMap;
  readonly fieldSpecs: readonly FieldSpec[];
  readonly field: string;
  /** To the map of entries. */
  readonly path: Path;
}

/** Sets labels or annotations (api/filters/labels, annotations): one entry after the other in order of their names. */
export const setEntries: Transformer<EntriesConfig> = (resources, config, context) => {
  const entries = [...config.entries].sort(([a], [b]) => (a < b ? -1 : 1));
  let edited = resources;
  for (const [key, text] of entries) {
    const site = { field: config.field, path: [...config.path, key] };
    const cause = causeAt(site, context);
    const made = context.made(`${config.field} ${site.path.join('/')}`);
    const next: EngineResource[] = [];
    for (const resource of edited) {
      const edit = { makes: 'map', set: setEntry(key, text, cause) } as const;
      const result = made.get(resource) ?? editFields(resource, config.fieldSpecs, edit, site, context, cause);
      if (isFault(result)) return result;
      made.set(resource, result);
      next.push(result);
    }
    edited = next;
  }
  return edited;
};

const ownLabels: FieldSpec = { group: '', version: '', kind: '', path: 'metadata/labels', create: true };

/** The fields an entry of `labels` goes to: its own, then what it includes of the tables in force. */
function fieldsOf(label: LabelConfig, path: Path, context: TransformContext): readonly FieldSpec[] | EngineFault {
  const { labels, commonLabels, templateLabels } = context.config;
  const included = label.includeSelectors
    ? [commonLabels]
    : label.includeTemplates
      ? [templateLabels, [ownLabels]]
      : [[ownLabels]];
  let specs = label.fields;
  for (const added of [labels, ...included]) {
    const merged = mergeFieldSpecs(specs, added);
    if (merged.conflict !== undefined) {
      const message = `The field ${merged.conflict.path} is named both with create and without it. Flux cannot build this.`;
      return context.fault('field-specs-conflict', message, path);
    }
    ({ specs } = merged);
  }
  return specs;
}

/** `labels`, entry by entry, then `commonLabels` (kusttarget_configplugin.go, LabelTransformer). */
export function transformLabels(
  resources: readonly EngineResource[],
  { labels, commonLabels }: Pick<Kustomization, 'labels' | 'commonLabels'>,
  context: TransformContext,
): readonly EngineResource[] | EngineFault {
  let edited = resources;
  for (const [index, label] of labels.entries()) {
    const path = ['labels', index];
    const fieldSpecs = fieldsOf(label, path, context);
    if (isFault(fieldSpecs)) return fieldSpecs;
    const entries = { entries: label.pairs, fieldSpecs, field: 'labels', path: [...path, 'pairs'] };
    const result = setEntries(edited, entries, context);
    if (isFault(result)) return result;
    edited = result;
  }
  const fieldSpecs = context.config.commonLabels;
  return setEntries(
    edited,
    { entries: commonLabels, fieldSpecs, field: 'commonLabels', path: ['commonLabels'] },
    context,
  );
}

/** `commonAnnotations`. */
export function transformAnnotations(
  resources: readonly EngineResource[],
  { commonAnnotations }: Pick<Kustomization, 'commonAnnotations'>,
  context: TransformContext,
): readonly EngineResource[] | EngineFault {
  const [field, fieldSpecs] = ['commonAnnotations', context.config.commonAnnotations];
  return setEntries(resources, { entries: commonAnnotations, fieldSpecs, field, path: [field] }, context);
}
