import { exported } from '../../status/yaml/exported';
import { printYaml } from '../../status/yaml/print-yaml';
import { type Command } from '../command';
import { readObject, showText } from './read-object';

/** Shows an object as a file would hold it. Values of Secrets are never read, so they are not exported. */
export const exportYaml: Command['run'] = (context, argument) =>
  readObject(context, argument, {
    verb: 'Export YAML',
    capability: 'favorite',
    doing: 'Exporting',
    read: ({ target }, requests, _, signal) => {
      const { group, kind } = target.id;
      if (group === '' && kind === 'Secret') {
        const message = 'Secrets are not exported: their values are never read.';
        return Promise.resolve({ failure: { name: 'refused', message } as const });
      }
      return requests.get(target.id, undefined, signal);
    },
    show: (chosen, object) =>
      showText(chosen, `${chosen.target.id.name}.yaml`, `---\n${printYaml(exported(object))}`, 'yaml'),
  });
