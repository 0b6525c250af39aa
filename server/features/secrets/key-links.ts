import { type BuildResult, originOf } from '../../build/build';
import { type Fix } from '../../model/finding';
import { listed } from '../../model/listed';
import { type ResourceId } from '../../model/resource-id';
import { type MasterKeyType } from '../../sops/master-key';
import { type RenderedCluster } from '../../workspace/cluster';
import { decryptionOf, decryptionText } from '../../workspace/decryption';
import { encryptedInputs } from '../../workspace/encrypted-inputs';
import { isKeyName, keysOf } from '../../workspace/key-secret';
import { type Snapshot } from '../../workspace/snapshot';
import { insertKey } from '../../yaml/edit';
import { type YamlFile } from '../../yaml/file';
import { fileRangeOf } from '../../yaml/position';
import { type FileRange, namePlaces, rangeAt } from '../place';
import { type ChainLink } from './decryption-chain';
import { type EncryptionNote } from './explain-encryption';

/** From a Flux Kustomization that applies the file to the key it decrypts with. */
export function decryptionLinks(
  snapshot: Snapshot,
  cluster: RenderedCluster,
  build: BuildResult,
  note: EncryptionNote,
  file: YamlFile,
): ChainLink[] {
  const { object } = build.owner;
  const misplaced = encryptedInputs(build, (path) => snapshot.yaml(path)).find(
    (input) => input.file.path === file.path && input.role.startsWith('config'),
  );
  if (misplaced !== undefined) {
    const place = rangeAt(snapshot.yaml(misplaced.kustomization.file) ?? file, misplaced.kustomization, misplaced.path);
    const message =
      'A configMapGenerator takes the file in, and Flux does not decrypt that. Take it in with a secretGenerator.';
    return [{ link: 'decryption', state: 'broken', message, ...(place !== undefined && { place }) }];
  }
  const decryption = decryptionOf(object);
  if (decryption.kind === 'unknown') {
    return [
      {
        link: 'decryption',
        state: 'unknown',
        message: 'Whether this Kustomization decrypts is not told by the files.',
      },
    ];
  }
  if (decryption.kind === 'none') {
    const fix = addDecryption(snapshot, cluster, build);
    const [place] = namePlaces(snapshot, object);
    return [
      {
        link: 'decryption',
        state: 'broken',
        message: 'This Kustomization has no decryption, so Flux will refuse the file.',
        ...(place !== undefined && { place }),
        ...(fix !== undefined && { fix }),
      },
    ];
  }
  const at = placeOf(snapshot, build, ['spec', 'decryption']);
  const ok: ChainLink = {
    link: 'decryption',
    state: 'ok',
    message: 'This Kustomization decrypts with SOPS.',
    ...(at !== undefined && { place: at }),
  };
  if (decryption.secret !== undefined) return [ok, secretLink(snapshot, cluster, decryption.secret, note, at)];
  const from =
    decryption.serviceAccount === undefined ? 'the controller' : `ServiceAccount ${decryption.serviceAccount}`;
  return [
    ok,
    {
      link: 'key-secret',
      state: 'unknown',
      message: `It names no Secret, so the key must come from ${from}; only the cluster knows.`,
    },
  ];
}

/** Names of values under which Flux finds a key of a type; a cloud's keys may come from an identity instead. */
const keyNames: Readonly<
  Partial<Record<MasterKeyType, { readonly shown: string; readonly fits: (name: string) => boolean }>>
> = {
  age: { shown: '.agekey', fits: (name) => name.endsWith('.agekey') },
  pgp: { shown: '.asc', fits: (name) => name.endsWith('.asc') },
};

function secretLink(
  snapshot: Snapshot,
  cluster: RenderedCluster,
  secret: ResourceId,
  { keys }: EncryptionNote,
  at: FileRange | undefined,
): ChainLink {
  const found = cluster.find(secret);
  const name = `Secret ${secret.name} in namespace ${secret.namespace}`;
  const unknown = (message: string): ChainLink => ({
    link: 'key-secret',
    state: 'unknown',
    message,
    ...(at && { place: at }),
  });
  if (found.kind === 'unknown') return unknown(`${name} may be made by something that the files do not tell.`);
  if (found.kind === 'missing') {
    return unknown(
      `Nothing in this repository makes ${name}, as is usual. It must be in the cluster before Flux runs.`,
    );
  }
  for (const object of found.objects) {
    const { resource } = object;
    const document = resource && snapshot.yaml(resource.file)?.documents[resource.document]?.document;
    const names = document === undefined ? [] : keysOf(document, resource?.at ?? []);
    if (names.length === 0) continue;
    const [place = at] = namePlaces(snapshot, object);
    const wanted = [...new Set(keys.map(({ key }) => key.type))].map((type) => keyNames[type]);
    const isThere = wanted.some((one) => (one === undefined ? names.some(isKeyName) : names.some(one.fits)));
    const shown = wanted.flatMap((one) => (one === undefined ? [] : [one.shown]));
    const hasOnlyNamed = wanted.every((one) => one !== undefined);
    if (isThere) {
      return {
        link: 'key-secret',
        state: 'ok',
        message: `${name} holds ${listed(names.filter(isKeyName))}.`,
        ...(place && { place }),
      };
    }
    if (!hasOnlyNamed)
      return unknown(`${name} holds no key under a name that Flux looks for; the key may come from an identity.`);
    return {
      link: 'key-secret',
      state: 'broken',
      message: `${name} holds ${listed(names)}, but the file needs a key whose name ends in ${listed(shown)}. Rename it.`,
      ...(place && { place }),
    };
  }
  return unknown(`${name} is made here, but which keys it holds is not told by the files.`);
}

function placeOf(snapshot: Snapshot, { owner }: BuildResult, path: readonly string[]): FileRange | undefined {
  for (const origin of originOf(owner.object, path)) {
    const file = snapshot.yaml(origin.file);
    const place = file && rangeAt(file, origin, origin.path, 'key');
    if (place !== undefined) return place;
  }
  return undefined;
}

function addDecryption(snapshot: Snapshot, cluster: RenderedCluster, { owner }: BuildResult): Fix | undefined {
  for (const origin of originOf(owner.object, ['spec'])) {
    const placed = snapshot.yaml(origin.file)?.documents[origin.document];
    const edits =
      placed && insertKey(placed.document, origin.path, 'decryption', decryptionText(owner.object, cluster));
    if (placed === undefined || edits === undefined) continue;
    return {
      title: 'Add decryption',
      edits: edits.map(({ span, newText }) => ({ file: origin.file, range: fileRangeOf(placed, span), newText })),
    };
  }
  return undefined;
}
