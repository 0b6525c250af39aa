// @ts-check
// Which Kubernetes documents stand in the file sets of each cluster's Flux Kustomizations, found by a plain walk that
// shares no code with the product: node test/conformance/coverage.mjs [REPOSITORIES [CLUSTERS_TSV]] prints one line per
// document: repository, cluster, file, line from 0 of the first key, apiVersion, kind, name.
//
// The walk follows spec.path and spec.components, in kustomization files resources, bases and components, generates
// where there is no kustomization file, and knows the copies of ArtifactGenerators. It reads nothing else of a
// kustomization file, so patches, values, generator inputs and remote bases never appear. It does not transform:
// a child Kustomization whose source or path a patch rewrites is followed as it is written.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { isMap, parseAllDocuments } from 'yaml';

/** @typedef {Map<string, string>} Tree  path inside an artifact → path in the repository */
/** @typedef {{ repository: string, cluster: string, source: string, sourceRoot: string }} Entry */
/** @typedef {{ file: string, line: number, apiVersion: string, kind: string, name: string }} Row */

const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
// fluxcd/pkg sourceignore: dropped as soon as a .sourceignore has any pattern.
const defaultExcludes =
  '.git/\n.github/\n.circleci/\n.travis.yml\n.gitlab-ci.yml\nappveyor.yml\n.drone.yml\n.goreleaser.yml\n.sops.yaml\n.flux.yaml';

/** @param {string} text  gitignore patterns; @returns {(path: string) => boolean} true when the path is left out */
function ignoreMatcher(text) {
  const patterns = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const negated = line.startsWith('!');
      const body = line.replace(/^!/, '').replace(/\/$/, '');
      const anchored = body.slice(0, -1).includes('/');
      const source = body
        .replace(/^\//, '')
        .split('**')
        .map((part) =>
          part
            .replace(/[.+^${}()|[\]\\]/g, '\\$&')
            .replace(/\*/g, '[^/]*')
            .replace(/\?/g, '[^/]'),
        )
        .join('.*')
        .replaceAll('/.*/', '/(?:.*/)?');
      return { negated, isMatch: new RegExp(`^${anchored ? '' : '(?:.*/)?'}${source}(?:/.*)?$`) };
    });
  return (path) => {
    let ignored = false;
    for (const { negated, isMatch } of patterns) if (isMatch.test(path)) ignored = !negated;
    return ignored;
  };
}

/** @param {string} root @returns {string[]} */
function filesBelow(root) {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.relative(root, posix.join(entry.parentPath, entry.name)))
    .filter((path) => !path.startsWith('.git/'))
    .sort();
}

class Walk {
  /** @param {string} root @param {Entry} entry */
  constructor(root, entry) {
    this.root = root;
    this.entry = entry;
    /** @type {Map<string, Row>} */
    this.rows = new Map();
    /** @type {Map<string, { row: Row, value: any }[]>} */
    this.parsed = new Map();
    /** @type {Map<string, Tree>} */
    this.artifacts = new Map();
    /** Kustomization files that were followed, as paths of the repository. @type {Set<string>} */
    this.kustomizationFiles = new Set();
    /** What each Flux Kustomization applies, by `file:line`. @type {Map<string, Row[]>} */
    this.applied = new Map();
    /** @type {Tree} */
    this.tree = new Map();
    const files = filesBelow(root);
    const inside = files.filter((file) => entry.sourceRoot === '' || file.startsWith(`${entry.sourceRoot}/`));
    const ignoreFile = posix.join(entry.sourceRoot, '.sourceignore');
    const isIgnored = ignoreMatcher(files.includes(ignoreFile) ? this.read(ignoreFile) : defaultExcludes);
    for (const file of inside) {
      const path = entry.sourceRoot === '' ? file : file.slice(entry.sourceRoot.length + 1);
      if (!isIgnored(path)) this.tree.set(path, file);
    }
  }

  /** @param {string} file */
  read(file) {
    return readFileSync(join(this.root, file), 'utf8');
  }

