import { type History } from '../model/ports';
import { type HistoryAnswer, type HistoryQuestion } from '../protocol/history';
import { type Root } from './root';

/** Answers one question about the history of a root; null where Git cannot tell, or the file is not of the root. */
export async function answerHistory(
  { history, pathOf, uriOf }: Pick<Root, 'history' | 'pathOf' | 'uriOf'>,
  question: HistoryQuestion,
): Promise<HistoryAnswer> {
  return (await answer(history, question, pathOf, uriOf)) ?? null;
}

async function answer(
  history: History,
  question: HistoryQuestion,
  pathOf: Root['pathOf'],
  uriOf: Root['uriOf'],
): Promise<Exclude<HistoryAnswer, null> | undefined> {
  switch (question.ask) {
    case 'commit':
      return history.commit(question.name);
    case 'branch-tip':
      return history.branchTip(question.branch);
    case 'tags':
      return history.tags();
    case 'is-ancestor':
      return history.isAncestor(question.commit, question.of);
    case 'blob': {
      const path = pathOf(question.uri);
      return path === undefined ? undefined : history.blob(question.commit, path);
    }
    case 'changed-files':
      return (await history.changedFiles(question.commit))?.map(uriOf);
  }
}
