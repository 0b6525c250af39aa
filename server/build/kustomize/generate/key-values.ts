import { type Path } from '../../../model/json';
import { type FileContent, type TransformContext } from '../context';
import { isFault, type EngineFault } from '../fault';
import { type GeneratorConfig } from '../kustomization';
import { type Origin } from '../origin';
import { parseEnvFile } from './env-file';

/** A key and its value before they become entries of `data`. */
export interface KeyValue {
  readonly key: string;
  /** Bytes where the content is not UTF-8. */
  readonly value: string | Uint8Array;
  /** The entry of the generator that gives it. */
  readonly source: Path;
  /** Where the value itself stands, when it comes from a file. */
  readonly place: Origin | undefined;
}

function unquoted(text: string): string {
  const first = text[0];
  return text.length >= 2 && (first === '"' || first === "'") && text.endsWith(first) ? text.slice(1, -1) : text;
}

/** Go's path.Base. */
function base(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  if (trimmed === '') return path === '' ? '.' : '/';
  return trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

/**
 * Key and path of a `files` entry (api/internal/generators/utils.go, ParseFileSource).
 * @returns the code of a fault where the entry is neither `path` nor `key=path`
 */
export function parseFileSource(text: string): { readonly key: string; readonly path: string } | string {
  const first = text.indexOf('=');
  if (first < 0) return { key: base(text), path: text };
  if (text.includes('=', first + 1)) return 'generator-file-equals';
  if (first === 0) return 'generator-file-key';
  if (first === text.length - 1) return 'generator-file-path';
  return { key: text.slice(0, first), path: text.slice(first + 1) };
}

const fileProblems: Readonly<Record<string, (text: string) => string>> = {
  'generator-file-equals': (text) => `The source "${text}" has more than one equals sign. Flux cannot build this.`,
  'generator-file-key': (text) => `The source "${text}" has no key before the equals sign. Flux cannot build this.`,
  'generator-file-path': (text) => `The source "${text}" has no path after the equals sign. Flux cannot build this.`,
};

/** Reads the sources of one generator. */
class Sources {
  readonly pairs: KeyValue[] = [];
  readonly #starts = new Map<string, number>();

  constructor(private readonly context: TransformContext) {}

  #startOf({ file }: FileContent): number {
    const start = this.#starts.get(file) ?? this.context.origins.addDocument(file, 0);
    this.#starts.set(file, start);
    return start;
  }

  addEnvFile(name: string, source: Path): EngineFault | undefined {
    const content = this.context.readFile(name, source, 'data');
    if (isFault(content)) return content;
    if (content.bytes !== undefined) {
      const message = `The env file ${name} is not UTF-8 text. Flux cannot build this.`;
      return this.context.fault('generator-env-utf8', message, source);
    }
    const start = this.#startOf(content);
    for (const { key, value, offset } of parseEnvFile(content.text)) {
      this.pairs.push({ key, value, source, place: start + offset });
    }
    return undefined;
  }

  addLiteral(text: string, source: Path): EngineFault | undefined {
    const equals = text.indexOf('=');
    if (equals <= 0) {
      const message = `The literal "${text}" is not of the form key=value. Flux cannot build this.`;
      return this.context.fault('generator-literal', message, source);
    }
    this.pairs.push({ key: text.slice(0, equals), value: unquoted(text.slice(equals + 1)), source, place: undefined });
    return undefined;
  }

  addFile(text: string, source: Path): EngineFault | undefined {
    const parts = parseFileSource(text);
    if (typeof parts === 'string') return this.context.fault(parts, fileProblems[parts]?.(text) ?? text, source);
    const content = this.context.readFile(parts.path, source, 'entry');
    if (isFault(content)) return content;
    const value = content.bytes ?? content.text;
    this.pairs.push({ key: parts.key, value, source, place: this.#startOf(content) });
    return undefined;
  }
}

/** All pairs of a generator in the order in which kustomize reads them: env files, literals, files (api/kv/kv.go). */
export function readKeyValues(
  config: GeneratorConfig,
  path: Path,
  context: TransformContext,
): readonly KeyValue[] | EngineFault {
  const sources = new Sources(context);
  for (const [index, name] of config.envs.entries()) {
    const fault = sources.addEnvFile(name, [...path, 'envs', index]);
    if (fault !== undefined) return fault;
  }
  for (const [index, text] of config.literals.entries()) {
    const fault = sources.addLiteral(text, [...path, 'literals', index]);
    if (fault !== undefined) return fault;
  }
  for (const [index, text] of config.files.entries()) {
    const fault = sources.addFile(text, [...path, 'files', index]);
    if (fault !== undefined) return fault;
  }
  return sources.pairs;
}
