/** An image's configuration in the spelling of the image-spec (config.md), for `crictl inspecti`. */
import type { OciImageConfig } from '#image';

/** What the image does not say is left out. */
export function toImageConfigJson(image: OciImageConfig): Readonly<Record<string, unknown>> {
  return withoutEmpty({
    created: image.created,
    architecture: image.architecture,
    os: image.os,
    config: withoutEmpty({
      User: image.user,
      ExposedPorts: asSet(image.exposedPorts),
      Env: image.env,
      Entrypoint: image.entrypoint,
      Cmd: image.cmd,
      Volumes: asSet(image.volumes),
      WorkingDir: image.workingDir,
      Labels: image.labels,
      StopSignal: image.stopSignal,
    }),
    rootfs: { type: 'layers', diff_ids: image.diffIDs },
  });
}

function asSet(names: readonly string[]): Record<string, object> {
  return Object.fromEntries(names.map((name) => [name, {}]));
}

function withoutEmpty(fields: Readonly<Record<string, string | readonly string[] | Readonly<Record<string, unknown>>>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => (typeof value === 'string' ? value !== '' : Object.keys(value).length > 0)));
}
