import { type Command } from '../command';
import { eventsText } from '../../status/texts/events-text';
import { readObject, showText } from './read-object';

export const showEvents: Command['run'] = (context, argument) =>
  readObject(context, argument, {
    verb: 'Show Events',
    capability: 'favorite',
    doing: 'Reading the events of',
    read: ({ target }, requests, _, signal) => requests.events(target.id, signal),
    show: (chosen, events) => {
      const { label, context: where, id } = chosen.target;
      return showText(chosen, `${id.name}.events`, eventsText(`${label} in ${where}`, events), 'log');
    },
  });
