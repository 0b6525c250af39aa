import { type LiveObject, type LiveValue } from '../object-sink';
import { isList, isMap, nameOfItems } from './masked';

const hidden = '(encrypted in Git)';
const isEncrypted = (value: LiveValue | undefined): boolean =>
  typeof value === 'string' && value.includes('ENC[AES256_GCM');

/** Whether some value of what Git renders is encrypted. */
export function holdsEncrypted(value: LiveValue | undefined): boolean {
  if (isList(value)) return value.some(holdsEncrypted);
  return isMap(value) ? Object.values(value).some(holdsEncrypted) : isEncrypted(value);
}

/** What Git renders without its encrypted values, and without what SOPS keeps beside them: Flux takes that off. */
export function hideEncrypted(rendered: LiveObject): LiveObject {
  const { sops, ...rest } = rendered;
  const shown = holdsEncrypted(sops) ? rest : rendered;
  return hideIn(shown) as LiveObject;
}

function hideIn(value: LiveValue): LiveValue {
  if (isList(value)) return value.map(hideIn);
  if (!isMap(value)) return isEncrypted(value) ? hidden : value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, hideIn(one ?? null)]));
}

/**
 * A live value without what is encrypted in Git: the cluster has that in plain text, which no text document may hold. What in
 * a list cannot be told apart is hidden as well.
 */
export function hideDecrypted(live: LiveValue, rendered: LiveValue | undefined): LiveValue {
  if (isEncrypted(rendered)) return hidden;
  if (isMap(live) && isMap(rendered)) {
    return Object.fromEntries(
      Object.entries(live).map(([key, value]) => {
        const wanted = Object.hasOwn(rendered, key) ? rendered[key] : undefined;
        return [key, hideDecrypted(value ?? null, wanted)];
      }),
    );
  }
  if (!isList(live) || !isList(rendered) || !holdsEncrypted(rendered)) return live;
  const key = nameOfItems([...live, ...rendered]);
  return live.map((item, index) => {
    const other =
      key === undefined ? rendered[index] : rendered.find((one) => isMap(one) && isMap(item) && one[key] === item[key]);
    return other === undefined || (key === undefined && live.length !== rendered.length)
      ? hidden
      : hideDecrypted(item, other);
  });
}
