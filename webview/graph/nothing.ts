import { element } from '../controls/element';
import { button } from '../controls/toolkit';

/** What stands in the place of the graph when there is nothing to show: why, and the way back where a filter is the reason. */
export function nothingElement(isEmpty: boolean, onClear: () => void): HTMLElement {
  const text = isEmpty
    ? 'The repository declares no Flux object for this cluster.'
    : 'No object matches the filter, the kinds and the relations that are chosen.';
  return element('div', { class: 'nothing' }, [
    element('p', {}, [text]),
    ...(isEmpty ? [] : [button('Clear Filter', onClear)]),
  ]);
}
