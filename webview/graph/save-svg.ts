import { type Layout } from './layout';
import { type GraphModel } from './model';
import { picture, type States } from './picture';
import { type Selection } from './selection';
import { shape, xml } from './shape';

// A file has no theme: colours that can be read on white.
const style = `
svg { background: #ffffff; font: 12px sans-serif; }
.box { fill: #ffffff; stroke: #616161; }
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
.mark { fill: none; stroke-width: 1.4; stroke: #616161; }
.mark.green { stroke: #2e7d32; }
.mark.blue { stroke: #1565c0; }
.mark.red { stroke: #c72e0f; }
.mark.yellow { stroke: #8a6d00; }
.mark.orange { stroke: #b25e00; }
.mark.purple { stroke: #6a3fa0; }
`;

/** What is shown, as the text of an SVG file that stands alone and runs nothing. */
export function svgFile(
  model: GraphModel,
  selection: Selection,
  layout: Layout,
  states: States,
  title: string,
): string {
  const [width, height] = [Math.ceil(layout.width), Math.ceil(layout.height)];
  const drawn = shape(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}` },
    [shape('title', {}, [title]), shape('style', {}, [style]), ...picture(model, layout, selection.nodes, states)],
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml(drawn)}\n`;
}
