/** The id of the custom editor, as the manifest has it. */
export const secretViewType = 'fluxwright.secret';
