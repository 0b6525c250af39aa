import { type Path } from '../model/json';

/** A path as the field tables write it: `spec.dependsOn[].name`. */
export function tablePath(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += '[]';
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}
