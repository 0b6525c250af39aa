export type Attributes = Readonly<Record<string, string>>;

/** An HTML element. Children that are text become text nodes, so that no name is ever read as markup. */
export function element(
  tag: string,
  attributes: Attributes = {},
  children: readonly (Node | string)[] = [],
): HTMLElement {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
