import { type StoreFormat } from '../../../server/sops/store-format';
import { type Outcome, refused } from '../fault';
import { readDotenvStore } from './dotenv-store';
import { readIniStore } from './ini-store';
import { readJsonStore } from './json-store';
import { longestText, type StoreFile, type StoreReader } from './store';
import { readYamlStore } from './yaml-store';

const readers: Readonly<Record<StoreFormat, StoreReader>> = {
  yaml: readYamlStore,
  json: readJsonStore,
  dotenv: readDotenvStore,
  ini: readIniStore,
  // The encrypted form of a binary file is JSON.
  binary: readJsonStore,
};

/** Reads the text of a file in its format; for a binary file, of its encrypted form. */
export function readStoreFile(text: string, format: StoreFormat): Outcome<StoreFile> {
  if (text.length > longestText) {
    return refused({ kind: 'too-large', reason: 'it has more than 5 MiB, which Flux does not take either' });
  }
  return readers[format](text);
}
