import fc from 'fast-check';
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { encryptFile, type EncryptionRule } from '../../../client/secrets/operations/encrypt';
import { type OpenedFile } from '../../../client/secrets/operations/opened-file';
import { openEncrypted } from '../../../client/secrets/operations/open';
import { saveChanges } from '../../../client/secrets/operations/save';
import { type Selection } from '../../../server/sops/selection';
import { Random } from '../kustomize/random';
import { expectedAfter, onlyMeantDiffers, randomChanges } from './changes';
import { type PlainFile, plainFiles } from './plain-files';
import { findTool, inParallel, run } from './real-sops';
import { keyringOf, makeTestKeys, type TestKeys } from './test-keys';
import { comparable, type FileValues, lineOf, valuesOf } from './values';

const sops = findTool('SOPS', 'sops', /sops 3\.1[34]\./);
const count = Number(process.env['FUZZ_RUNS'] ?? 5000);
const seed = Number(process.env['FUZZ_SEED'] ?? 1);
/** Numbers of the files to look at alone. */
const only = (process.env['FUZZ_ONLY'] ?? '')
  .split(',')
  .filter((text) => text !== '')
  .map(Number);
const workers = 4;

const selections: readonly (Selection | undefined)[] = [
  undefined,
  { by: 'unencrypted_suffix', text: '_unencrypted', isWritten: true },
  { by: 'encrypted_suffix', text: '_secret', isWritten: true },
  { by: 'encrypted_regex', text: '^(data|stringData|k[12])$', isWritten: true },
  { by: 'unencrypted_regex', text: '^(metadata|name|url|k3)$', isWritten: true },
  { by: 'encrypted_comment_regex', text: 'sops:enc', isWritten: true },
  { by: 'unencrypted_comment_regex', text: 'plain', isWritten: true },
];

interface RuleCase {
  readonly name: string;
  readonly rule: EncryptionRule;
}

function ruleCases({ names, ssh }: TestKeys): RuleCase[] {
  const [a, b, hybrid] = names;
  assert.ok(a && b && hybrid);
  const keySets = [
    { name: 'one', groups: [[a]], threshold: 0 },
    { name: 'mixed', groups: [[a, ssh]], threshold: 0 },
    { name: 'hybrid', groups: [[hybrid]], threshold: 0 },
    { name: '2 of 3', groups: [[a], [b, ssh], [hybrid]], threshold: 2 },
  ];
  return selections.flatMap((selection) =>
    [false, true].flatMap((isMacOnlyEncrypted) =>
      keySets.map(({ name, ...keys }) => ({
        name: `${selection?.by ?? 'none'}, ${isMacOnlyEncrypted ? 'mac only encrypted' : 'whole mac'}, ${name}`,
        rule: { ...keys, ...(selection && { selection }), isMacOnlyEncrypted },
      })),
    ),
  );
}

function configText({ groups, threshold, selection, isMacOnlyEncrypted }: EncryptionRule): string {
  const rule = {
    key_groups: groups.map((group) => ({ age: group.map(({ name }) => name) })),
    ...(threshold > 0 && { shamir_threshold: threshold }),
    ...(selection && { [selection.by]: selection.text }),
    ...(isMacOnlyEncrypted === true && { mac_only_encrypted: true }),
  };
  return JSON.stringify({ creation_rules: [rule] });
}

