import * as vscode from 'vscode';
import type * as Kube from '../../kube/kube';
import { asksForName } from '../../status/binding/production';
import { type Slices } from '../../status/slices';
import { logText } from './log-text';
import { contextRules, watchedNamespaces } from './settings';

const prefix = 'kube:';

/**
 * The ports of `client/kube` over the editor: what is remembered stays on this machine, since none of its keys is given to
 * `setKeysForSync`.
 */
export function kubePorts(
  kube: Pick<typeof Kube, 'nodeEnvironment' | 'nodeFiles' | 'nodePrograms' | 'wallClock'>,
  memory: vscode.Memento,
  log: vscode.LogOutputChannel,
  slices: Slices,
): Kube.KubePorts {
  const { remoteName } = vscode.env;
  return {
    environment: kube.nodeEnvironment(remoteName === undefined ? 'this machine' : `the remote machine (${remoteName})`),
    files: kube.nodeFiles,
    programs: kube.nodePrograms,
    clock: kube.wallClock,
    random: Math.random,
    slices,
    storage: {
      get(key) {
        const value = memory.get<unknown>(prefix + key);
        return typeof value === 'string' ? value : undefined;
      },
      set: async (key, value) => memory.update(prefix + key, value),
    },
    prompts: { allowPlugin },
    settings: {
      namespaces: () => watchedNamespaces(),
      isReadOnly: (context) => asksForName(context, contextRules().readOnly),
    },
    log: { write: (level, message, fields) => log[level](logText(message, fields)) },
  };
}

async function allowPlugin({ context, command, args, variables }: Kube.PluginQuestion): Promise<boolean> {
  const allow = 'Run and Remember';
  const set = variables.length === 0 ? '' : `\nwith ${variables.join(', ')} set by the kubeconfig`;
  const detail = `${[command, ...args].join(' ')}${set}\n\nThe kubeconfig names this program. It runs with your rights on this machine.`;
  const message = `Context ${context} runs a program to log in.`;
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, allow)) === allow;
}
