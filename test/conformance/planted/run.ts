import { type FilePath } from '../../../server/model/file-path';
import { type Finding } from '../../../server/model/finding';
import { analyse, type Analysis } from '../../support/analysis';
import { EditableFiles } from '../support/editable-files';
import { builtInKinds } from '../support/shared-trees';
import { type Expected, type Planted, realize } from './edit';
import { type PlantedTree, readPlantedTree } from './tree';

export type Findings = ReadonlyMap<FilePath, readonly Finding[]>;

/** One tree under analysis, edited again and again. */
export class Bench {
  readonly #files: EditableFiles;
  readonly #analysis: Analysis;
  readonly tree: PlantedTree;
  readonly baseline: Findings;
  #edited: FilePath[] = [];
  #version = 0;

  constructor(tree: Omit<PlantedTree, 'namespaceOf'>, flux: string | undefined) {
    this.#files = new EditableFiles(tree.texts);
    this.#analysis = analyse(this.#files, flux === undefined ? {} : { fluxVersion: flux }, builtInKinds);
    const { snapshot, verdict } = this.#analysis.run();
    this.baseline = verdict.findings;
    const namespaces = new Map<string, Set<string>>();
    for (const cluster of snapshot.clusters) {
      for (const { id, resource } of cluster.objects()) {
        if (resource === undefined) continue;
        const key = [resource.file, id.kind, id.name].join('\n');
        namespaces.set(key, (namespaces.get(key) ?? new Set()).add(id.namespace));
      }
    }
    this.tree = {
      ...tree,
      namespaceOf: ({ file, kind, name }) => {
        const [only, ...more] = namespaces.get([file, kind, name].join('\n')) ?? [];
        return only === '' || more.length > 0 ? undefined : only;
      },
    };
  }

  get complaints(): readonly string[] {
    return this.#analysis.complaints;
  }

  /** What is found with the mistake in the tree instead of the one before, and where it should be. */
  plant(planted: Planted): { readonly findings: Findings; readonly expected: readonly Expected[] } {
    const { texts, expected } = realize(planted, (file) => this.tree.texts.get(file) ?? '');
    this.#write(texts);
    return { findings: this.#analysis.run().verdict.findings, expected };
  }

  /** What is found after all mistakes were taken back. */
  revert(): Findings {
    this.#write(new Map());
    return this.#analysis.run().verdict.findings;
  }

  /** Every other mistake is typed into open documents, where that is possible, the others come from the disk. */
  #write(texts: ReadonlyMap<FilePath, string | undefined>): void {
    const { workspace } = this.#analysis;
    for (const { path } of [...workspace.openFiles()]) workspace.clearText(path);
    for (const file of this.#edited) if (!texts.has(file)) this.#files.restore(file);
    this.#version++;
    const isTyped = this.#version % 2 === 0;
    const changed = new Set(this.#edited);
    this.#edited = [];
    for (const [file, text] of texts) {
      if (isTyped && text?.includes('\uFFFD') === false && this.tree.texts.has(file)) {
        if (changed.has(file)) this.#files.restore(file);
        workspace.setText(file, text, this.#version);
        continue;
      }
      this.#files.write(file, text);
      this.#edited.push(file);
      changed.add(file);
    }
    workspace.touch(changed);
  }
}

/** Benches of one tree, by the release they judge by. */
export function openBenches(name: string): (flux: string | undefined) => Bench {
  const tree = readPlantedTree(name);
  const benches = new Map<string, Bench>();
  return (flux) => {
    const key = flux ?? '';
    const bench = benches.get(key) ?? new Bench(tree, flux);
    benches.set(key, bench);
    return bench;
  };
}

/** True when one of the findings has the code and exactly the range. */
export function isFound(findings: Findings, code: string, { file, range }: Expected): boolean {
  return (findings.get(file) ?? []).some(
    (finding) =>
      finding.code === code &&
      finding.range.start.line === range.start.line &&
      finding.range.start.character === range.start.character &&
      finding.range.end.line === range.end.line &&
      finding.range.end.character === range.end.character,
  );
}