if (sops === undefined) {
  console.log('skipped: SOPS names no sops 3.13');
} else {
  test(`${count} files from seed ${seed} between sops and us`, async () => {
    const started = Date.now();
    const keys = await makeTestKeys();
    const folder = mkdtempSync(join(tmpdir(), 'fluxwright-sops-'));
    try {
      const report = new Report();
      const cases = ruleCases(keys);
      writeFileSync(join(folder, 'ssh'), keys.sshPrivateKey, { mode: 0o600 });
      for (const [index, { rule }] of cases.entries())
        writeFileSync(join(folder, `${index}.sops.yaml`), configText(rule));
      const files = fc
        .sample(plainFiles, { numRuns: count, seed })
        .map((file, index) => ({ file, index }))
        .filter(({ index }) => only.length === 0 || only.includes(index));
      const env = {
        HOME: folder,
        SOPS_AGE_KEY: keys.identities.join('\n'),
        SOPS_AGE_SSH_PRIVATE_KEY_FILE: join(folder, 'ssh'),
        SOPS_DISABLE_VERSION_CHECK: '1',
      };
      await inParallel(files, workers, async ({ file, index }) => {
        const at = index % cases.length;
        const one = cases[at];
        assert.ok(one);
        const place = join(folder, String(index));
        mkdirSync(place);
        const trip = new Trip(
          { sops, env, place, keys, file, index, config: join(folder, `${at}.sops.yaml`) },
          one,
          report,
        );
        await trip.run();
        rmSync(place, { recursive: true });
      });
      report.print((Date.now() - started) / 1000);
      assert.equal(report.failures.length, 0, report.failures.slice(0, 30).join('\n\n'));
      const written = report.counts.get('we write, sops reads') ?? 0;
      assert.ok(only.length > 0 || written > files.length * 0.9);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

/** What a failure shows: the stanza says nothing. */
const withoutStanza = (text: string): string =>
  text
    .replace(/^sops:\n(?: .*\n)*/gm, 'sops\n')
    .replace(/data:[^,]*,iv:[^,]*,tag:[^,]*/g, '')
    .slice(0, 3000);

const openLines = ({ tree }: OpenedFile): readonly string[] =>
  tree.values.map(({ at, value }) => lineOf(at.document, at.steps, comparable(value))).sort();

class Report {
  readonly counts = new Map<string, number>();
  readonly failures: string[] = [];

  add(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  print(seconds: number): void {
    for (const [name, number] of [...this.counts].sort()) console.log(`${String(number).padStart(6)} ${name}`);
    console.log(`${this.failures.length} failures, ${seconds.toFixed(0)} s`);
  }
}

interface TripSetting {
  readonly sops: string;
  readonly env: Readonly<Record<string, string>>;
  readonly place: string;
  readonly keys: TestKeys;
  readonly file: PlainFile;
  readonly index: number;
  readonly config: string;
}

const extensions = { yaml: 'yaml', json: 'json', dotenv: 'env', ini: 'ini', binary: 'bin' } as const;

/** One generated file on its ways between the two. */
class Trip {
  constructor(
    private readonly setting: TripSetting,
    private readonly one: RuleCase,
    private readonly report: Report,
  ) {}

  async run(): Promise<void> {
    const { file, place, config } = this.setting;
    const plain = valuesOf(file.content, file.format);
    this.report.add(`format ${file.format}`);
    const path = join(place, `plain.${extensions[file.format]}`);
    writeFileSync(path, file.content);
    const encrypted = await this.sops(['--config', config, 'encrypt', path]);
    const ours = await this.encrypt();
    if (encrypted.status !== 0) {
      if (ours !== undefined) this.report.add('sops refuses, we do not');
      else this.report.add('both refuse');
      if (!/matches UnencryptedCommentRegex/.test(encrypted.stderr))
        this.report.add(`sops refuses: ${encrypted.stderr.replace(/^.*?msg=/, '').slice(0, 80)}`);
      return;
    }
    if (typeof plain === 'string') {
      this.fail('we do not read what sops reads', plain);
      return;
    }
    await this.readTheirs(encrypted.stdout.toString('utf8'), plain);
    if (ours !== undefined && (await this.sopsReads(ours.file.text, plain, 'ours')))
      this.report.add('we write, sops reads');
  }

  private async readTheirs(text: string, plain: FileValues): Promise<void> {
    const { keys, file } = this.setting;
    const opened = await openEncrypted(text, file.format, { keyring: keyringOf(keys), bridge: undefined });
    if (!opened.ok) {
      if ((await this.sopsDecrypts(text)) === undefined) {
        this.report.add('sops encrypts, neither reads');
        return;
      }
      this.fail('sops encrypts, we do not read', JSON.stringify(opened.fault), text);
      return;
    }
    const found = openLines(opened.value);
    if (JSON.stringify(found) !== JSON.stringify(plain.values)) {
      const theirs = valuesOf((await this.sopsDecrypts(text)) ?? new Uint8Array(), file.format);
      const expected = typeof theirs === 'string' ? plain.values : theirs.values;
      if (this.same(found, expected, 'sops encrypts, we read other values', text))
        this.report.add('sops reads other values than it encrypted, and we the same');
      return;
    }
    const { comments: read, oldComments } = opened.value.tree;
    const comments = [
      ...read.map((one) => one.text),
      ...oldComments.map(({ bytes }) => Buffer.from(bytes).toString('utf8')),
    ].sort();
    if (file.format === 'yaml' && JSON.stringify(comments) !== JSON.stringify(plain.comments)) {
      this.report.add('comments that differ after sops');
    }
    this.report.add('sops encrypts, we read');
    await this.edit(opened.value);
  }

  private async edit(opened: OpenedFile): Promise<void> {
    const changes = randomChanges(opened, new Random(this.setting.index));
    if (changes.length === 0) return;
    const saved = saveChanges(opened, changes, '2027-01-02T03:04:05Z', true);
    if (!saved.ok) {
      if (saved.fault.kind === 'not-editable')
        this.report.add(`not editable: ${changes.map(({ kind }) => kind).join('+')} in ${opened.format}`);
      else if (saved.fault.kind === 'unsupported') this.report.add(`an edit is refused: ${saved.fault.reason}`);
      else
        this.fail('an edit is refused', `${JSON.stringify(saved.fault)} ${JSON.stringify(changes)}`, opened.file.text);
      return;
    }
    const complaint = onlyMeantDiffers(opened, saved.value, changes);
    if (complaint !== undefined)
      this.fail('an edit changes more', complaint, `${opened.file.text}\n=====\n${saved.value.file.text}`);
    const values = openLines(saved.value);
    const expected = expectedAfter(opened, changes);
    if (!this.same(values, expected, 'an edit gives other values', JSON.stringify(changes))) return;
    if (await this.sopsReads(saved.value.file.text, { values, comments: [] }, 'edited'))
      this.report.add(`we edit, sops reads: ${this.setting.file.format}`);
  }

  private async encrypt(): Promise<OpenedFile | undefined> {
    const { file, index } = this.setting;
    const rule = index % 2 === 0 ? this.one.rule : { ...this.one.rule, indent: 2 };
    const made = await encryptFile(file.content, file.format, rule, undefined, '2026-12-01T10:00:00Z');
    if (made.ok) return made.value;
    if (made.fault.kind === 'unsupported') this.report.add(`we refuse: ${made.fault.reason}`);
    else this.fail('we do not encrypt', JSON.stringify(made.fault));
    return undefined;
  }

  /** True when sops decrypts the text, and gives the values. */
  private async sopsReads(text: string, { values, comments }: FileValues, name: string): Promise<boolean> {
    const { file, place } = this.setting;
    const path = join(place, `${name}.${extensions[file.format]}`);
    writeFileSync(path, text);
    const decrypted = await this.sops(['decrypt', path]);
    if (decrypted.status !== 0) {
      this.fail(`sops does not read ${name}`, decrypted.stderr, text);
      return false;
    }
    const found = valuesOf(decrypted.stdout, file.format);
    if (typeof found === 'string' && (await this.sopsRefuses(decrypted.stdout))) {
      this.report.add('sops prints what it does not read');
      return false;
    }
    if (typeof found === 'string') {
      this.fail(`what sops gives for ${name} is not read`, found, decrypted.stdout.toString('utf8'));
      return false;
    }
    if (name === 'ours' && file.format === 'yaml' && JSON.stringify(found.comments) !== JSON.stringify(comments)) {
      const isSealed = found.comments.some((comment) => comment.includes('ENC['));
      this.report.add(isSealed ? 'comments that sops leaves encrypted' : 'comments that sops drops');
    }
    return this.same(
      found.values,
      values,
      `sops reads other values in ${name}`,
      `${text}\n=====\n${decrypted.stdout.toString('utf8')}`,
    );
  }

  /**
   * What sops gives for a text of its own; undefined where it refuses. It does not read all that it writes: an encrypted
   * comment in a list ends what a comment above it began, and what follows stays as it is, or has a wrong checksum.
   */
  private async sopsDecrypts(text: string): Promise<Uint8Array | undefined> {
    const { file, place } = this.setting;
    const path = join(place, `theirs.${extensions[file.format]}`);
    writeFileSync(path, text);
    const { status, stdout } = await this.sops(['decrypt', path]);
    return status === 0 ? stdout : undefined;
  }

  /** sops prints some lists with comments so that nobody can read them; their checksum was right. */
  private async sopsRefuses(printed: Uint8Array): Promise<boolean> {
    const { file, place, config } = this.setting;
    const path = join(place, `printed.${extensions[file.format]}`);
    writeFileSync(path, printed);
    const { status, stderr } = await this.sops(['--config', config, 'encrypt', path]);
    return status !== 0 && /unmarshal|yaml: /.test(stderr);
  }

  private same(found: readonly string[], expected: readonly string[], what: string, text: string): boolean {
    if (JSON.stringify(found) === JSON.stringify(expected)) return true;
    const differing = [
      ...found.filter((line) => !expected.includes(line)),
      '|',
      ...expected.filter((line) => !found.includes(line)),
    ];
    this.fail(what, differing.slice(0, 8).join('\n'), text);
    return false;
  }

  private fail(what: string, detail: string, text = ''): void {
    this.report.add(`FAILED ${what}`);
    const { index, file } = this.setting;
    const content = typeof file.content === 'string' ? file.content : Buffer.from(file.content).toString('base64');
    this.report.failures.push(
      `--- file ${index}, ${file.format}, ${this.one.name}: ${what}\n${detail}\n${content}\n${withoutStanza(text)}`,
    );
  }

  private sops(args: readonly string[]): ReturnType<typeof run> {
    return run(this.setting.sops, args, this.setting.env);
  }
}
