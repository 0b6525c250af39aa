/** The innermost of some folders that holds a URI; undefined when none does. */
export function rootOfUri(uri: string, roots: Iterable<string>): string | undefined {
  let best: string | undefined;
  for (const root of roots) {
    const isBelow = uri === root || uri.startsWith(`${root.replace(/\/$/, '')}/`);
    if (isBelow && (best === undefined || root.length > best.length)) best = root;
  }
  return best;
}
