/** What VS Code gives a page to talk to its extension; state lives as long as the tab. */
export interface PageHost {
  readonly post: (message: unknown) => void;
  readonly state: () => unknown;
  readonly keep: (state: unknown) => void;
}

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
};

/** Takes the editor's interface, which it hands out once in the life of a page. */
export function acquireHost(): PageHost {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    state: () => api.getState(),
    keep: (state) => api.setState(state),
  };
}
