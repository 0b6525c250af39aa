import { type Path } from '../../../model/json';
import { type GeneratorOptions, type TextMap } from '../kustomization';

/** A label or annotation and where it stands. */
export interface PlacedText {
  readonly text: string;
  readonly path: Path;
}

export interface PlacedOptions {
  readonly labels: ReadonlyMap<string, PlacedText>;
  readonly annotations: ReadonlyMap<string, PlacedText>;
  readonly disableNameSuffixHash: boolean;
  /** Where it is switched on; undefined where it is not. */
  readonly immutable: Path | undefined;
}

const sharedPath: Path = ['generatorOptions'];

/**
 * The options of one generator with `generatorOptions` merged below them: of equal keys the generator's own wins, a
 * switch is on when either is on (api/types/generatoroptions.go, MergeGlobalOptionsIntoLocal).
 * @param path where the generator's own options stand
 */
export function mergedOptions(
  own: GeneratorOptions | undefined,
  path: Path,
  shared: GeneratorOptions | undefined,
): PlacedOptions {
  const merged = (field: 'labels' | 'annotations'): Map<string, PlacedText> => {
    const texts = new Map<string, PlacedText>();
    const add = (pairs: TextMap | undefined, base: Path): void => {
      for (const [key, text] of pairs ?? []) texts.set(key, { text, path: [...base, field, key] });
    };
    add(shared?.[field], sharedPath);
    add(own?.[field], path);
    return texts;
  };
  const immutable = own?.immutable === true ? path : shared?.immutable === true ? sharedPath : undefined;
  return {
    labels: merged('labels'),
    annotations: merged('annotations'),
    disableNameSuffixHash: own?.disableNameSuffixHash === true || shared?.disableNameSuffixHash === true,
    immutable: immutable && [...immutable, 'immutable'],
  };
}
