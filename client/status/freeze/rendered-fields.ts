import { type LiveAddress, type LiveId } from '../live/live-id';

/** What Git says about one field of an object, once its applier has rendered it. */
export type RenderedField =
  | { readonly name: 'absent' }
  | { readonly name: 'value'; readonly value: boolean | number | string }
  /** Not rendered here: the file is in no open repository, encrypted, or its cluster is not bound. */
  | { readonly name: 'unknown' };

/** The server's answers about what is rendered; joined to live objects by whoever owns the protocol. */
export interface RenderedFields {
  /** @param applier who applies the object; @param path the field, `spec.suspend` */
  field(applier: LiveId, object: LiveAddress, path: string): RenderedField;
}
