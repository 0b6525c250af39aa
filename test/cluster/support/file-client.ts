import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { Contexts, nodeFiles, nodePrograms, wallClock } from '../../../client/kube/kube';
import { type WatchScope } from '../../../client/status/object-sink';
import { kubeWorld } from '../../kube/support/scene';
import { type Bench, eventually } from './bench';
import { Witness } from './witness';

/** `client/kube` on this machine's clock and files, with its store; sees what must never happen. */
export class FileClient {
  readonly witness = new Witness();
  readonly contexts: Contexts;
  /** How often a state of a connection, or the kubeconfig, was told to have changed. */
  changes = 0;
  private readonly world = kubeWorld(undefined);
  private readonly rejections: unknown[] = [];
  private readonly onRejection = (reason: unknown): void => void this.rejections.push(reason);

  /** @param kubeconfig path of the file that `KUBECONFIG` names */
  constructor(private readonly kubeconfig: string) {
    process.on('unhandledRejection', this.onRejection);
    const { ports } = this.world;
    const environment = { ...ports.environment, variables: { KUBECONFIG: kubeconfig } };
    this.contexts = new Contexts(
      { ...ports, environment, clock: wallClock, files: nodeFiles, programs: nodePrograms },
      this.witness,
      () => this.changes++,
    );
    this.contexts.look();
  }

  /** As the user, or a login program, would. */
  rewrite(text: string): void {
    writeFileSync(this.kubeconfig, text);
  }

  /**
   * Waits until the store holds what a fresh list does, for five seconds at most.
   * @returns milliseconds; a look takes kubectl half a second
   */
  async equalsFreshList(what: string, bench: Bench, ...scopes: readonly WatchScope[]): Promise<number> {
    let why = '';
    const isEqual = async (): Promise<boolean> => {
      for (const scope of scopes) {
        why = this.witness.differs(scope, await bench.list(`${scope.plural}.${scope.group}`));
        if (why !== '') return false;
      }
      return true;
    };
    try {
      return await eventually(what, isEqual, 5);
    } catch (error) {
      const states = [...new Set(scopes.map(({ context }) => context))].map((one) => this.contexts.state(one));
      throw new Error(`${what}: ${why}; ${JSON.stringify(states)}`, { cause: error });
    }
  }

  /** Ends it. Nothing was lost or doubled on the way, left unhandled, or asked of the user. */
  async end(): Promise<void> {
    this.contexts.dispose();
    this.witness.store.dispose();
    await new Promise((next) => setTimeout(next, 100));
    process.off('unhandledRejection', this.onRejection);
    assert.deepEqual(this.witness.record.violations, []);
    assert.deepEqual(this.rejections, []);
    assert.deepEqual(this.world.questions, []);
  }
}