  /** @param {string} file @returns {{ row: Row, value: any }[]} */
  documents(file) {
    let found = this.parsed.get(file);
    if (found !== undefined) return found;
    found = [];
    const text = this.read(file);
    const parsed = parseAllDocuments(text, { logLevel: 'silent', strict: false, uniqueKeys: false });
    for (const document of Array.isArray(parsed) ? parsed : []) {
      if (!isMap(document.contents)) continue;
      const value = document.toJS({ maxAliasCount: -1 });
      if (typeof value.apiVersion !== 'string' || typeof value.kind !== 'string') continue;
      const line = text.slice(0, document.contents.range?.[0] ?? 0).split('\n').length - 1;
      const { apiVersion, kind } = value;
      found.push({ row: { file, line, apiVersion, kind, name: String(value.metadata?.name ?? '') }, value });
    }
    this.parsed.set(file, found);
    return found;
  }

  /** Documents that one Flux Kustomization applies. @param {Tree} tree @param {string} path @param {string[]} components */
  fileSet(tree, path, components) {
    /** @type {{ row: Row, value: any }[]} */
    const found = [];
    const visited = new Set();
    const here = posix.join('.', path).replace(/\/$/, '').replace(/^\.$/, '');
    this.visit(tree, here, found, visited);
    for (const component of components) this.visit(tree, posix.join(here, component), found, visited);
    return found;
  }

