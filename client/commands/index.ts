import { type Command } from './command';
import { reportIssue } from './report-issue';
import { restartServer } from './restart-server';
import { showLog } from './show-log';
import { showViews } from './show-views';

/** Every command; a test compares their ids with the manifest's. */
export const commands: readonly Command[] = [restartServer, showLog, showViews, reportIssue];
