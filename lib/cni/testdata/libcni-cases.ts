/** Networks, wishes and plugins' answers for the comparison with libcni. */
import type { Attachment } from '../types.ts';

export interface LibcniCase {
  readonly name: string;
  /** By path below the configuration directory; the network is called golden. */
  readonly files: Readonly<Record<string, unknown>>;
  readonly wishes?: Partial<Attachment>;
  /** What cnitool is given for the wishes: capability arguments in the form of CNI's CONVENTIONS.md. */
  readonly capabilityArgs?: Readonly<Record<string, unknown>>;
  /** Of both plugins, or of one by its name; '' prints nothing but {}. */
  readonly answer?: unknown;
  readonly answers?: Readonly<Record<string, unknown>>;
}

const INTERFACES = [{ name: 'br0', mac: '02:00:00:00:00:0a' }, { name: 'eth0', mac: '02:00:00:00:00:01', sandbox: '/run/x' }];
const V4 = { interface: 1, address: '10.9.0.5/24', gateway: '10.9.0.1' };
const V6 = { interface: 1, address: 'fd09::5/64', gateway: 'fd09::1' };
const ROUTES = [{ dst: '0.0.0.0/0' }, { dst: '10.10.0.0/16', gw: '10.9.0.254' }];
const DNS = { nameservers: ['10.9.0.1'], domain: 'a.b', search: ['c.d'], options: ['ndots:2'] };

const NEW = { cniVersion: '1.0.0', interfaces: INTERFACES, ips: [V4, V6], routes: ROUTES, dns: DNS };
const NEWEST = {
  cniVersion: '1.1.0', interfaces: [{ ...INTERFACES[0], mtu: 1450 }, { ...INTERFACES[1], socketPath: '/run/s', pciID: '0000:00:1f.6' }], ips: [V4],
  routes: [{ dst: '0.0.0.0/0', mtu: 1400, advmss: 1300, priority: 10, table: 100, scope: 0 }], dns: DNS,
};
const LISTS = { cniVersion: '0.4.0', interfaces: INTERFACES, ips: [{ version: '4', ...V4 }, { version: '6', ...V6 }], routes: ROUTES, dns: DNS };
const OLD = { cniVersion: '0.2.0', ip4: { ip: '10.9.0.5/24', gateway: '10.9.0.1', routes: ROUTES }, ip6: { ip: 'fd09::5/64', gateway: 'fd09::1', routes: [{ dst: '::/0' }] }, dns: DNS };
const SMALL = { cniVersion: '1.0.0', interfaces: [INTERFACES[1]], ips: [{ interface: 0, address: '10.9.0.5/24' }] };

const list = (members: object): Readonly<Record<string, unknown>> => ({ '10.conflist': { cniVersion: '1.0.0', name: 'golden', plugins: [{ type: 'recorder' }, { type: 'recorder2' }], ...members } });
const capable = (...capabilities: string[]): object => ({ plugins: [{ type: 'recorder' }, { type: 'recorder2', capabilities: Object.fromEntries(capabilities.map((name) => [name, true])) }] });

const PORTS = [{ hostPort: 8080, containerPort: 80, protocol: 'tcp' }, { hostPort: 53, containerPort: 5353, protocol: 'udp', hostIP: '192.0.2.1' }, { hostPort: 7, containerPort: 7, protocol: 'sctp', hostIP: '::1' }];
const PORT_WISHES: Partial<Attachment> = {
  portMappings: [
    { hostPort: 8080, containerPort: 80, protocol: 'TCP' }, { hostPort: 0, containerPort: 81, protocol: 'tcp' }, { hostPort: 53, containerPort: 5353, protocol: 'udp', hostIp: '192.0.2.1' },
    { hostPort: 7, containerPort: 7, protocol: 'SCTP', hostIp: '::1' },
  ],
};
const DNS_WISH = { servers: ['10.0.0.10'], searches: ['ns.svc.cluster.local'], options: ['ndots:5'] };
const RANGES = [[{ subnet: '10.1.0.0/24', rangeStart: '10.1.0.9', rangeEnd: '10.1.0.99', gateway: '10.1.0.1' }], [{ subnet: 'fd01::/64' }]];
const ANNOTATIONS = { 'a.b/c': 'd', empty: '', 'quote"': '<&>\u2028 ü' };

