import { parse } from 'yaml';
import { type JsonData } from '../../../schemas/schema';
import { type JsonValue } from '../../../server/model/json';
import { formatPath } from '../../../server/validation/messages';
import { type Fault } from '../../../server/validation/fault';
import { fromData } from '../../../server/validation/equality';

/** YAML text as a value of the model; only for tests that are not about reading YAML. */
export function valueOf(text: string): JsonValue {
  return fromData(parse(text) as JsonData);
}

/** `unknown-field key spec.x`, one line per fault, sorted. A fault about a name ends with it. */
export function lines(faults: readonly Fault[]): string[] {
  return faults
    .map((fault) => {
      const path = formatPath(fault.path) || '.';
      return `${fault.code} ${fault.part} ${path}${fault.code === 'missing-required' ? ` ${fault.name}` : ''}`;
    })
    .sort();
}
