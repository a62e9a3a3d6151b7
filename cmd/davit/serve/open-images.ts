import { join } from 'node:path';
import { createImages, loadRegistriesConf, type Images } from '#image';
import type { ProcessRunner } from '#linux';
import type { Logger } from '#log';
import type { Storage } from '#storage';
import { durationMs } from '../config/duration.ts';
import type { Config } from '../config/schema.ts';
import { imageEnvironment, policyFile, type Environment } from './image-environment.ts';
import { pullLimits } from './pull-limits.ts';

/** The images over an open storage, as the configuration says. The caller disposes them before the storage. @param runner runs credential helpers. */
export async function openImages({ crio, image }: Pick<Config, 'crio' | 'image'>, storage: Storage, runner: ProcessRunner, log: Logger, env: Environment): Promise<Images> {
  const registries = await (image.registries_conf_dir === '' ? loadRegistriesConf(image.registries_conf) : loadRegistriesConf(image.registries_conf, image.registries_conf_dir));
  return createImages({
    storage, registries: { ...registries, shortNameMode: image.short_name_mode }, pinned: image.pinned_images, log, ...imageEnvironment(image.global_auth_file, env, runner), limits: pullLimits(image), signaturePolicy: policyFile(image.signature_policy),
    namespaces: { policies: image.signature_policy_dir, credentials: image.namespaced_auth_dir },
    partials: { directory: join(crio.root, 'partials'), maxTotalBytes: image.pull_resume_size, minFetchMs: durationMs(image.pull_resume_after) },
  });
}
