/** Images: references, registries.conf, credentials, the registry client, manifests and the pull. */
export type { LoadedImage, LoadRequest } from './archive/loads.ts';
export type { HelperRunner } from './credentials/credential-helper.ts';
export type { AuthConfig } from './credentials/credential.ts';
export { createImages } from './images.ts';
export type { FilesystemInfo, Images, ImagesOptions } from './images.ts';
export type { ImageView } from './image-view.ts';
export { DEFAULT_PULL_LIMITS } from './limits.ts';
export type { PullLimits } from './limits.ts';
export type { OciImageConfig } from './manifest/image-config.ts';
export type { LayerProgress, PullProgress } from './pull/progress.ts';
export { formatReference, parseReference, repositoryOf } from './reference.ts';
export type { Reference } from './reference.ts';
export type { PolicyFile } from './signature/load-policy.ts';
export type { ProxySettings } from './registry/proxy.ts';
export { loadRegistriesConf } from './registries/load-registries.ts';
export { EMPTY_REGISTRIES } from './registries/registries-config.ts';
export type { MirrorRule, PullFromMirror, RegistriesConfig, RegistryRule, ShortNameMode } from './registries/registries-config.ts';
