const factorOf: Readonly<Record<string, number>> = {
  '': 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const grammar = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:([KMGTPE]i|[numkMGTPE]?)|[eE]([+-]?\d+))$/;

/**
 * Reads a Kubernetes quantity (`500m`, `1.5Gi`, `1e3`), by the grammar of apimachinery's `resource.Quantity`.
 * @returns the amount as a floating number, so only near for more than 15 digits; undefined when it is no quantity.
 */
export function parseQuantity(text: string): number | undefined {
  const match = grammar.exec(text);
  if (match === null) return undefined;
  const [, number = '', suffix = '', exponent] = match;
  return exponent === undefined ? Number(number) * (factorOf[suffix] ?? 1) : Number(`${number}e${exponent}`);
}
