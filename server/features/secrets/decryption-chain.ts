import { type BuildResult } from '../../build/build';
import { type Fix } from '../../model/finding';
import { listed } from '../../model/listed';
import { describe } from '../../model/resource-id';
import { describeMetadataFault } from '../../sops/metadata-fault';
import { describeDrift } from '../../sops/recipient-drift';
import { type RenderedCluster } from '../../workspace/cluster';
import { type Snapshot } from '../../workspace/snapshot';
import { type YamlFile } from '../../yaml/file';
import { fileRangeOf } from '../../yaml/position';
import { type FileRange, namePlaces, rangeAt } from '../place';
import { keyNames, ruleText } from './encryption-text';
import { configFor, type EncryptionNote, explainEncryption } from './explain-encryption';
import { decryptionLinks } from './key-links';

/** The steps from an encrypted file to what a cluster makes of it, in order. */
export type LinkName = 'file' | 'rule' | 'recipients' | 'kustomization' | 'decryption' | 'key-secret';

/** One step, and whether it holds. What only the cluster or a key can tell is `unknown`. */
export interface ChainLink {
  readonly link: LinkName;
  readonly state: 'ok' | 'broken' | 'unknown';
  /** One or two sentences. */
  readonly message: string;
  readonly place?: FileRange;
  readonly fix?: Fix;
  /** What the client can do where a text edit is not enough. */
  readonly action?: 'encrypt' | 'update-keys';
}

/** How one Flux Kustomization of one cluster comes to decrypt a file. */
export interface DecryptionChain {
  /** Path of the cluster; undefined where none applies the file. */
  readonly cluster: string | undefined;
  /** Key of the Flux Kustomization. */
  readonly kustomization: string | undefined;
  readonly links: readonly ChainLink[];
}

/**
 * Walks a file: is it encrypted and whole, which rule counts and do the keys agree, who applies it, does that decrypt, and
 * with which Secret (names only). One chain for each Flux Kustomization that reads the file; one that ends early where none
 * does. Nothing is decrypted, and nothing of a cluster is known.
 */
export function decryptionChains(snapshot: Snapshot, file: YamlFile): readonly DecryptionChain[] {
  const note = explainEncryption(snapshot, file);
  const first = note === undefined ? [plainLink(snapshot, file)] : fileLinks(note, file);
  const appliers = snapshot.clusters.flatMap((cluster) =>
    [...cluster.builds.values()].filter(({ inputs }) => inputs.has(file.path)).map((build) => ({ cluster, build })),
  );
  if (appliers.length === 0) {
    const message = 'No cluster of this repository applies the file, as far as its files tell.';
    return [chain(undefined, undefined, [...first, { link: 'kustomization', state: 'unknown', message }])];
  }
  return appliers.map(({ cluster, build }) =>
    chain(cluster, build, [
      ...first,
      applierLink(snapshot, cluster, build),
      ...(note === undefined ? [] : decryptionLinks(snapshot, cluster, build, note, file)),
    ]),
  );
}

const chain = (
  cluster: RenderedCluster | undefined,
  build: BuildResult | undefined,
  links: readonly ChainLink[],
): DecryptionChain => ({ cluster: cluster?.cluster.path, kustomization: build?.owner.key, links });

function plainLink(snapshot: Snapshot, file: YamlFile): ChainLink {
  const config = configFor(snapshot, file.path);
  if (config?.match.kind !== 'rule') {
    return {
      link: 'file',
      state: 'unknown',
      message: 'The file is not encrypted, and no creation rule says that it should be.',
    };
  }
  const message = `The file is not encrypted, though ${ruleText(config.match.rule, config)} counts for it.`;
  return { link: 'file', state: 'broken', message, action: 'encrypt' };
}

function fileLinks(note: EncryptionNote, file: YamlFile): ChainLink[] {
  const { stanza, rule, config, drift, keys } = note;
  const [fault] = stanza.reading.faults;
  const placed = file.documents[stanza.document];
  const place = placed && { file: file.path, range: fileRangeOf(placed, stanza.span) };
  const links: ChainLink[] = [
    {
      link: 'file',
      state: fault === undefined ? 'ok' : 'broken',
      message:
        fault === undefined ? 'The file is encrypted, and its sops entry is whole.' : describeMetadataFault(fault),
      ...(place !== undefined && { place }),
    },
  ];
  if (rule === undefined || config === undefined) {
    const message =
      config === undefined
        ? 'No .sops.yaml lies above the file, so nothing says for whom it should be encrypted.'
        : `${config.file.path} has no rule that fits this file, so SOPS would not encrypt it again.`;
    links.push({ link: 'rule', state: 'unknown', message });
    return links;
  }
  const at = rangeAt(config.file, { file: config.file.path, document: 0 }, rule.path);
  links.push({
    link: 'rule',
    state: 'ok',
    message: `The first rule that fits is ${ruleText(rule, config)}.`,
    ...(at !== undefined && { place: at }),
  });
  links.push(
    drift === undefined
      ? {
          link: 'recipients',
          state: 'ok',
          message: `${listed(keyNames(keys), 5)} can decrypt the file, as the rule says.`,
        }
      : {
          link: 'recipients',
          state: 'broken',
          message: `The rule ${describeDrift(drift)}. Update the keys of the file.`,
          action: 'update-keys',
          ...(place !== undefined && { place }),
        },
  );
  return links;
}

function applierLink(snapshot: Snapshot, { cluster }: RenderedCluster, { owner }: BuildResult): ChainLink {
  const [place] = namePlaces(snapshot, owner.object);
  return {
    link: 'kustomization',
    state: 'ok',
    message: `${describe(owner.object.id)} of cluster ${cluster.name} applies the file.`,
    ...(place !== undefined && { place }),
  };
}
