/** Why a path cannot be followed; the text says what is there instead. */
export class PathProblem {
  constructor(readonly reason: string) {}
}

function splitEscaped(path: string): string[] {
  const parts = path.split('.');
  if (parts.length > 1 && parts[0] === '') parts.shift();
  const steps: string[] = [];
  for (const part of parts) {
    const last = steps.at(-1);
    if (last?.endsWith('\\') === true) steps[steps.length - 1] = `${last.slice(0, -1)}.${part}`;
    else steps.push(part);
  }
  return steps;
}

/**
 * The steps of a field path (kyaml/utils/pathsplitter.go, SmarterPathSplitter): `\.` is a dot within a step, so are
 * dots in brackets. Brackets stay around list matches (`[name=web]`) and go from around other names.
 */
export function splitFieldPath(path: string): readonly string[] {
  const parts = splitEscaped(path);
  const steps: string[] = [];
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? '';
    if (!part.startsWith('[') || part.endsWith(']')) {
      steps.push(part);
      continue;
    }
    let bracketed = part;
    while (i < parts.length - 1) {
      const next = parts[++i] ?? '';
      bracketed += `.${next}`;
      if (next.endsWith(']')) break;
    }
    steps.push(bracketed.includes('=') ? bracketed : bracketed.replace(/^[[\]]+|[[\]]+$/g, ''));
  }
  return steps;
}

/** The number that Go's strconv.Atoi reads from a step; undefined where it reads none. */
export function indexOfStep(step: string): number | undefined {
  return /^[+-]?\d{1,15}$/.test(step) ? Number(step) : undefined;
}

/** A step in brackets. */
export function isListMatch(step: string): boolean {
  return step.startsWith('[') && step.endsWith(']');
}

/** Field and value of `[field=value]`; undefined without an equals sign. The field is empty for `[=value]`. */
export function splitListMatch(step: string): { readonly field: string; readonly value: string } | undefined {
  const inner = step.replace(/\]$/, '').replace(/^\[/, '');
  const equals = inner.indexOf('=');
  return equals < 0 ? undefined : { field: inner.slice(0, equals), value: inner.slice(equals + 1) };
}
