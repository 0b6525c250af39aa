import { directoryOf, type FilePath, isWithin } from '../model/file-path';
import { isArray, isObject, itemsAt, type JsonObject, objectAt, type Path, stringAt, valueAt } from '../model/json';
import { compilePattern, type Pattern } from '../scalars/pattern';
import { type YamlDocument } from '../yaml/document';
import { valueOf } from '../yaml/scalar';
import { type ConfigRecipient, flatFields, flatRecipients, groupRecipients } from './config-recipient';
import { type MetadataFault } from './metadata-fault';
import { requiredLiteral } from './required-literal';
import { readSelection, type Selection, type SelectionField, selectionFields } from './selection';

/** The name under which SOPS looks for its configuration; `.sops.yml` is not taken. */
export const sopsConfigFile = '.sops.yaml';

/** One entry of `creation_rules` (getsops/sops config/config.go). */
export interface CreationRule {
  readonly index: number;
  /** `creation_rules` and the index. */
  readonly path: Path;
  /** As written; empty: every file. */
  readonly pathRegex: string;
  /** undefined where the regular expression cannot be compiled: then it is not known what it matches. */
  readonly pattern: Pattern | undefined;
  /** Which values the rule encrypts; of several that are written, the first. */
  readonly selection: Selection;
  /** Every selection that is written. SOPS refuses a rule with more than one. */
  readonly selections: readonly SelectionField[];
  /** One group, unless `key_groups` is written. */
  readonly keyGroups: readonly (readonly ConfigRecipient[])[];
  readonly hasKeyGroups: boolean;
  /** Fields with keys that `key_groups` hides. */
  readonly hiddenFields: readonly string[];
  /** 0 where it is not written. */
  readonly shamirThreshold: number;
  readonly isMacOnlyEncrypted: boolean;
}

/** What `.sops.yaml` says about new files. */
export interface SopsConfig {
  /** False: `creation_rules` is not there, and SOPS goes on as without the file. */
  readonly hasRules: boolean;
  readonly rules: readonly CreationRule[];
  /** Columns of indentation for YAML files; undefined: the default of SOPS. */
  readonly yamlIndent: number | undefined;
}

const configs = new WeakMap<YamlDocument, SopsConfig>();

/** Reads the first document of `.sops.yaml`. What has another form than SOPS wants reads as not written. */
export function readSopsConfig(document: YamlDocument | undefined): SopsConfig {
  if (document === undefined) return { hasRules: false, rules: [], yamlIndent: undefined };
  let config = configs.get(document);
  if (config === undefined) configs.set(document, (config = read(document)));
  return config;
}

function read(document: YamlDocument): SopsConfig {
  const root = valueOf(document, document.root);
  const rules = isObject(root) ? root.get('creation_rules') : undefined;
  const indent = valueAt(root, ['stores', 'yaml', 'indent']);
  return {
    hasRules: isArray(rules),
    rules: isArray(rules)
      ? rules.map((rule, index) => readRule(document, isObject(rule) ? rule : new Map(), index))
      : [],
    yamlIndent: typeof indent === 'number' && indent > 0 ? indent : undefined,
  };
}

function readRule(document: YamlDocument, rule: JsonObject, index: number): CreationRule {
  const path: Path = ['creation_rules', index];
  const text = (field: string): string => stringAt(rule, field) ?? '';
  const groups = itemsAt(rule, 'key_groups');
  const faults: MetadataFault[] = [];
  const pathRegex = text('path_regex');
  const threshold = rule.get('shamir_threshold');
  return {
    index,
    path,
    pathRegex,
    pattern: patternOf(pathRegex),
    selection: readSelection(text, faults),
    selections: selectionFields.filter((field) => text(field) !== ''),
    keyGroups:
      groups.length === 0
        ? [flatRecipients(document, rule, path)]
        : groups.map((group, at) =>
            groupRecipients(document, objectAt(group) ?? new Map(), [...path, 'key_groups', at]),
          ),
    hasKeyGroups: groups.length > 0,
    hiddenFields: groups.length === 0 ? [] : Object.keys(flatFields).filter((field) => rule.has(field)),
    shamirThreshold: typeof threshold === 'number' ? threshold : 0,
    isMacOnlyEncrypted: rule.get('mac_only_encrypted') === true,
  };
}

/** Rules are asked about every file of a repository: most are told by a piece of text that none of their matches lacks. */
function patternOf(pathRegex: string): Pattern | undefined {
  if (pathRegex === '') return { test: () => true };
  const literal = requiredLiteral(pathRegex);
  const pattern = compilePattern(pathRegex);
  return pattern && { test: (path) => path.includes(literal) && pattern.test(path) };
}

/** Which rule counts for a file. */
export type RuleMatch =
  | { readonly kind: 'rule'; readonly rule: CreationRule }
  /** Rules there are, and none fits: SOPS refuses to encrypt the file. */
  | { readonly kind: 'none' }
  /** The file is not below the folder of the configuration, or there are no rules. */
  | { readonly kind: 'ungoverned' }
  /** An earlier rule cannot be read here, so that nothing is known; where Go cannot read it either, SOPS fails. */
  | { readonly kind: 'unreadable'; readonly rule: CreationRule };

/**
 * The first rule whose `path_regex` is found in the path from the folder of the configuration (config.go,
 * parseCreationRuleForFile).
 */
export function matchCreationRule(config: SopsConfig, configFile: FilePath, file: FilePath): RuleMatch {
  const path = pathFromConfig(configFile, file);
  if (!config.hasRules || path === undefined) return { kind: 'ungoverned' };
  for (const rule of config.rules) {
    if (rule.pattern === undefined) return { kind: 'unreadable', rule };
    if (rule.pattern.test(path)) return { kind: 'rule', rule };
  }
  return { kind: 'none' };
}

/** What `path_regex` is compared with; undefined for a file that does not lie below the configuration's folder. */
export function pathFromConfig(configFile: FilePath, file: FilePath): string | undefined {
  const folder = directoryOf(configFile);
  if (!isWithin(file, folder)) return undefined;
  return folder === '' ? file : file.slice(folder.length + 1);
}

/**
 * The configuration that SOPS takes for a file: the nearest `.sops.yaml` in its folder or above, whether or not it has
 * rules (LookupConfigFile); undefined where there is none.
 */
export function findSopsConfig(file: FilePath, exists: (path: FilePath) => boolean): FilePath | undefined {
  for (let folder = directoryOf(file); ; folder = directoryOf(folder)) {
    const candidate = folder === '' ? sopsConfigFile : `${folder}/${sopsConfigFile}`;
    if (exists(candidate)) return candidate;
    if (folder === '') return undefined;
  }
}