const CAPABILITIES: readonly LibcniCase[] = [
  { name: 'portMappings', files: list(capable('portMappings')), wishes: PORT_WISHES, capabilityArgs: { portMappings: PORTS } },
  { name: 'bandwidth', files: list(capable('bandwidth')), wishes: { bandwidth: { ingressRate: 1e6, ingressBurst: 2e6, egressRate: 3e6, egressBurst: 4e6 } }, capabilityArgs: { bandwidth: { ingressRate: 1e6, ingressBurst: 2e6, egressRate: 3e6, egressBurst: 4e6 } } },
  {
    name: 'bandwidth from annotations', files: list(capable('bandwidth')), wishes: { podAnnotations: { 'kubernetes.io/ingress-bandwidth': '10M', 'kubernetes.io/egress-bandwidth': '1Gi' } },
    capabilityArgs: { bandwidth: { ingressRate: 1e7, ingressBurst: 1e7, egressRate: 2 ** 30, egressBurst: 2 ** 30 } },
  },
  { name: 'dns', files: list(capable('dns')), wishes: { dns: DNS_WISH }, capabilityArgs: { dns: DNS_WISH } },
  { name: 'ipRanges', files: list(capable('ipRanges')), wishes: { ipRanges: RANGES }, capabilityArgs: { ipRanges: RANGES } },
  { name: 'mac', files: list(capable('mac')), wishes: { mac: '02:00:00:00:00:09' }, capabilityArgs: { mac: '02:00:00:00:00:09' } },
  { name: 'ips', files: list(capable('ips')), wishes: { ips: ['10.9.0.77/24', 'fd09::77/64'] }, capabilityArgs: { ips: ['10.9.0.77/24', 'fd09::77/64'] } },
  { name: 'aliases', files: list(capable('aliases')), wishes: { aliases: ['db', 'cache'] }, capabilityArgs: { aliases: ['db', 'cache'] } },
  { name: 'cgroupPath', files: list(capable('cgroupPath')), wishes: { cgroupPath: '/kubepods/burstable/pod1' }, capabilityArgs: { cgroupPath: '/kubepods/burstable/pod1' } },
  { name: 'pod annotations', files: list(capable('io.kubernetes.cri.pod-annotations')), wishes: { podAnnotations: ANNOTATIONS }, capabilityArgs: { 'io.kubernetes.cri.pod-annotations': ANNOTATIONS } },
  {
    name: 'every capability at once, for one plugin', files: list(capable('portMappings', 'bandwidth', 'dns', 'ipRanges', 'mac', 'ips', 'aliases', 'cgroupPath', 'io.kubernetes.cri.pod-annotations')),
    wishes: { ...PORT_WISHES, bandwidth: { ingressRate: 1e6, ingressBurst: 2e6 }, dns: DNS_WISH, ipRanges: RANGES, mac: '02:00:00:00:00:09', ips: ['10.9.0.77/24'], aliases: ['db'], cgroupPath: '/k', podAnnotations: ANNOTATIONS },
    capabilityArgs: { portMappings: PORTS, bandwidth: { ingressRate: 1e6, ingressBurst: 2e6 }, dns: DNS_WISH, ipRanges: RANGES, mac: '02:00:00:00:00:09', ips: ['10.9.0.77/24'], aliases: ['db'], cgroupPath: '/k', 'io.kubernetes.cri.pod-annotations': ANNOTATIONS },
  },
  { name: 'capabilities that are declared and not wished for', files: list(capable('portMappings', 'dns')) },
  { name: 'wishes that no plugin declares', files: list({}), wishes: { ...PORT_WISHES, dns: DNS_WISH }, capabilityArgs: { portMappings: PORTS, dns: DNS_WISH } },
  { name: 'a capability that is declared as false', files: list({ plugins: [{ type: 'recorder', capabilities: { dns: false, mac: true } }] }), wishes: { dns: DNS_WISH, mac: '02:00:00:00:00:09' }, capabilityArgs: { dns: DNS_WISH, mac: '02:00:00:00:00:09' } },
  { name: 'unknown capabilities, and null ones', files: list({ plugins: [{ type: 'recorder', capabilities: { nobody: true } }, { type: 'recorder2', capabilities: null }] }), wishes: { mac: '02:00:00:00:00:09' }, capabilityArgs: { mac: '02:00:00:00:00:09' } },
  { name: 'a runtimeConfig in the configuration', files: list({ plugins: [{ type: 'recorder', runtimeConfig: { mac: 'x', own: 1 }, capabilities: { mac: true } }, { type: 'recorder2', runtimeConfig: { own: 1 } }] }), wishes: { mac: '02:00:00:00:00:09' }, capabilityArgs: { mac: '02:00:00:00:00:09' } },
];

