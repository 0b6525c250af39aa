const longest = 28;

/** A key as people recognize it: the start and the end of what is long. Keys that encrypt are public. */
export function shortKey(name: string): string {
  if (name.startsWith('ssh-')) {
    const [type = '', key = '', ...comment] = name.split(/\s+/);
    return comment.length > 0 ? `${type} ${comment.join(' ')}` : `${type} …${key.slice(-8)}`;
  }
  if (/^[0-9a-fA-F]{17,40}$/.test(name)) return name.slice(-16);
  return name.length <= longest || !/^age1/.test(name) ? name : `${name.slice(0, 12)}…${name.slice(-6)}`;
}
