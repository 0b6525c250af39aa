/** Types that a value may have had before it was encrypted, as the format of SOPS writes them (getsops/sops, `aes/cipher.go`). */
export const valueTypes = ['str', 'int', 'float', 'bool', 'bytes', 'time', 'comment'] as const;
export type ValueType = (typeof valueTypes)[number];

/** Their names for people. */
export const valueTypeNames: Readonly<Record<ValueType, string>> = {
  str: 'text',
  int: 'whole number',
  float: 'number',
  bool: 'true or false',
  bytes: 'bytes',
  time: 'time',
  comment: 'comment',
};