const FORMS: readonly LibcniCase[] = [
  { name: '.conflist with one plugin', files: list({ plugins: [{ type: 'recorder' }] }) },
  { name: '.conf', files: { '10.conf': { cniVersion: '1.0.0', name: 'golden', type: 'recorder', capabilities: { dns: true } } }, wishes: { dns: DNS_WISH }, capabilityArgs: { dns: DNS_WISH } },
  { name: '.json', files: { '10.json': { cniVersion: '0.4.0', name: 'golden', type: 'recorder' } }, answer: LISTS },
  { name: 'several files, the first by name', files: { ...list({}), '05.conf': { cniVersion: '1.0.0', name: 'other', type: 'recorder2' }, '20.conflist': { cniVersion: '1.0.0', name: 'golden', plugins: [{ type: 'recorder2' }] } } },
  { name: 'members that nobody knows, of every type', files: list({ plugins: [{ type: 'recorder', a: [1, 'x', null, { b: true }], n: 1e21, f: 0.1, big: 9007199254740993, neg: -0.5, s: '<&>"\\ ü\u2028', o: {}, e: [], nul: null }] }) },
  { name: 'a plugin\'s own name and version give way to the list\'s', files: list({ plugins: [{ type: 'recorder', name: 'own', cniVersion: '0.1.0' }, { type: 'recorder2', prevResult: { own: true } }] }) },
  { name: 'ipam, args and dns members', files: list({ plugins: [{ type: 'recorder', ipam: { type: 'host-local', ranges: [[{ subnet: '10.9.0.0/24' }]] }, args: { cni: { ips: ['1.2.3.4'] } }, dns: { nameservers: ['1.1.1.1'] } }] }) },
  { name: 'the same plugin twice', files: list({ plugins: [{ type: 'recorder', n: 1 }, { type: 'recorder', n: 2 }] }) },
  { name: 'plugins from beside the list, after its own', files: { ...list({ plugins: [{ type: 'recorder' }] }), 'golden/10.conf': { type: 'recorder2', capabilities: { mac: true } }, 'golden/20.conf': { type: 'recorder', n: 2 } }, wishes: { mac: '02:00:00:00:00:09' }, capabilityArgs: { mac: '02:00:00:00:00:09' } },
  { name: 'plugins from beside the list alone', files: { '10.conflist': { cniVersion: '1.0.0', name: 'golden' }, 'golden/10.conf': { type: 'recorder2' }, 'golden/20.conflist': { type: 'nobody' }, 'golden/30.json': { type: 'nobody' } } },
  { name: 'loadOnlyInlinedPlugins', files: { ...list({ loadOnlyInlinedPlugins: true }), 'golden/10.conf': { type: 'nobody' } } },
  { name: 'loadOnlyInlinedPlugins as a string', files: { ...list({ loadOnlyInlinedPlugins: 'true' }), 'golden/10.conf': { type: 'nobody' } } },
  { name: 'disableCheck', files: list({ disableCheck: true }) },
  { name: 'disableCheck as a string', files: list({ disableCheck: 'True' }) },
  { name: 'disableGC', files: list({ cniVersion: '1.1.0', disableGC: true }), answer: NEWEST },
  { name: 'disableGC as a string that says no', files: list({ cniVersion: '1.1.0', disableGC: 'false' }), answer: NEWEST },
];

const VERSIONS: readonly LibcniCase[] = [
  ...['0.1.0', '0.2.0'].map((version): LibcniCase => ({ name: `version ${version}`, files: list({ cniVersion: version }), answer: { ...OLD, cniVersion: version } })),
  ...['0.3.0', '0.3.1', '0.4.0'].map((version): LibcniCase => ({ name: `version ${version}`, files: list({ cniVersion: version }), answer: { ...LISTS, cniVersion: version } })),
  { name: 'version 1.0.0', files: list({}), answer: NEW },
  { name: 'version 1.1.0, every member of its results', files: list({ cniVersion: '1.1.0' }), answer: NEWEST },
  { name: 'no version', files: { '10.conflist': { name: 'golden', plugins: [{ type: 'recorder' }, { type: 'recorder2' }] } }, answer: { ip4: { ip: '10.9.0.5/24' } } },
  { name: 'the newest known of cniVersions', files: list({ cniVersion: '0.3.1', cniVersions: ['0.4.0', '9.0.0', '1.1.0', '1.0.0'] }), answer: NEWEST },
  { name: 'cniVersions alone', files: { '10.conflist': { cniVersions: ['0.4.0', '0.3.1'], name: 'golden', plugins: [{ type: 'recorder' }] } }, answer: LISTS },
  { name: 'a result without a version', files: list({}), answer: { interfaces: INTERFACES, ips: [V4] } },
  { name: 'an empty result', files: list({}), answer: {} },
  { name: 'a result that the second plugin changes', files: list({}), answers: { recorder: NEW, recorder2: SMALL } },
  { name: 'results without interfaces, without routes', files: list({}), answer: { cniVersion: '1.0.0', ips: [{ address: '10.9.0.5/24' }] } },
  { name: 'an empty dns in the result', files: list({}), answer: { ...SMALL, dns: {} } },
  ...([
    ['1.0.0', '0.4.0', LISTS], ['1.0.0', '0.2.0', OLD], ['0.4.0', '1.0.0', NEW], ['0.3.1', '0.2.0', OLD], ['1.1.0', '1.0.0', NEW], ['1.0.0', '1.1.0', NEWEST], ['0.4.0', '0.1.0', { ...OLD, cniVersion: '0.1.0' }], ['0.3.0', '1.1.0', NEWEST],
  ] as const).map(([version, answered, answer]): LibcniCase => ({ name: `a request of ${version} that is answered in ${answered}`, files: list({ cniVersion: version }), answer })),
];

export const LIBCNI_CASES: readonly LibcniCase[] = [...CAPABILITIES, ...FORMS, ...VERSIONS].map((one) => ({ answer: SMALL, ...one }));
