/** How SOPS reads a file. */
export type StoreFormat = 'yaml' | 'json' | 'dotenv' | 'ini' | 'binary';

const endings: readonly (readonly [string, StoreFormat])[] = [
  ['.yaml', 'yaml'],
  ['.yml', 'yaml'],
  ['.json', 'json'],
  ['.env', 'dotenv'],
  ['.ini', 'ini'],
];

/** The format SOPS takes a file for by its name (getsops/sops cmd/sops/formats): binary for all it does not know. */
export function storeFormatOf(path: string): StoreFormat {
  return endings.find(([ending]) => path.endsWith(ending))?.[1] ?? 'binary';
}
