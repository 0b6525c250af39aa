import { type Command } from './command';
import { reportIssue } from './report-issue';
import { restartServer } from './restart-server';
import { showGraph } from './show-graph';
import { showLog } from './show-log';
import { showViews } from './show-views';

/** Every command; a test compares their ids with the manifest's. */
export const commands: readonly Command[] = [restartServer, showGraph, showLog, showViews, reportIssue];
