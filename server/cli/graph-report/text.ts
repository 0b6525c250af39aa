import { type RenderedObject } from '../../build/build';
import { type ResourceKey } from '../../model/resource-id';
import { type Palette } from '../colour';
import { count, plain } from '../io';
import { type GraphCluster, type GraphKustomization, type GraphReference } from './collect';
import { isInferred } from '../../workspace/sources/served-sources';
import { inferenceNote, label, referenceNotes } from './labels';

interface Line {
  readonly text: string;
  readonly children: readonly Line[];
}

/** Clusters as trees of Flux Kustomizations and the objects they apply. */
export function textGraph(clusters: readonly GraphCluster[], palette: Palette): string {
  return clusters.map((cluster) => draw(clusterLine(cluster, palette)).join('\n')).join('\n\n');
}

function draw({ text, children }: Line): string[] {
  const lines = [text];
  for (const [index, child] of children.entries()) {
    const isLast = index === children.length - 1;
    const [first = '', ...rest] = draw(child);
    lines.push((isLast ? '└─ ' : '├─ ') + first, ...rest.map((line) => (isLast ? '   ' : '│  ') + line));
  }
  return lines;
}

function clusterLine(graph: GraphCluster, palette: Palette): Line {
  const { path, flux } = graph.cluster;
  const known = flux.isKnown ? `Flux ${flux.text}` : `Flux ${flux.text} assumed`;
  const name = path === '' ? 'the root' : path;
  const drawn = new Set<ResourceKey>();
  return {
    text: `${palette.bold(plain(name))} ${palette.dim(`${plain(known)}, ${count(graph.kustomizations.size, 'Kustomization')}`)}`,
    children: [
      ...graph.sources
        .filter(({ served }) => isInferred(served.by))
        .map((source) => ({ text: palette.dim(`? ${inferenceNote(source)}`), children: [] })),
      ...graph.roots.flatMap((key) => {
        const kustomization = graph.kustomizations.get(key);
        return kustomization === undefined ? [] : [kustomizationLine(kustomization, graph, drawn, palette)];
      }),
    ],
  };
}

function kustomizationLine(
  kustomization: GraphKustomization,
  graph: GraphCluster,
  drawn: Set<ResourceKey>,
  palette: Palette,
): Line {
  const { key, path, references, objects, holes } = kustomization;
  const notes = [
    ...(kustomization.isSample ? [sample] : []),
    ...(path === undefined ? [] : [`path ${path === '' ? '.' : `./${plain(path)}`}`]),
    ...referenceNotes(references),
  ];
  const text = `${palette.bold(label(key))}${aside(notes, palette)}`;
  // What two of them apply, or what applies itself, is drawn once.
  if (drawn.has(key)) return { text: `${text} ${palette.dim('(see above)')}`, children: [] };
  drawn.add(key);
  const children: Line[] = holes.map((hole) => ({ text: palette.dim(`? ${plain(hole)}`), children: [] }));
  if (objects === undefined) children.push({ text: palette.dim('? not rendered'), children: [] });
  for (const { object, references: own } of objects ?? []) {
    if (object.key === key) children.push({ text: `${label(key)} ${palette.dim('(itself)')}`, children: [] });
    else {
      const child = graph.kustomizations.get(object.key);
      children.push(
        child === undefined
          ? { text: `${label(object.key)}${aside(notesOn(object, own), palette)}`, children: [] }
          : kustomizationLine(child, graph, drawn, palette),
      );
    }
  }
  return { text, children };
}

const sample = 'sample';

/** What is to be said of an object beside its name. */
function notesOn(object: RenderedObject, references: readonly GraphReference[]): readonly string[] {
  return [...(object.isSample === true ? [sample] : []), ...referenceNotes(references)];
}

function aside(notes: readonly string[], palette: Palette): string {
  return notes.length === 0 ? '' : ` ${palette.dim(`[${notes.join('; ')}]`)}`;
}
