import { type FilePath } from '../model/file-path';
import { type Files, type History } from '../model/ports';
import { type Judge } from '../rules/judge';
import { type WorkspaceSchemas } from '../workspace/schemas';
import { type Workspace } from '../workspace/workspace';
import { type Revisions } from './revisions';

/** One folder that is analysed as a whole, or the place of documents outside all of them. */
export interface Root {
  /** URI of the folder as the client spells it, without a `/` at the end; empty for documents outside every root. */
  readonly uri: string;
  readonly workspace: Workspace;
  readonly judge: Judge;
  readonly files: Files;
  readonly schemas: WorkspaceSchemas;
  /** Adds the descriptions of Kubernetes' own kinds to `schemas`; they are loaded by the first call. */
  readonly describeKinds: () => void;
  /** The repository as it was at a commit. */
  readonly at: Revisions;
  readonly history: History;
  /** False outside every root: documents are then judged by their own text alone. */
  readonly links: boolean;
  /** undefined for a URI that is not below this root. */
  readonly pathOf: (uri: string) => FilePath | undefined;
  readonly uriOf: (path: FilePath) => string;
}
