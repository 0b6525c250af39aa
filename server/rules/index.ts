import { yamlDuplicateKey } from './yaml/yaml-duplicate-key';
import { yamlSyntax } from './yaml/yaml-syntax';
import { yamlUnquotedTemplate } from './yaml/yaml-unquoted-template';
import { k8sMissingIdentity } from './schema/k8s-missing-identity';
import { schemaEnum } from './schema/schema-enum';
import { schemaMissingRequired } from './schema/schema-missing-required';
import { schemaNameInvalid } from './schema/schema-name-invalid';
import { schemaPattern } from './schema/schema-pattern';
import { schemaStatusInGit } from './schema/schema-status-in-git';
import { schemaType } from './schema/schema-type';
import { schemaUnknownField } from './schema/schema-unknown-field';
import { schemaUnknownKind } from './schema/schema-unknown-kind';
import { fluxApiDeprecated } from './api/flux-api-deprecated';
import { fluxApiRemoved } from './api/flux-api-removed';
import { fluxApiTooNew } from './api/flux-api-too-new';
import { fluxApiTypo } from './api/flux-api-typo';
import { k8sApiDeprecated } from './api/k8s-api-deprecated';
import { k8sApiRemoved } from './api/k8s-api-removed';
import { refChartNotFound } from './reference/ref-chart-not-found';
import { refDependsOnCrossKind } from './reference/ref-depends-on-cross-kind';
import { refDependsOnDuplicate } from './reference/ref-depends-on-duplicate';
import { refDependsOnNotFound } from './reference/ref-depends-on-not-found';
import { refDependsOnOtherEnv } from './reference/ref-depends-on-other-env';
import { refDependsOnSuspended } from './reference/ref-depends-on-suspended';
import { refImageRepositoryNotFound } from './reference/ref-image-repository-not-found';
import { refImageSource } from './reference/ref-image-source';
import { refProviderNotFound } from './reference/ref-provider-not-found';
import { refSecretKeys } from './reference/ref-secret-keys';
import { refSecretNotFound } from './reference/ref-secret-not-found';
import { refSourceKind } from './reference/ref-source-kind';
import { refSourceNotFound } from './reference/ref-source-not-found';
import { refSourceWrongNamespace } from './reference/ref-source-wrong-namespace';
import { configurationInvalid } from './configuration/configuration-invalid';
import { fileUnreadable } from './yaml/file-unreadable';
import { yamlTooLarge } from './yaml/yaml-too-large';
import { ksOrphanManifest } from './kustomization/ks-orphan-manifest';
import { graphCycle } from './graph/graph-cycle';
import { graphSelfDependency } from './graph/graph-self-dependency';
import { ksPathCase } from './kustomization/ks-path-case';
import { ksPathEmpty } from './kustomization/ks-path-empty';
import { ksPathEscapes } from './kustomization/ks-path-escapes';
import { ksPathFile } from './kustomization/ks-path-file';
import { ksPathIgnored } from './kustomization/ks-path-ignored';
import { ksPathMissing } from './kustomization/ks-path-missing';
import { ksPathNotFound } from './kustomization/ks-path-not-found';
import { ksPathOverlap } from './kustomization/ks-path-overlap';
import { kustomizeBuildFails } from './kustomize/kustomize-build-fails';
import { kustomizeDirNoKustomization } from './kustomize/kustomize-dir-no-kustomization';
import { kustomizeFileIsKustomization } from './kustomize/kustomize-file-is-kustomization';
import { kustomizeResourceMissing } from './kustomize/kustomize-resource-missing';
import { type Rule } from './rule';
import { sopsConfigInvalid } from './sops/sops-config-invalid';
import { sopsConfigKeyGroupsAndFlat } from './sops/sops-config-key-groups-and-flat';
import { sopsConfigRegex } from './sops/sops-config-regex';
import { sopsConfigRuleShadowed } from './sops/sops-config-rule-shadowed';
import { sopsConfigSelectorConflict } from './sops/sops-config-selector-conflict';
import { sopsConfigUnusedRule } from './sops/sops-config-unused-rule';
import { sopsDecryptedCopy } from './sops/sops-decrypted-copy';
import { sopsDecryptionMissing } from './sops/sops-decryption-missing';
import { sopsGeneratorWithoutDecryption } from './sops/sops-generator-without-decryption';
import { sopsInUnsupportedPlace } from './sops/sops-in-unsupported-place';
import { sopsGeneratorKeyExtension } from './sops/sops-generator-key-extension';
import { sopsMacEmpty } from './sops/sops-mac-empty';
import { sopsMetadataMissing } from './sops/sops-metadata-missing';
import { sopsMissingEncryptedRegex } from './sops/sops-missing-encrypted-regex';
import { sopsOldVersion } from './sops/sops-old-version';
import { sopsPartialEncryption } from './sops/sops-partial-encryption';
import { sopsPlainSecret } from './sops/sops-plain-secret';
import { sopsPrivateKeyCommitted } from './sops/sops-private-key-committed';
import { sopsRecipientInvalid } from './sops/sops-recipient-invalid';
import { sopsRecipientsDiffer } from './sops/sops-recipients-differ';
import { sopsRuleNotApplied } from './sops/sops-rule-not-applied';
import { sopsValueFormat } from './sops/sops-value-format';
import { substInvalidName } from './substitution/subst-invalid-name';
import { substSyntax } from './substitution/subst-syntax';
import { substUndefined } from './substitution/subst-undefined';

