import { type Command } from '../command';
import { historyText } from '../../status/texts/history-text';
import { readObject, showText } from './read-object';

export const showHistory: Command['run'] = (context, argument) =>
  readObject(context, argument, {
    verb: 'Show History',
    capability: 'history',
    doing: 'Reading the history of',
    read: ({ target }, requests, _, signal) => requests.get(target.id, undefined, signal),
    show: (chosen, object) => {
      const { context: where, id } = chosen.target;
      return showText(chosen, `${id.name}.history`, historyText(id, where, object), 'plaintext');
    },
  });
