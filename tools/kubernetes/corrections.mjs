// @ts-check
// Facts that the generated client loses. Definition names are those of the client (`V1PodSpec`), without their API
// version where a fact holds in all of them.

/** `Definition.field`, whose text is a quantity: the client calls them strings. */
export const quantities = new Set([
  'CSIStorageCapacity.capacity',
  'CSIStorageCapacity.maximumVolumeSize',
  'CapacityRequestPolicy.default',
  'CapacityRequestPolicy.validValues',
  'CapacityRequestPolicyRange.max',
  'CapacityRequestPolicyRange.min',
  'CapacityRequestPolicyRange.step',
  'CapacityRequirements.requests',
  'ContainerStatus.allocatedResources',
  'Counter.value',
  'DeviceCapacity.value',
  'DeviceRequestAllocationResult.consumedCapacity',
  'EmptyDirVolumeSource.sizeLimit',
  'LimitRangeItem.default',
  'LimitRangeItem.defaultRequest',
  'LimitRangeItem.max',
  'LimitRangeItem.maxLimitRequestRatio',
  'LimitRangeItem.min',
  'MetricTarget.averageValue',
  'MetricTarget.value',
  'MetricValueStatus.averageValue',
  'MetricValueStatus.value',
  'NodeAllocatableResourceClaimStatus.resources',
  'NodeAllocatableResourceMapping.allocationMultiplier',
  'NodeStatus.allocatable',
  'NodeStatus.capacity',
  'Overhead.podFixed',
  'PersistentVolumeClaimStatus.allocatedResources',
  'PersistentVolumeClaimStatus.capacity',
  'PersistentVolumeSpec.capacity',
  'PodSpec.overhead',
  'PodStatus.allocatedResources',
  'ResourceFieldSelector.divisor',
  'ResourceQuotaSpec.hard',
  'ResourceQuotaStatus.hard',
  'ResourceQuotaStatus.used',
  'ResourceRequirements.limits',
  'ResourceRequirements.requests',
  'VolumeResourceRequirements.limits',
  'VolumeResourceRequirements.requests',
]);

/** Lists that server-side apply merges by key (Kubernetes 1.36 OpenAPI); two items with one key are refused. */
export const listMapKeys = {
  'PodSpec.containers': ['name'],
  'PodSpec.initContainers': ['name'],
  'PodSpec.ephemeralContainers': ['name'],
  'PodSpec.volumes': ['name'],
  'PodSpec.hostAliases': ['ip'],
  'PodSpec.imagePullSecrets': ['name'],
  'PodSpec.topologySpreadConstraints': ['topologyKey', 'whenUnsatisfiable'],
  'PodSpec.resourceClaims': ['name'],
  'PodSpec.schedulingGates': ['name'],
  'Container.env': ['name'],
  'Container.ports': ['containerPort', 'protocol'],
  'Container.volumeMounts': ['mountPath'],
  'Container.volumeDevices': ['devicePath'],
  'EphemeralContainer.env': ['name'],
  'EphemeralContainer.ports': ['containerPort', 'protocol'],
  'EphemeralContainer.volumeMounts': ['mountPath'],
  'EphemeralContainer.volumeDevices': ['devicePath'],
  'ResourceRequirements.claims': ['name'],
  'ServiceSpec.ports': ['port', 'protocol'],
  'ServiceAccount.secrets': ['name'],
  'ObjectMeta.ownerReferences': ['uid'],
  'MutatingWebhookConfiguration.webhooks': ['name'],
  'ValidatingWebhookConfiguration.webhooks': ['name'],
};

/** Defaults that take part in the keys above. */
export const defaults = { 'ContainerPort.protocol': 'TCP', 'ServicePort.protocol': 'TCP' };

/**
 * Declared as required, but the API server takes the zero value for a missing one: nothing in its validation refuses
 * an unset flag or an empty list of drivers.
 */
export const notEnforced = new Set([
  'CustomResourceDefinitionVersion.served',
  'CustomResourceDefinitionVersion.storage',
  'ISCSIPersistentVolumeSource.lun',
  'ISCSIVolumeSource.lun',
  'ControllerRevision.revision',
  'DaemonEndpoint.Port',
  'CSINodeSpec.drivers',
  'ResourcePool.generation',
  'SleepAction.seconds',
  'Event.metadata',
  'Event.involvedObject',
  'Event.eventTime',
  'CSIDriver.spec',
  'DeviceClass.spec',
]);

/** Free-form places (`any` in the client); a name says which definition stands there instead. */
export const freeForm = {
  'AllocatedDeviceStatus.data': true,
  'ControllerRevision.data': true,
  'CustomResourceSubresources.status': true,
  'JSONSchemaProps.additionalItems': true,
  'JSONSchemaProps.additionalProperties': true,
  'JSONSchemaProps.default': true,
  'JSONSchemaProps.dependencies': true,
  'JSONSchemaProps.enum': true,
  'JSONSchemaProps.example': true,
  'JSONSchemaProps.items': 'V1JSONSchemaProps',
  'ManagedFieldsEntry.fieldsV1': true,
  'OpaqueDeviceConfiguration.parameters': true,
  'PodGroupSchedulingPolicy.basic': true,
  'StorageVersion.spec': true,
};
