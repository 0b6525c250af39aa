/** How much of a document is read to recognise it, in UTF-16 code units. */
export const headLength = 8192;

const fileNames = new Set([
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
  '.sops.yaml',
  '.sops.yml',
  '.fluxwright.yaml',
  'gotk-components.yaml',
  'gotk-sync.yaml',
]);

// API groups of Flux (toolkit, source extensions), Flux Operator and kustomize.
const apiVersion =
  /^[ \t]*(?:- )?apiVersion:[ \t]*["']?(?:[a-z.]{1,40}\.fluxcd\.io|fluxcd\.controlplane\.io|kustomize\.config\.k8s\.io)\//m;
// The stanza usually stands at the end of the file, encrypted values show it earlier.
const encrypted = /^sops:[ \t]*\r?$|: ENC\[AES256_GCM,data:/m;

/** True when the file name or the head of the text shows a document that this extension is for. */
export function isGitOpsDocument(fileName: string, head: string): boolean {
  return fileNames.has(fileName) || apiVersion.test(head) || encrypted.test(head);
}

export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** Entries of a folder named relative to the root by `/`-separated path; empty when it cannot be read. */
export type ListFolder = (path: string) => Promise<readonly FolderEntry[]>;

/** Folders below `clusters` that are looked into: enough for real repositories, bounded for any other. */
const clustersLookedInto = 20;

/**
 * True when a workspace folder shows by its names alone that it is a GitOps repository. Reads the folder itself and,
 * where there is one, `clusters` with its first folders; never a file.
 */
export async function isGitOpsFolder(list: ListFolder): Promise<boolean> {
  const entries = await list('');
  if (entries.some(({ name, isFolder }) => (isFolder ? name === 'flux-system' : fileNames.has(name)))) return true;
  if (!entries.some(({ name, isFolder }) => isFolder && name === 'clusters')) return false;
  const clusters = await list('clusters');
  if (clusters.some(isManifest)) return true;
  const folders = clusters.filter(({ isFolder }) => isFolder).slice(0, clustersLookedInto);
  const contents = await Promise.all(folders.map(({ name }) => list(`clusters/${name}`)));
  return contents.some((content) => content.some((entry) => isManifest(entry) || entry.name === 'flux-system'));
}

function isManifest({ name, isFolder }: FolderEntry): boolean {
  return !isFolder && /\.ya?ml$/.test(name);
}