/** Every rule, by family. Adding one takes its file, a line here and a folder of fixtures in test/rules. */
export const rules: readonly Rule[] = [
  configurationInvalid,
  fileUnreadable,
  yamlDuplicateKey,
  yamlSyntax,
  yamlTooLarge,
  yamlUnquotedTemplate,
  k8sMissingIdentity,
  schemaEnum,
  schemaMissingRequired,
  schemaNameInvalid,
  schemaPattern,
  schemaStatusInGit,
  schemaType,
  schemaUnknownField,
  schemaUnknownKind,
  fluxApiDeprecated,
  fluxApiRemoved,
  fluxApiTooNew,
  fluxApiTypo,
  k8sApiDeprecated,
  k8sApiRemoved,
  refChartNotFound,
  refDependsOnCrossKind,
  refDependsOnDuplicate,
  refDependsOnNotFound,
  refDependsOnOtherEnv,
  refDependsOnSuspended,
  refImageRepositoryNotFound,
  refImageSource,
  refProviderNotFound,
  refSecretKeys,
  refSecretNotFound,
  refSourceKind,
  refSourceNotFound,
  refSourceWrongNamespace,
  graphCycle,
  graphSelfDependency,
  ksOrphanManifest,
  ksPathCase,
  ksPathEmpty,
  ksPathEscapes,
  ksPathFile,
  ksPathIgnored,
  ksPathMissing,
  ksPathNotFound,
  ksPathOverlap,
  kustomizeBuildFails,
  kustomizeDirNoKustomization,
  kustomizeFileIsKustomization,
  kustomizeResourceMissing,
  substInvalidName,
  substSyntax,
  substUndefined,
  sopsConfigInvalid,
  sopsConfigKeyGroupsAndFlat,
  sopsConfigRegex,
  sopsConfigRuleShadowed,
  sopsConfigSelectorConflict,
  sopsConfigUnusedRule,
  sopsDecryptedCopy,
  sopsMacEmpty,
  sopsMetadataMissing,
  sopsMissingEncryptedRegex,
  sopsOldVersion,
  sopsPartialEncryption,
  sopsDecryptionMissing,
  sopsGeneratorWithoutDecryption,
  sopsInUnsupportedPlace,
  sopsGeneratorKeyExtension,
  sopsPlainSecret,
  sopsPrivateKeyCommitted,
  sopsRecipientInvalid,
  sopsRecipientsDiffer,
  sopsRuleNotApplied,
  sopsValueFormat,
];
