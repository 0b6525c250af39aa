import { type LocationLink } from 'vscode-languageserver-types';
import { type FilePath } from '../model/file-path';
import { type Range } from '../model/text';
import { type YamlFile } from '../yaml/file';
import { type FeatureContext } from './context';
import { type FileRange, namePlaces, placeAt } from './place';
import { fileToOpen, namedPath, referenceTargets } from './targets';

const fileStart: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Where the object or file is written that the value at an offset refers to; empty when it refers to nothing. */
export function define(context: FeatureContext, file: YamlFile, offset: number): LocationLink[] {
  const { snapshot } = context;
  const place = placeAt(file, offset);
  if (place.part === 'gap' || !place.isTouched || place.kind === undefined) return [];
  const { node, kind, ref, path } = place;
  const origin = place.range === undefined ? {} : { originSelectionRange: place.range };
  const links = new Map<string, LocationLink>();
  const add = ({ file: target, range }: FileRange): void => {
    const link: LocationLink = {
      ...origin,
      targetUri: context.uriOf(target),
      targetRange: range,
      targetSelectionRange: range,
    };
    links.set(JSON.stringify([target, range.start]), link);
  };
  if (place.part === 'value' && node?.kind === 'scalar') {
    const named = namedPath(context, ref, kind, path, node.text);
    const open: FilePath | undefined = named && fileToOpen(context, named);
    if (open !== undefined) add({ file: open, range: fileStart });
  }
  if (snapshot !== undefined) {
    for (const target of referenceTargets(context, ref, path))
      for (const object of target.objects) for (const written of namePlaces(snapshot, object).slice(0, 1)) add(written);
  }
  return [...links.values()];
}
