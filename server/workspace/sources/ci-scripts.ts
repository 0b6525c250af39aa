import { baseName, type FilePath } from '../../model/file-path';
import { isArray, isObject, type JsonValue, stringAt, valueAt } from '../../model/json';
import { valueOf } from '../../yaml/scalar';
import { type Repository } from '../repository';

/** Commands of a CI file or task runner that run in one shell. */
export interface Script {
  readonly text: string;
  /** Everything that runs before it or beside it on the same files. */
  readonly around: string;
  /** Folder it runs in as written; undefined when it is the root of the repository. */
  readonly directory: string | undefined;
  /** Its files are not, or not only, those of this repository. */
  readonly isElsewhere: boolean;
}

/** What a file of commands says: its scripts, and the variables that it sets. */
export interface ScriptFile {
  readonly scripts: readonly Script[];
  /** undefined for a name that is set to more than one text. */
  readonly variables: ReadonlyMap<string, string | undefined>;
}

const workflows = /^\.(?:github|forgejo|gitea)\/workflows\/[^/]+\.ya?ml$/;
const yamlNames = /^(?:\.gitlab-ci\.ya?ml|[Tt]askfile(?:\.dist)?\.ya?ml)$/;
const textNames = /^(?:GNUmakefile|[Mm]akefile|\.?[Jj]ustfile)$/;

/** True for a file in which a repository says how it is built and pushed. */
export function isScriptFile(path: FilePath): boolean {
  return workflows.test(path) || yamlNames.test(path) || textNames.test(path);
}

/** Reads a file of commands; nothing is run, and what is not understood is left out. */
export function readScripts(repository: Repository, path: FilePath): ScriptFile {
  const variables = new Map<string, string | undefined>();
  const set = (name: string, text: string): void =>
    void variables.set(name, variables.has(name) && variables.get(name) !== text ? undefined : text);
  if (textNames.test(baseName(path))) {
    const text = repository.text(path) ?? '';
    for (const [, name, value] of text.matchAll(
      /^(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*(?:[:?]{0,2}=)[ \t]*(.*?)[ \t]*$/gm,
    ))
      if (name !== undefined && value !== undefined) set(name, value.replace(/^(['"])(.*)\1$/, '$2'));
    return { scripts: recipesOf(text), variables };
  }
  const scripts: Script[] = [];
  for (const { document } of repository.yaml(path)?.documents ?? []) {
    const root = document.root === undefined ? undefined : valueOf(document, document.root);
    if (root === undefined) continue;
    collectVariables(root, set);
    scripts.push(...scriptsIn(root, [root], sharesFiles(root)));
  }
  return { scripts, variables };
}

/** Indented lines that follow each other: what one target runs. */
function recipesOf(text: string): Script[] {
  const blocks = text.split(/^(?=[^\s#])/m);
  return blocks.map((block) => ({ text: block, around: block, directory: undefined, isElsewhere: false }));
}

const variableMaps = ['env', 'variables', 'vars'];

function collectVariables(value: JsonValue, set: (name: string, text: string) => void): void {
  if (isArray(value)) for (const item of value) collectVariables(item, set);
  if (!isObject(value)) return;
  for (const [key, child] of value) {
    if (variableMaps.includes(key) && isObject(child)) {
      for (const [name, text] of child) {
        const written = typeof text === 'string' ? text : stringAt(text, 'value');
        if (written !== undefined) set(name, written);
      }
    }
    collectVariables(child, set);
  }
}

/** True where jobs run in a folder of their own, or hand each other files that are not in the repository. */
function sharesFiles(value: JsonValue): boolean {
  if (isArray(value)) return value.some(sharesFiles);
  if (!isObject(value)) return false;
  const isMoved = stringAt(value, 'defaults', 'run', 'working-directory') !== undefined;
  return isMoved || valueAt(value, ['artifacts', 'paths']) !== undefined || [...value.values()].some(sharesFiles);
}

/** Scripts below a value; `above`: the values it stands in, outermost first, itself last. */
function scriptsIn(value: JsonValue, above: readonly JsonValue[], isElsewhere: boolean): Script[] {
  if (isObject(value)) return [...value.values()].flatMap((child) => scriptsIn(child, [...above, child], isElsewhere));
  if (isArray(value)) {
    const lines = value.filter((item) => typeof item === 'string');
    const scripts = value.flatMap((item) => (isObject(item) ? scriptsIn(item, [...above, item], isElsewhere) : []));
    // Lines of a list share a shell.
    return lines.length === 0 ? scripts : [...scripts, scriptOf(lines.join('\n'), above, isElsewhere)];
  }
  return typeof value === 'string' ? [scriptOf(value, above, isElsewhere)] : [];
}

function scriptOf(text: string, above: readonly JsonValue[], isElsewhere: boolean): Script {
  const step = above.findLast(isObject);
  const list = above.findLast(isArray) ?? step;
  return {
    text,
    around: stringsIn(list).join('\n'),
    directory: stringAt(step, 'working-directory') ?? stringAt(step, 'dir'),
    isElsewhere: isElsewhere || (isArray(list) && list.some(bringsOtherFiles)),
  };
}

/** A step that checks out another repository, or this one into a folder, or fetches what another job made. */
function bringsOtherFiles(step: JsonValue): boolean {
  const uses = stringAt(step, 'uses') ?? '';
  const isMoved = ['repository', 'path'].some((field) => stringAt(step, 'with', field) !== undefined);
  return uses.includes('download-artifact') || (uses.includes('checkout') && isMoved);
}

function stringsIn(value: JsonValue | undefined): string[] {
  if (typeof value === 'string') return [value];
  if (isArray(value)) return value.flatMap(stringsIn);
  return isObject(value) ? [...value.values()].flatMap(stringsIn) : [];
}
