import * as vscode from 'vscode';
import { issueUrl } from '../issue-url';
import { fluxVersion } from '../language/status-text';
import { type Command } from './command';

export const reportIssue: Command = {
  id: 'fluxwright.reportIssue',
  run: async ({ extension, server }) => {
    const { version, bugs } = extension.packageJSON as { version: string; bugs: { url: string } };
    const fluxVersions = [...server.status().clusters.values()].flat().map(fluxVersion);
    const url = issueUrl(bugs.url, {
      Fluxwright: version,
      'VS Code': vscode.version,
      'Node.js': process.versions.node,
      Platform: `${process.platform} ${process.arch}`,
      Host: `${vscode.env.appHost}${vscode.env.remoteName === undefined ? '' : `, ${vscode.env.remoteName}`}`,
      'Language server': server.status().state.kind,
      Flux: [...new Set(fluxVersions)].join(', ') || 'none found',
    });
    await vscode.env.openExternal(vscode.Uri.parse(url, true));
  },
};
