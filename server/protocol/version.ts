/**
 * Version of the `fluxwright/*` messages, told in `capabilities.experimental.fluxwright.protocol`. It grows when a
 * message changes its meaning; new messages and new fields leave it alone. A client that finds another number says
 * so and uses only standard LSP.
 */
export const protocolVersion = 1;

/** What the server puts under `capabilities.experimental`. */
export interface ExperimentalCapabilities {
  readonly fluxwright: { readonly protocol: number };
}
