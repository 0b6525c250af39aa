import { type Phase, type PageEdge, type PageNode, type Relation } from '../protocol';
import { type Box, type Layout, type Point } from './layout';
import { isCyclic, kindText, nameOf, type GraphModel } from './model';
import { phaseMarks } from './phases';
import { printable, shape, type Shape } from './shape';
import { cutText } from './text-width';

/** Live states by node; a node without one has no mark. */
export type States = ReadonlyMap<string, { readonly phase: Phase; readonly text: string }>;

export const relationLabels: Readonly<Record<Relation, string>> = {
  dependsOn: 'depends on',
  source: 'takes its files from',
  applies: 'applies',
};

/** The edges as one group, the nodes each as a group named by {@link describeNode}. Rings are over all else. */
export function picture(model: GraphModel, layout: Layout, nodes: readonly PageNode[], states: States): Shape[] {
  const routes = [...layout.routes].sort((a, b) => Number(isCyclic(model, a.edge)) - Number(isCyclic(model, b.edge)));
  const edges = routes.map(({ edge, points }) => edgeShape(model, edge, points));
  const drawn = nodes.flatMap((node) => {
    const box = layout.boxes.get(node.id);
    return box === undefined ? [] : [nodeShape(model, node, box, states)];
  });
  return [shape('g', { class: 'edges', 'aria-hidden': 'true' }, edges), shape('g', { class: 'nodes' }, drawn)];
}

/**
 * Everything the drawing says of a node, for those who do not see it. It begins with what is written there, so that who
 * speaks to the editor can say what they read.
 */
export function describeNode(model: GraphModel, node: PageNode, states: States): string {
  const state = states.get(node.id);
  const depends = model.dependencies.get(node.id) ?? 0;
  return printable(
    [
      `${nameOf(node)} ${kindText(node)}`,
      ...(model.cycleOf.has(node.id) ? ['cycle of dependencies'] : []),
      ...(state === undefined ? [] : [phaseMarks[state.phase].label]),
      ...(depends === 0 ? [] : [`depends on ${depends}`]),
      ...(node.applies === undefined ? [] : [`applies ${node.applies}`]),
    ].join(', '),
  );
}

/** What there is to say of a node in lines: as {@link describeNode} has it, its live state, what is not known of it. */
export function detailsOf(model: GraphModel, node: PageNode, states: States): string[] {
  const lines = [describeNode(model, node, states), states.get(node.id)?.text ?? '', node.note ?? ''];
  return lines.filter((text) => text !== '').map(printable);
}

/** A node at its place; `describeNode` names it. */
export function nodeShape(model: GraphModel, node: PageNode, { x, y, width, height }: Box, states: States): Shape {
  const state = states.get(node.id);
  const isInCycle = model.cycleOf.has(node.id);
  const described = describeNode(model, node, states);
  const name = cutText(nameOf(node), width - 44);
  const kind = cutText(kindText(node), width - (isInCycle ? 100 : 44));
  const isCut = name.endsWith('…') || kind.endsWith('…');
  return shape(
    'g',
    {
      class: `node${isInCycle ? ' cyclic' : ''}${node.missing === true ? ' missing' : ''}`,
      transform: `translate(${round(x)} ${round(y)})`,
      'data-id': node.id,
      role: 'button',
      tabindex: -1,
      'aria-label': isCut ? `${name} ${kind}${isInCycle ? ' cycle' : ''}: ${described}` : described,
    },
    [
      shape('title', {}, [detailsOf(model, node, states).join('\n')]),
      shape('rect', { class: 'box', width: round(width), height, rx: 4 }),
      ...(state === undefined ? [] : stateShapes(state.phase, height)),
      shape('text', { class: 'name', x: 34, y: 19 }, [name]),
      // White space parts the words for those who have them read out.
      ' ',
      shape('text', { class: 'kind', x: 34, y: 35 }, [kind]),
      ' ',
      // Red alone would not be seen by everyone.
      ...(isInCycle ? cycleShapes(width) : []),
    ],
  );
}

/** The mark, and a bar of its color at the left side, which is seen in a graph of hundreds, too. */
function stateShapes(phase: Phase, height: number): Shape[] {
  return [
    shape('rect', { class: `bar ${phaseMarks[phase].colour}`, y: 1, x: 1, width: 4, height: height - 2, rx: 2 }),
    markShape(phase, 11, 14),
  ];
}

/** The word and a turning arrow in the lower right corner. */
function cycleShapes(width: number): Shape[] {
  return [
    shape('path', {
      class: 'turn',
      transform: `translate(${round(width - 56)} 25)`,
      d: 'M10 5a4 4 0 1 1-1.5-3M9 0v3H6',
    }),
    shape('text', { class: 'kind word', x: round(width - 41), y: 35 }, ['cycle']),
  ];
}

/** The mark of a live state with its upper left corner at a place. */
export function markShape(phase: Phase, x: number, y: number): Shape {
  const { shape: d, colour } = phaseMarks[phase];
  return shape('path', { class: `mark ${colour}`, transform: `translate(${x} ${y})`, d });
}

function edgeShape(model: GraphModel, edge: PageEdge, points: readonly Point[]): Shape {
  const kind = isCyclic(model, edge) ? `${edge.relation} cyclic` : edge.relation;
  const end = points.at(-1);
  const before = points.at(-2);
  if (end === undefined || before === undefined) return shape('g', { class: `edge ${kind}` });
  const towards = edge.from === edge.to ? { x: 0, y: 1 } : { x: Math.sign(end.x - before.x) || 1, y: 0 };
  const [x, y] = [end.x - towards.x * 7, end.y - towards.y * 7];
  const head = `M${round(end.x)} ${round(end.y)}L${round(x + towards.y * 4)} ${round(y + towards.x * 4)}L${round(x - towards.y * 4)} ${round(y - towards.x * 4)}Z`;
  return shape('g', { class: `edge ${kind}`, 'data-from': edge.from, 'data-to': edge.to }, [
    shape('path', { class: 'line', d: edge.from === edge.to ? straight(points) : curve(points) }),
    shape('path', { class: 'head', d: head }),
  ]);
}

/** Leaves and enters boxes level. */
function curve([start, ...rest]: readonly Point[]): string {
  let from = start ?? { x: 0, y: 0 };
  let path = `M${round(from.x)} ${round(from.y)}`;
  for (const to of rest) {
    const middle = round((from.x + to.x) / 2);
    path += `C${middle} ${round(from.y)} ${middle} ${round(to.y)} ${round(to.x)} ${round(to.y)}`;
    from = to;
  }
  return path;
}

const straight = (points: readonly Point[]): string =>
  `M${points.map(({ x, y }) => `${round(x)} ${round(y)}`).join('L')}`;

const round = (value: number): number => Math.round(value * 10) / 10;
