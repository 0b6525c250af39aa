import {
  addFavorite,
  clearObjectsFilter,
  filterObjects,
  groupObjectsByDependency,
  groupObjectsByKind,
  groupObjectsByNamespace,
  removeFavorite,
} from './arrange-objects';
import { cancelAction } from './cancel-action';
import { type Command } from './command';
import { connect } from './connect';
import { disconnect } from './disconnect';
import { later } from './later';
import { openFile } from './open-file';
import { reconcile, reconcileForce, reconcileReset, reconcileWithSource } from './reconcile-objects';
import { reportIssue } from './report-issue';
import { restartServer } from './restart-server';
import { secretCommands } from './secrets';
import { showGraph } from './show-graph';
import { showLog } from './show-log';
import { showViews } from './show-views';

/** Every command; a test compares their ids with the manifest's. */
export const commands: readonly Command[] = [
  restartServer,
  showGraph,
  showLog,
  showViews,
  reportIssue,
  connect,
  disconnect,
  groupObjectsByKind,
  groupObjectsByNamespace,
  groupObjectsByDependency,
  filterObjects,
  clearObjectsFilter,
  reconcile,
  reconcileWithSource,
  later('fluxwright.suspend'),
  later('fluxwright.resume'),
  cancelAction,
  openFile,
  addFavorite,
  removeFavorite,
  later('fluxwright.revealObject'),
  later('fluxwright.searchObjects'),
  later('fluxwright.isCommitLive'),
  reconcileForce,
  reconcileReset,
  later('fluxwright.bindCluster'),
  later('fluxwright.showBindings'),
  later('fluxwright.forgetBinding'),
  later('fluxwright.reconcileChain'),
  later('fluxwright.reconcileFile'),
  later('fluxwright.reconcileSeveral'),
  later('fluxwright.suspendSeveral'),
  later('fluxwright.resumeSeveral'),
  later('fluxwright.undoSuspensions'),
  later('fluxwright.showEvents'),
  later('fluxwright.showControllerLog'),
  later('fluxwright.stopFollowing'),
  later('fluxwright.showHistory'),
  later('fluxwright.exportYaml'),
  later('fluxwright.traceObject'),
  later('fluxwright.compareWithGit'),
  later('fluxwright.compareAllWithGit'),
  later('fluxwright.deleteObject'),
  later('fluxwright.freezeCluster'),
  later('fluxwright.unfreezeCluster'),
  later('fluxwright.verifyFreeze'),
  later('fluxwright.wayBack'),
  ...secretCommands,
];
