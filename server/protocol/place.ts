import { type Range } from '../model/text';

/** Text form of an ObjectAddress: `clusterPath|ownerResourceId|resourceId`. */
export type AddressText = string;

/** A place in a file; positions are in the encoding agreed at `initialize`. */
export interface SourcePlace {
  readonly uri: string;
  readonly range: Range;
}
