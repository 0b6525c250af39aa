import { element } from '../controls/element';
import { phases, relations, type Phase } from '../protocol';
import { toElement } from './drawing';
import { phaseMarks } from './phases';
import { markShape, relationLabels } from './picture';
import { shape } from './shape';

/** What lines and marks mean; marks only of the states that are there. */
export function legend(present: ReadonlySet<Phase>, isOpen: boolean): HTMLElement {
  const line = (kind: string): Node =>
    toElement(
      shape('svg', { width: 36, height: 16, 'aria-hidden': 'true' }, [
        shape('g', { class: `edge ${kind}` }, [
          shape('path', { class: 'line', d: 'M2 8H28' }),
          shape('path', { class: 'head', d: 'M35 8L28 4L28 12Z' }),
        ]),
      ]),
    );
  const mark = (phase: Phase): Node =>
    toElement(shape('svg', { width: 16, height: 16, 'aria-hidden': 'true' }, [markShape(phase, 0, 0)]));
  return element('details', { class: 'legend', ...(isOpen && { open: '' }) }, [
    element('summary', {}, ['Legend']),
    element('ul', {}, [
      ...relations.map((relation) => element('li', {}, [line(relation), relationLabels[relation]])),
      element('li', {}, [line('dependsOn cyclic'), '\u21bb dependency cycle: nothing in it is ever applied']),
      ...phases
        .filter((phase) => present.has(phase))
        .map((phase) => element('li', {}, [mark(phase), phaseMarks[phase].label])),
    ]),
    element('p', {}, [
      'Keys in the graph: arrows move, Home and End go to the ends, Enter opens the line, + - 0 zoom.',
    ]),
  ]);
}
