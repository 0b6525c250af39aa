/** A piece of SVG that is not in a page yet: it becomes elements on the screen or the text of a file. */
export interface Shape {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly (Shape | string)[];
}

export function shape(tag: string, attributes: Shape['attributes'], children: Shape['children'] = []): Shape {
  return { tag, attributes, children };
}

// What XML 1.0 cannot hold at all, and what would turn the direction of the text around it.
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The text with a mark for each character that a file or a line of text cannot show. */
export function printable(text: string): string {
  return text.replace(unprintable, '\ufffd').replace(loneSurrogate, '\ufffd');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string): string => printable(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');

/** The shape as XML. Names of tags and attributes are our own; every value is escaped. */
export function xml({ tag, attributes, children }: Shape): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escape(String(value))}"`);
  const inside = children.map((child) => (typeof child === 'string' ? escape(child) : xml(child)));
  return `<${tag}${written.join('')}>${inside.join('')}</${tag}>`;
}
