import { phases, relations } from '../protocol';
import { type Layout } from './layout';
import { type GraphModel } from './model';
import { phaseMarks } from './phases';
import { markShape, picture, relationLabels, type States } from './picture';
import { type Selection } from './selection';
import { shape, xml, type Shape } from './shape';

// A file has no theme: colours that can be read on white.
const style = `
svg { background: #ffffff; font: 12px sans-serif; }
.box { fill: #ffffff; stroke: #616161; }
.missing .box { stroke-dasharray: 4 3; }
.name { fill: #1f1f1f; }
.kind { fill: #616161; }
.line { fill: none; stroke: #616161; }
.head { fill: #616161; }
.source .line { stroke-dasharray: 6 4; }
.applies .line { stroke-dasharray: 1 3; }
.cyclic .box, .cyclic .line { stroke: #c72e0f; stroke-width: 2; }
.cyclic .head { fill: #c72e0f; }
.word { font-weight: bold; }
.turn { fill: none; stroke: #c72e0f; }
.mark { fill: none; stroke-width: 1.4; }
.bar { stroke: none; }
.mark.grey { stroke: #616161; } .bar.grey { fill: #616161; }
.mark.green { stroke: #2e7d32; } .bar.green { fill: #2e7d32; }
.mark.blue { stroke: #1565c0; } .bar.blue { fill: #1565c0; }
.mark.red { stroke: #c72e0f; } .bar.red { fill: #c72e0f; }
.mark.yellow { stroke: #8a6d00; } .bar.yellow { fill: #8a6d00; }
.mark.purple { stroke: #6a3fa0; } .bar.purple { fill: #6a3fa0; }
`;

/** What is shown, as the text of an SVG file that stands alone and runs nothing. */
export function svgFile(
  model: GraphModel,
  selection: Selection,
  layout: Layout,
  states: States,
  title: string,
): string {
  const entries = legendEntries(model, selection, states);
  const width = Math.max(Math.ceil(layout.width), 400);
  const top = Math.ceil(layout.height);
  const height = top + entries.length * lineHeight + 12;
  const legend = entries.map((entry, index) =>
    shape('g', { transform: `translate(24 ${top + index * lineHeight})` }, entry),
  );
  const drawn = shape(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}` },
    [
      shape('title', {}, [title]),
      shape('style', {}, [style]),
      ...picture(model, layout, selection.nodes, states).map(still),
      shape('g', { class: 'legend' }, legend),
    ],
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml(drawn)}\n`;
}

const lineHeight = 20;

/** What the lines and marks mean that are there, a line each. */
function legendEntries(model: GraphModel, { nodes, edges }: Selection, states: States): Shape[][] {
  const words = (text: string): Shape => shape('text', { class: 'kind', x: 44, y: 12 }, [text]);
  const line = (kind: string, text: string): Shape[] => [
    shape('g', { class: `edge ${kind}` }, [
      shape('path', { class: 'line', d: 'M0 8H28' }),
      shape('path', { class: 'head', d: 'M35 8L28 4L28 12Z' }),
    ]),
    words(text),
  ];
  const present = new Set(nodes.map(({ id }) => states.get(id)?.phase));
  return [
    ...relations
      .filter((relation) => edges.some((edge) => edge.relation === relation))
      .map((relation) => line(relation, relationLabels[relation])),
    ...(nodes.some(({ id }) => model.cycleOf.has(id)) ? [line('dependsOn cyclic', 'dependency cycle')] : []),
    ...phases
      .filter((phase) => present.has(phase))
      .map((phase) => [markShape(phase, 10, 0), words(phaseMarks[phase].label)]),
  ];
}

/** The shape without what only a page has a use for: a file takes no keyboard, and needs no addresses. */
function still({ tag, attributes, children }: Shape): Shape {
  const kept = Object.entries(attributes).filter(([name]) => !/^(?:data-|aria-|role$|tabindex$)/.test(name));
  return shape(
    tag,
    Object.fromEntries(kept),
    children.map((child) => (typeof child === 'string' ? child : still(child))),
  );
}
