import { type PageValueType } from '../secret-protocol';

/** The types of values for people. */
export const typeText: Readonly<Record<PageValueType, string>> = {
  str: 'text',
  int: 'whole number',
  float: 'number',
  bool: 'true or false',
  bytes: 'bytes',
  time: 'time',
};
