/** What stays on this machine and is synchronized nowhere. Values are texts; a missing key is undefined. */
export interface MachineStorage {
  get(key: string): string | undefined;
  /** Undefined removes the key. */
  set(key: string, value: string | undefined): Promise<void>;
}
