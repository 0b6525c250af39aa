// What `dist/kube.js` offers: required by the extension on first use, alone in tests, and fit for a worker.
export { Contexts, type KnownContext, type KnownContexts } from './connection/contexts';
export { type ConnectionState } from './connection/state';
export { type Failure, type FailureName, type Outcome } from './failure';
export { type ReconcileOptions, type ReconcileStep } from './flux/reconcile';
export { type SuspendNote } from './flux/patches';
export { nodeEnvironment, nodeFiles, nodePrograms, wallClock } from './host';
export {
  type Environment,
  type KubePorts,
  type KubeSettings,
  type PluginQuestion,
  type Prompts,
  type Random,
  type Storage,
  type WallClock,
} from './ports';
export { type NamedRights } from './requests/access-rules';
export { type ObjectEvent } from './requests/events';
export { type ControllerLine, type LogQuery } from './requests/logs';
export { type Deletion } from './requests/objects';
export { type ObjectVerb, Requests } from './requests/requests';
