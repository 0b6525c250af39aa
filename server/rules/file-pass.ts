import { isIgnoredFile } from './ignored-file';
import { directoryOf, type FilePath } from '../model/file-path';
import { type Finding } from '../model/finding';
import { type Steps } from '../model/steps';
import { assumedFlux } from '../workspace/flux-target';
import { governingConfig, type GoverningConfig } from '../workspace/governing-config';
import { concernsSecrets } from '../workspace/secret-files';
import { type Snapshot } from '../workspace/snapshot';
import { type YamlFile } from '../yaml/file';
import { type FileRule, type Report } from './rule';
import { toFinding } from './to-finding';
import { answers } from './watched-cluster';

/** A file as it was judged; judged again when it changes, or an answer it got. */
interface JudgedFile {
  readonly findings: readonly Finding[];
  readonly asked: ReadonlySet<string>;
}

/** Runs the rules of scope `file`, again only on files whose text or surroundings changed. */
export class FilePass {
  readonly #judged = new Map<FilePath, JudgedFile>();
  readonly #askers = new Map<string, Set<FilePath>>();
  #listing: object | undefined;

  constructor(
    private readonly rules: readonly FileRule[],
    private readonly run: (rule: FileRule, check: () => void) => void,
  ) {}

  /** Findings of one text, which need not be the one of the snapshot. Nothing is kept of them. */
  judge(file: YamlFile, snapshot: Snapshot): readonly Finding[] {
    return snapshot.guardsSecrets && concernsSecrets(file.path, file.text) ? this.#check(file, snapshot).findings : [];
  }

  /**
   * Findings of all files, file by file. A pass that is dropped loses nothing: its changes are among those of the next.
   * @param changed files that came, went or changed since the last pass that came to its end
   */
  *findings(snapshot: Snapshot, changed: ReadonlySet<FilePath> | 'everything'): Steps<readonly (readonly Finding[])[]> {
    for (const path of changed === 'everything' ? this.#everything(snapshot) : this.#concerned(snapshot, changed)) {
      this.#drop(path);
      const isJudged =
        snapshot.guardsSecrets && snapshot.isSecretFile(path) && !isIgnoredFile(path, snapshot.configuration);
      const file = isJudged ? snapshot.yaml(path) : undefined;
      if (file !== undefined) this.#keep(path, this.#check(file, snapshot));
      yield;
    }
    this.#listing = snapshot.listing;
    return [...this.#judged.values()].map(({ findings }) => findings);
  }

  #everything(snapshot: Snapshot): Iterable<FilePath> {
    this.#judged.clear();
    this.#askers.clear();
    return snapshot.guardsSecrets ? snapshot.secretFiles() : [];
  }

  #concerned(snapshot: Snapshot, changed: ReadonlySet<FilePath>): ReadonlySet<FilePath> {
    const concerned = new Set(changed);
    const add = (key: string): void => {
      for (const file of this.#askers.get(key) ?? []) concerned.add(file);
    };
    for (const path of changed) add(answers.path(path));
    if (snapshot.listing !== this.#listing) add(answers.listing);
    return concerned;
  }

  #drop(path: FilePath): void {
    for (const key of this.#judged.get(path)?.asked ?? []) {
      const askers = this.#askers.get(key);
      askers?.delete(path);
      if (askers?.size === 0) this.#askers.delete(key);
    }
    this.#judged.delete(path);
  }

  #keep(path: FilePath, judged: JudgedFile): void {
    this.#judged.set(path, judged);
    for (const key of judged.asked) {
      const askers = this.#askers.get(key);
      if (askers === undefined) this.#askers.set(key, new Set([path]));
      else askers.add(path);
    }
  }

  #check(file: YamlFile, snapshot: Snapshot): JudgedFile {
    const asked = new Set<string>();
    const findings: Finding[] = [];
    const surroundings = new Surroundings(file, snapshot, asked);
    const read = (path: FilePath): YamlFile | undefined => (path === file.path ? file : snapshot.yaml(path));
    for (const rule of this.rules) {
      const report = (document: number, given: Report): void => {
        const finding = toFinding(
          rule,
          given,
          { document: { file: file.path, document } },
          {
            configuration: snapshot.configuration,
            read,
            targets: [assumedFlux],
            clusters: undefined,
            resource: undefined,
          },
        );
        if (finding !== undefined) findings.push(finding);
      };
      this.run(rule, () => rule.check(surroundings.contextWith(report)));
    }
    return { findings, asked };
  }
}

/** What a file is asked about, noted; the same for every rule. */
class Surroundings {
  #sops: { readonly found: GoverningConfig | undefined } | undefined;

  constructor(
    private readonly file: YamlFile,
    private readonly snapshot: Snapshot,
    private readonly asked: Set<string>,
  ) {}

  contextWith(report: (document: number, report: Report) => void) {
    const sops = (): GoverningConfig | undefined => this.#governing();
    const { asked, snapshot, file } = this;
    return {
      file,
      get sops() {
        return sops();
      },
      exists: (path: FilePath) => this.#exists(path),
      yaml: (path: FilePath) => this.#yaml(path),
      filePaths: () => {
        asked.add(answers.listing);
        return snapshot.filePaths();
      },
      isTracked: () => {
        for (let folder = directoryOf(file.path); ; folder = directoryOf(folder)) {
          asked.add(answers.path(folder === '' ? '.gitignore' : `${folder}/.gitignore`));
          if (folder === '') return snapshot.isTracked(file.path);
        }
      },
      report,
    };
  }

  #exists(path: FilePath): boolean {
    this.asked.add(answers.path(path));
    return path === this.file.path || this.snapshot.isFile(path);
  }

  #yaml(path: FilePath): YamlFile | undefined {
    this.asked.add(answers.path(path));
    return path === this.file.path ? this.file : this.snapshot.yaml(path);
  }

  #governing(): GoverningConfig | undefined {
    this.#sops ??= {
      found: governingConfig(
        this.file.path,
        (path) => this.#exists(path),
        (path) => this.#yaml(path),
      ),
    };
    return this.#sops.found;
  }
}
