import { type Steps } from '../../../model/steps';
import { type FilePath } from '../../../model/file-path';
import { type Path } from '../../../model/json';
import { type YamlDocument } from '../../../yaml/document';
import { type YamlNode } from '../../../yaml/node';
import { valueOf } from '../../../yaml/scalar';
import { faultAt, type EngineFault } from '../fault';
import { type Kustomization } from '../kustomization';
import { decodeKustomization, type DecodedKustomization, type KustomizationProblem } from '../read/kustomization-file';
import { type Session } from '../session';
import { openText } from './files';
import { type NamePlace } from './read-file';

/** Names of the file, in kustomize's order (api/konfig/general.go). */
export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

/** A kustomization with its file. */
export interface LoadedKustomization {
  readonly kind: 'loaded';
  readonly directory: FilePath;
  readonly file: FilePath;
  /** Index of the document that counts: the first. */
  readonly document: number;
  readonly kustomization: Kustomization;
  readonly moved: DecodedKustomization['moved'];
  readonly spellings?: DecodedKustomization['spellings'];
  /** Where a field stands that was laid over the file; undefined for the file's own. */
  readonly placeOf?: (path: Path) => NamePlace | undefined;
  /** Flux made it for a folder without one. */
  readonly isGenerated?: true;
}

/** Decoded once per text; the documents of equal texts of an open file are identical. */
const decoded = new WeakMap<YamlDocument, DecodedKustomization | KustomizationProblem>();

function decode(document: YamlDocument): DecodedKustomization | KustomizationProblem {
  let found = decoded.get(document);
  if (found === undefined) {
    found = decodeKustomization(valueOf(document, document.root, 'kustomization'));
    decoded.set(document, found);
  }
  return found;
}

/** `- ` notes kustomize prints to standard error. */
function warningOf({ name, instead }: { readonly name: string; readonly instead: string }): string {
  const experimental = name === 'vars' ? '[EXPERIMENTAL] ' : '';
  const next = `${experimental}Run 'kustomize edit fix' to update your Kustomization automatically.`;
  return `# Warning: '${name}' is deprecated. Please use '${instead}' instead. ${next}`;
}

/** The kustomization of a folder, the identical one as long as its files stay what they are. */
export function openKustomization(
  session: Session,
  directory: FilePath,
  place: NamePlace,
): Steps<LoadedKustomization | EngineFault> {
  return session.part(`kustomization ${directory}`, () => loadKustomization(session, directory, place));
}

/** Reads the one kustomization file of a folder. `place`: where the folder is named, for faults about the folder. */
function* loadKustomization(
  session: Session,
  directory: FilePath,
  place: NamePlace,
): Steps<LoadedKustomization | EngineFault> {
  const paths = kustomizationNames.map((name) => (directory === '' ? name : `${directory}/${name}`));
  const present: FilePath[] = [];
  for (const path of paths) {
    session.inputs.add(path);
    if (session.files.stat(path) === 'file') present.push(path);
  }
  const [file, second] = present;
  const name = directory === '' ? 'The folder' : directory;
  if (file === undefined) {
    return faultAt(place, 'kustomization-missing', `${name} has no kustomization.yaml. Flux cannot build this.`);
  }
  if (second !== undefined) {
    const message = `${name} has both ${baseOf(file)} and ${baseOf(second)}. Flux cannot build it.`;
    return faultAt({ file: second }, 'kustomization-ambiguous', message);
  }
  session.files.uses?.(file, 'kustomization');
  const read = session.files.read(file);
  yield;
  if (read.kind !== 'text') {
    return faultAt({ file }, 'file-unreadable', `${file} cannot be read. Flux cannot build this.`);
  }
  const yaml = openText(session.files, file, read.text);
  const placed = yaml.documents[0];
  if (placed === undefined) return faultAt({ file }, 'kustomization-empty', `${file} is empty. Flux cannot build it.`);
  const syntax = placed.document.faults.find(({ code }) => code !== 'duplicate-key');
  if (syntax !== undefined) {
    const isUnread = syntax.code === 'too-large';
    const message = isUnread ? syntax.message : `${syntax.message} Flux cannot build this.`;
    const code = isUnread ? 'file-too-large' : 'yaml-syntax';
    return { ...faultAt({ file }, code, message), offset: placed.offset + syntax.start };
  }
  const mark = markInFlow(placed.document.root, placed.document.text);
  if (mark !== undefined) {
    const message =
      'Kustomize takes a question mark inside brackets for syntax. Put the text in quotes. Flux cannot build this.';
    return { ...faultAt({ file }, 'yaml-syntax', message), offset: placed.offset + mark };
  }
  const found = decode(placed.document);
  if (found.kind === 'problem') return faultAt({ file, path: found.path }, found.code, found.message);
  session.warnings.push(...found.oldFields.map(warningOf));
  const { kustomization, moved, spellings } = found;
  return { kind: 'loaded', directory, file, document: 0, kustomization, moved, spellings };
}

/**
 * Offset of a plain text inside brackets that holds a question mark; go-yaml v2, which reads kustomization files, ends the
 * text there.
 */
function markInFlow(node: YamlNode | undefined, text: string, isInFlow = false): number | undefined {
  if (node === undefined || !text.includes('?')) return undefined;
  if (node.kind === 'scalar') {
    return isInFlow && node.style === 'plain' && node.text.includes('?', 1) ? node.start : undefined;
  }
  if (node.kind === 'alias') return undefined;
  const parts = node.kind === 'map' ? node.entries.flatMap(({ key, value }) => [key, value]) : node.items;
  for (const part of parts) {
    const found = markInFlow(part, text, isInFlow || node.flow);
    if (found !== undefined) return found;
  }
  return undefined;
}

const baseOf = (path: FilePath): string => path.slice(path.lastIndexOf('/') + 1);
