import { IMAGE_HOSTS } from '../fixtures/images/critest.ts';

/** Text of a registries.conf (version 2) that sends every host of the test images, and further ones, to registries on loopback. */
export function registriesConf(images: string, further: Readonly<Record<string, string>> = {}): string {
  const all = { ...Object.fromEntries(IMAGE_HOSTS.map((host) => [host, images])), ...further };
  return Object.entries(all).map(([host, address]) => [
    '[[registry]]', `prefix = "${host}"`, `location = "${host}"`, '[[registry.mirror]]', `location = "${address}/${host}"`, 'insecure = true', '',
  ].join('\n')).join('\n');
}
