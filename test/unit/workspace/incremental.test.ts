import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type FilePath } from '../../../server/model/file-path';
import { analyse, type Analysis, summarize } from '../../support/analysis';
import { memoryFiles, type MemoryFiles } from '../../support/memory-files';
import { readTree } from '../../support/tree';

interface Edit {
  readonly kind:
    'drop-line' | 'repeat-line' | 'swap-name' | 'break' | 'restore' | 'delete' | 'copy' | 'append' | 'rename';
  /** Picks the file, the line and the other file. */
  readonly file: number;
  readonly line: number;
  readonly other: number;
  /** As typed in an editor, rather than on disk. */
  readonly isTyped: boolean;
  /** Analysed to the end, dropped half-way, or left for later. */
  readonly then: 'run' | 'drop' | 'wait';
}

const edits = fc.record<Edit>({
  kind: fc.constantFrom(
    'drop-line',
    'repeat-line',
    'swap-name',
    'break',
    'restore',
    'delete',
    'copy',
    'append',
    'rename',
  ),
  file: fc.nat(),
  line: fc.nat(),
  other: fc.nat(),
  isTyped: fc.boolean(),
  then: fc.constantFrom('run', 'run', 'drop', 'wait'),
});

/** Texts as the workspace should see them: the disk with open texts over it. */
class Tree {
  readonly files: MemoryFiles;
  readonly open = new Map<FilePath, string>();
  version = 0;

  constructor(private readonly original: ReadonlyMap<FilePath, string>) {
    this.files = memoryFiles(original);
  }

  paths(): FilePath[] {
    return [...new Set([...this.files.walk(''), ...this.open.keys()])].filter((path) => /\.ya?ml$/.test(path)).sort();
  }

  text(path: FilePath): string {
    return this.open.get(path) ?? this.files.text(path) ?? '';
  }

  write({ workspace }: Analysis, path: FilePath, text: string, isTyped: boolean): void {
    if (isTyped || this.open.has(path)) {
      this.open.set(path, text);
      workspace.setText(path, text, ++this.version);
    } else {
      this.files.set(path, text);
      workspace.touch([path]);
    }
  }

  remove({ workspace }: Analysis, path: FilePath): void {
    this.files.delete(path);
    if (this.open.delete(path)) workspace.clearText(path);
    workspace.touch([path]);
  }

  apply(analysis: Analysis, edit: Edit): void {
    const paths = this.paths();
    const path = paths[edit.file % paths.length];
    const other = paths[edit.other % paths.length];
    if (path === undefined || other === undefined) return;
    const lines = this.text(path).split('\n');
    const at = edit.line % lines.length;
    const change = (changed: string[]): void => this.write(analysis, path, changed.join('\n'), edit.isTyped);
    switch (edit.kind) {
      case 'drop-line':
        return change(lines.toSpliced(at, 1));
      case 'repeat-line':
        return change(lines.toSpliced(at, 0, lines[at] ?? ''));
      case 'swap-name': {
        const names = this.text(other).match(/^\s*(-\s*)?(name|path|namespace|[A-Z]+): .*$/gm) ?? [];
        const name = names[edit.line % Math.max(1, names.length)]?.replace(/^[\s-]*/, '');
        const target = lines.findIndex(
          (line, index) => index >= at && /^\s*(-\s*)?(name|path|namespace|[A-Z]+): /.test(line),
        );
        if (name === undefined || target < 0) return;
        const indent = /^[\s-]*/.exec(lines[target] ?? '')?.[0] ?? '';
        return change(lines.with(target, indent + name));
      }
      case 'break':
        return change(lines.with(at, `${lines[at] ?? ''}: [`));
      case 'restore': {
        const text = this.original.get(path);
        if (text !== undefined) this.write(analysis, path, text, edit.isTyped);
        return;
      }
      case 'delete':
        return this.remove(analysis, path);
      case 'copy':
        return this.write(
          analysis,
          other.replace(/[^/]*$/, `copy-${edit.line % 3}.yaml`),
          this.text(path),
          edit.isTyped,
        );
      case 'append':
        return change([...lines, '---', ...this.text(other).split('\n')]);
      case 'rename': {
        const text = this.text(path);
        this.remove(analysis, path);
        return this.write(analysis, path.replace(/\.yaml$/, `-${edit.line % 2}.yaml`), text, edit.isTyped);
      }
    }
  }

  /** The same texts in a workspace that knows nothing of how they came about. */
  fresh(): Analysis {
    const analysis = analyse(this.files);
    for (const [path, text] of this.open) analysis.workspace.setText(path, text, 1);
    return analysis;
  }
}

/** Starts link and judgement and drops them after some steps, as a newer edit does. */
function drop(analysis: Analysis, linkSteps: number, judgeSteps: number): void {
  const linking = analysis.workspace.link();
  for (let i = 0; i < linkSteps; i++) {
    const step = linking.next();
    if (step.done !== true) continue;
    const judging = analysis.judge.judge(step.value);
    for (let j = 0; j < judgeSteps; j++) judging.next();
    judging.return(undefined as never);
    return;
  }
  linking.return(undefined as never);
}

const edit = { line: 0, other: 0, isTyped: false, then: 'run' } as const;

/** Scripts that once gave something else. */
const past: [Edit[]][] = [
  [
    [
      { ...edit, kind: 'delete', file: 1715108199 },
      // A file that came and went while a link was dropped.
      { ...edit, kind: 'copy', file: 0, line: 2003273885, other: 386891039, then: 'drop' },
      { ...edit, kind: 'delete', file: 1099399003 },
      { ...edit, kind: 'drop-line', file: 100467604 },
    ],
  ],
];

const folders = [
  'examples/homelab',
  ...['composed-sources', 'monorepo-generated', 'operator-oci', 'operator-variables'].map(
    (name) => `test/repos/${name}`,
  ),
];

for (const folder of folders) {
  test(`edits of ${folder} give what a fresh start gives`, () => {
    const original = readTree(folder);
    fc.assert(
      fc.property(fc.array(edits, { minLength: 1, maxLength: 12 }), (script) => {
        const tree = new Tree(original);
        const analysis = analyse(tree.files);
        analysis.run();
        for (const edit of script) {
          tree.apply(analysis, edit);
          if (edit.then === 'run') analysis.run();
          if (edit.then === 'drop') drop(analysis, (edit.line % 24) ** 2, (edit.other % 16) ** 2);
        }
        assert.deepEqual(summarize(analysis.run()), summarize(tree.fresh().run()));
        assert.deepEqual(analysis.complaints, []);
      }),
      {
        examples: past,
        numRuns: Number(process.env['FUZZ_RUNS'] ?? 60),
        seed: Number(process.env['FUZZ_SEED'] ?? 20261124),
      },
    );
  });
}
