// The entry of dist/secrets.js: everything about encrypted files that needs a cipher. The extension requires it when a file is
// first opened, so that repositories without secrets never load it.
export { type KeyGroups, type KeyName } from './data-key/key-name';
export { type KeyAccess, type Keyring, type SopsBridge } from './data-key/keyring';
export { declaredIn } from './editing/declared';
export { EditedSecret, type EditResult, type RowEdit } from './editing/edited-secret';
export { KeptText } from './editing/kept-text';
export { type SecretRow } from './editing/rows';
export { describeFault } from './describe-fault';
export { type KeyAttempt, type Outcome, type SecretsFault, type ValueAddress } from './fault';
export { type FluxSecret, fluxSecrets } from './forms/flux-secrets';
export { type CredentialFile, type GitCredentials, gitCredentials } from './forms/git-credentials';
export { secretText } from './forms/secret-text';
export { type KeyWorld } from './keys/key-world';
export { nodeKeyWorld } from './keys/node-world';
export { type SecretStorage, type StoredKey, type StoredKeyIndex, StoredKeys } from './keys/stored-keys';
export { UserKeyring } from './keys/user-keyring';
export { compareFiles, type KeyDifference } from './operations/compare';
export { encryptFile, type EncryptionRule } from './operations/encrypt';
export {
  type ConfigText,
  driftOf,
  readRule,
  type Recipient,
  recipientsOf,
  type RuleReading,
} from './operations/governing-rule';
export { keysOfFile } from './operations/file-keys';
export { openEncrypted } from './operations/open';
export { closeFile, type EncryptedFile, type OpenedFile, readEncrypted } from './operations/opened-file';
export { rotateDataKey } from './operations/rotate';
export { type Change, saveChanges } from './operations/save';
export { type UpdatedKeys, updateKeys } from './operations/update-keys';
export { runProgram } from './program/run-program';
export { SopsProgram } from './program/sops-program';
export { boolValue, floatValue, intValue, type PlainValue, textOf, textValue } from './values/plain-value';
