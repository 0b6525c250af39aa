// A bundle of its own (tools/build.mjs), required when the first of these commands runs.
import { type Command } from '../command';
import { bindCluster } from './bind-cluster';
import { revealObject, searchLiveObjects } from './find-objects';
import { isCommitLive } from './is-commit-live';
import { compareAllWithGit } from './compare-all';
import { compareWithGit } from './compare-with-git';
import { deleteObject } from './delete-object';
import { exportYaml } from './export-yaml';
import { forgetBinding, showBindings } from './show-bindings';
import { stopFollowing } from './follow-log';
import { freezeCluster } from './freeze-cluster';
import { reconcileChain } from './reconcile-chain';
import { reconcileFile } from './reconcile-file';
import { reconcileSeveral, resumeSeveral, suspendSeveral } from './several';
import { resume } from './resume-object';
import { showControllerLog } from './show-controller-log';
import { showEvents } from './show-events';
import { showHistory } from './show-history';
import { suspend } from './suspend-object';
import { traceObject } from './trace-object';
import { undoSuspensions, unfreezeCluster } from './undo';
import { verifyFreeze } from './verify-freeze';
import { wayBack } from './way-back';

/** The commands of this bundle by their ids. */
export const clusterCommands: ReadonlyMap<Command['id'], Command['run']> = new Map([
  ['fluxwright.bindCluster', bindCluster],
  ['fluxwright.isCommitLive', isCommitLive],
  ['fluxwright.revealObject', revealObject],
  ['fluxwright.searchObjects', searchLiveObjects],
  ['fluxwright.showBindings', showBindings],
  ['fluxwright.forgetBinding', forgetBinding],
  ['fluxwright.reconcileChain', reconcileChain],
  ['fluxwright.reconcileFile', reconcileFile],
  ['fluxwright.reconcileSeveral', reconcileSeveral],
  [suspend.id, suspend.run],
  [resume.id, resume.run],
  ['fluxwright.suspendSeveral', suspendSeveral],
  ['fluxwright.resumeSeveral', resumeSeveral],
  ['fluxwright.undoSuspensions', undoSuspensions],
  ['fluxwright.showEvents', showEvents],
  ['fluxwright.showControllerLog', showControllerLog],
  ['fluxwright.stopFollowing', stopFollowing],
  ['fluxwright.showHistory', showHistory],
  ['fluxwright.exportYaml', exportYaml],
  ['fluxwright.traceObject', traceObject],
  ['fluxwright.compareWithGit', compareWithGit],
  ['fluxwright.compareAllWithGit', compareAllWithGit],
  ['fluxwright.deleteObject', deleteObject],
  ['fluxwright.freezeCluster', freezeCluster],
  ['fluxwright.unfreezeCluster', unfreezeCluster],
  ['fluxwright.verifyFreeze', verifyFreeze],
  ['fluxwright.wayBack', wayBack],
]);
