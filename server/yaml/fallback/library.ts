import type * as yaml from 'yaml';

type Library = typeof yaml;

let library: Library | undefined;

/** The complete YAML reader, loaded on first need: ordinary documents never pay for it. */
export function loadLibrary(): Library {
  // A bundler keeps a require where it stands; an import would be hoisted and run at start.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  library ??= require('yaml') as Library;
  return library;
}