  /** @param {Tree} tree @param {string} directory @param {{ row: Row, value: any }[]} found @param {Set<string>} visited */
  visit(tree, directory, found, visited) {
    const at = (/** @type {string} */ name) => posix.join(directory, name).replace(/^\.\//, '');
    const name = kustomizationNames.find((candidate) => tree.has(at(candidate)));
    if (name === undefined) {
      this.generate(tree, directory, found, visited);
      return;
    }
    if (visited.has(directory)) return;
    visited.add(directory);
    this.kustomizationFiles.add(tree.get(at(name)) ?? '');
    const kustomization =
      parseAllDocuments(this.read(tree.get(at(name)) ?? ''), { logLevel: 'silent' })[0]?.toJS() ?? {};
    for (const key of ['resources', 'bases', 'components']) {
      for (const item of kustomization[key] ?? []) {
        if (typeof item !== 'string' || /^[a-z+]+:\/\//.test(item) || /^(github\.com|git@)/.test(item)) continue;
        const target = at(item);
        const file = tree.get(target);
        if (file !== undefined) {
          if (!visited.has(target)) found.push(...this.documents(file));
          visited.add(target);
        } else if (kustomizationNames.some((candidate) => tree.has(posix.join(target, candidate)))) {
          this.visit(tree, target, found, visited);
        }
      }
    }
  }

  /** @param {Tree} tree @param {string} directory @param {{ row: Row, value: any }[]} found @param {Set<string>} visited */
  generate(tree, directory, found, visited) {
    const prefix = directory === '' ? '' : `${directory}/`;
    const below = [...tree.keys()].filter((path) => path.startsWith(prefix)).sort();
    const nested = below
      .filter((path) => kustomizationNames.includes(posix.basename(path)))
      .map((path) => posix.dirname(path))
      .filter((path, _, all) => !all.some((other) => path !== other && path.startsWith(`${other}/`)));
    for (const path of new Set(nested)) this.visit(tree, path, found, visited);
    for (const path of below) {
      if (!/\.ya?ml$/.test(path) || nested.some((other) => path.startsWith(`${other}/`))) continue;
      found.push(...this.documents(tree.get(path) ?? ''));
    }
  }

  /** @param {any} generator  an ArtifactGenerator */
  addArtifacts(generator) {
    const namespace = generator.metadata?.namespace ?? '';
    const own = new Set();
    for (const { alias, kind, name, namespace: from = namespace } of generator.spec?.sources ?? []) {
      if (`${kind}/${from}/${name}` === this.entry.source) own.add(alias);
    }
    for (const artifact of generator.spec?.artifacts ?? []) {
      /** @type {Tree} */
      const tree = new Map();
      for (const { from, to } of artifact.copy ?? []) {
        const [, alias, pattern] = /^@([^/]+)\/(.*)$/.exec(from) ?? [];
        if (!own.has(alias) || pattern === undefined) continue;
        const base = pattern.replace(/(^|\/)[^/]*[*?[].*$/, '$1').replace(/\/$/, '');
        const isGlob = /[*?[]/.test(pattern);
        const target = to.replace(/^@artifact\/?/, '');
        for (const [path, file] of this.tree) {
          if (!isGlob && path === base)
            tree.set(target.endsWith('/') || target === '' ? target + posix.basename(path) : target, file);
          else if (base === '' || path.startsWith(`${base}/`)) {
            tree.set(posix.join(target, base === '' ? path : path.slice(base.length + 1)), file);
          }
        }
      }
      this.artifacts.set(artifact.name, tree);
    }
  }

  /** @param {any} spec @returns {Tree | undefined} */
  sourceOf(spec, /** @type {string} */ namespace) {
    const { kind, name, namespace: from = namespace } = spec?.sourceRef ?? {};
    if (kind === 'ExternalArtifact') return this.artifacts.get(name);
    // Namespaces of children are often set by a transformer, which this walk does not know.
    const [rootKind, rootNamespace, rootName] = this.entry.source.split('/');
    const isRoot =
      kind === rootKind && name === rootName && (from === rootNamespace || spec.sourceRef.namespace === undefined);
    return isRoot ? this.tree : undefined;
  }

  run() {
    const root = posix.relative(this.entry.sourceRoot, this.entry.cluster);
    /** @type {{ id: string, spec: any, namespace: string }[]} */
    let waiting = [];
    const seen = new Set();
    /** @param {{ row: Row, value: any }[]} found */
    const take = (found) => {
      for (const { row, value } of found) {
        this.rows.set(`${row.file}:${row.line}`, row);
        if (row.apiVersion.startsWith('source.extensions.fluxcd.io/')) this.addArtifacts(value);
        if (!row.apiVersion.startsWith('kustomize.toolkit.fluxcd.io/')) continue;
        const id = `${row.file}:${row.line}`;
        if (seen.has(id)) continue;
        seen.add(id);
        waiting.push({ id, spec: value.spec ?? {}, namespace: value.metadata?.namespace ?? '' });
      }
    };
    take(this.fileSet(this.tree, root, []));
    // An artifact may be declared after the Kustomization that reads it: repeat until nothing new is resolved.
    for (let progress = true; progress;) {
      progress = false;
      const now = waiting;
      waiting = [];
      for (const child of now) {
        const tree = this.sourceOf(child.spec, child.namespace);
        if (tree === undefined) {
          waiting.push(child);
          continue;
        }
        progress = true;
        const found = this.fileSet(tree, child.spec.path ?? '', child.spec.components ?? []);
        this.applied.set(
          child.id,
          found.map(({ row }) => row),
        );
        take(found);
      }
    }
    return {
      rows: [...this.rows.values()],
      kustomizations: seen,
      unresolved: waiting.map(({ id }) => id),
      kustomizationFiles: this.kustomizationFiles,
      applied: this.applied,
    };
  }
}

/** @param {string} text  content of clusters.tsv @returns {(Entry & { evidence: string, kustomizations: number })[]} */
export function readClusters(text) {
  return text
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [repository = '', cluster = '', evidence = '', kustomizations = '', source = '', sourceRoot = ''] =
        line.split('\t');
      return {
        repository,
        cluster,
        evidence,
        kustomizations: Number(kustomizations),
        source,
        sourceRoot: sourceRoot.replace(/^\.$/, ''),
      };
    });
}

/** @param {string} root  folder of the repository @param {Entry} entry */
export function coverage(root, entry) {
  return new Walk(root.replaceAll('\\', '/'), entry).run();
}

if (process.argv[1]?.endsWith('coverage.mjs') === true) {
  const [, , repositories = '../shared/repos', list = 'test/conformance/clusters.tsv'] = process.argv;
  for (const entry of readClusters(readFileSync(list, 'utf8'))) {
    const { rows, kustomizations, unresolved } = coverage(join(repositories, entry.repository), entry);
    for (const { file, line, apiVersion, kind, name } of rows) {
      console.log([entry.repository, entry.cluster, file, line, apiVersion, kind, name].join('\t'));
    }
    console.error(
      `${entry.repository} ${entry.cluster}: ${rows.length} documents, ${kustomizations.size} Kustomizations declared, ${unresolved.length} of them read other sources`,
    );
  }
}
