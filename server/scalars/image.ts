/** A container image reference, cut at its separators. Nothing is added that is not written. */
export interface ImageReference {
  /** `ghcr.io`, `localhost:5000`; undefined when none is written. */
  readonly registry?: string;
  /** `fluxcd/flux-cli`: everything between registry and tag. */
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:…` */
  readonly digest?: string;
}

const repositoryForm = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const tagForm = /^\w[\w.-]{0,127}$/;
const digestForm = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const registryForm =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9a-fA-F:]+\])(?::\d+)?$/;

/**
 * Splits an image reference by the grammar of distribution/reference. The first part is a registry when it has a dot
 * or a colon, is `localhost`, or has capital letters.
 * @returns undefined when the text is no reference
 */
export function parseImage(text: string): ImageReference | undefined {
  // No registry takes more, and the grammar below is not meant for long text.
  if (text.length > 1024) return undefined;
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.lastIndexOf(':');
  const tagged = colon > named.lastIndexOf('/');
  const tag = tagged ? named.slice(colon + 1) : undefined;
  const name = tagged ? named.slice(0, colon) : named;
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const isRegistry = /[.:A-Z]/.test(first) || first === 'localhost';
  const repository = isRegistry ? name.slice(slash + 1) : name;
  if (!repositoryForm.test(repository) || (isRegistry && !registryForm.test(first))) return undefined;
  if (tag !== undefined && !tagForm.test(tag)) return undefined;
  if (digest !== undefined && !digestForm.test(digest)) return undefined;
  return {
    ...(isRegistry && { registry: first }),
    repository,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  };
}
