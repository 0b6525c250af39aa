/** What the replayed server answers; a body that is no text is sent as JSON. */
export type Answer = { readonly status: number; readonly headers?: Record<string, string>; readonly body: unknown };

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const status = (
  code: number,
  reason: string,
  message: string,
  headers: Record<string, string> = {},
): Answer => ({
  status: code,
  headers,
  body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', reason, message, code },
});
export const joined = (group: string, version: string): string => (group === '' ? version : `${group}/${version}`);
