import { type ChainLink, decryptionChains } from '../features/secrets/decryption-chain';
import { type FileRange } from '../features/place';
import { type DecryptionPath, type DecryptionStep } from '../protocol/decryption';
import { type SourcePlace } from '../protocol/place';
import { type Snapshot } from '../workspace/snapshot';
import { type YamlFile } from '../yaml/file';

/** The chains of a file as the protocol has them. */
export function describeDecryption(
  snapshot: Snapshot,
  file: YamlFile,
  placeOf: (place: FileRange) => SourcePlace,
): readonly DecryptionPath[] {
  return decryptionChains(snapshot, file).map(({ cluster, kustomization, links }) => ({
    ...(cluster !== undefined && { cluster }),
    ...(kustomization !== undefined && { kustomization }),
    steps: links.map((link) => describeLink(link, placeOf)),
  }));
}

function describeLink(
  { link, state, message, place, fix, action }: ChainLink,
  placeOf: (place: FileRange) => SourcePlace,
): DecryptionStep {
  return {
    link,
    state,
    message,
    ...(place !== undefined && { place: placeOf(place) }),
    ...(fix !== undefined && {
      fix: {
        title: fix.title,
        edits: fix.edits.map((edit) => ({ ...placeOf(edit), newText: edit.newText })),
      },
    }),
    ...(action !== undefined && { action }),
  };
}
