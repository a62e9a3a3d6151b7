import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { createProcessRunner } from '#linux';
import { createSeccompCompiler } from './compiler.ts';
import { defaultSeccompProfile } from './default-profile.ts';

const directory = await mkdtemp(join(tmpdir(), 'davit-bpf-'));
after(() => rm(directory, { recursive: true }));
const compiler = createSeccompCompiler({ cacheDir: directory, runner: createProcessRunner() });
const soon = { signal: AbortSignal.timeout(30_000) };

/** What the program returns for a call: struct seccomp_data through classic BPF, as the kernel runs it. */
function verdict(program: Buffer, nr: number, audit: number, arg0 = 0n): number {
  const data = Buffer.alloc(64);
  data.writeInt32LE(nr, 0);
  data.writeUInt32LE(audit, 4);
  data.writeBigUInt64LE(arg0, 16);
  let accumulator = 0;
  for (let pc = 0; pc < program.length / 8; pc++) {
    const [code, jt, jf, k] = [program.readUInt16LE(pc * 8), program.readUInt8(pc * 8 + 2), program.readUInt8(pc * 8 + 3), program.readUInt32LE(pc * 8 + 4)];
    const jump = (yes: boolean): void => { pc += yes ? jt : jf; };
    switch (code) {
      case 0x20: accumulator = data.readUInt32LE(k); break;
      case 0x54: accumulator = (accumulator & k) >>> 0; break;
      case 0x05: pc += k; break;
      case 0x15: jump(accumulator === k); break;
      case 0x25: jump(accumulator > k); break;
      case 0x35: jump(accumulator >= k); break;
      case 0x45: jump((accumulator & k) !== 0); break;
      case 0x06: return k;
      default: throw new Error(`instruction ${code.toString(16)}`);
    }
  }
  throw new Error('ran off the end');
}

const [ALLOW, EPERM, ENOSYS, KILL] = [0x7fff0000, 0x50001, 0x50026, 0];
const [X86_64, I386, AARCH64] = [0xc000003e, 0x40000003, 0xc00000b7];
const CLONE_NEWUSER = 0x1000_0000n;

test('the default profile as a program', async () => {
  const program = await compiler.compile(defaultSeccompProfile(), soon);
  const x64: [what: string, nr: number, audit: number, arg0: bigint, expected: number][] = [
    ['read', 0, X86_64, 0n, ALLOW], ['mount', 165, X86_64, 0n, EPERM], ['a call of the future', 9999, X86_64, 0n, ENOSYS], ['one of a 32-bit program', 9999, I386, 0n, ENOSYS], ['one by the x32 numbers', 0x40000000 + 9999, X86_64, 0n, ENOSYS], ['clone3', 435, X86_64, 0n, ENOSYS],
    ['clone of a thread', 56, X86_64, 0x3d0f00n, ALLOW], ['clone with a user namespace', 56, X86_64, CLONE_NEWUSER, EPERM],
    ['an IPv4 socket', 41, X86_64, 2n, ALLOW], ['a vsock socket', 41, X86_64, 40n, EPERM], ['an algorithm socket', 41, X86_64, 38n, EPERM], ['a smc socket', 41, X86_64, 43n, ALLOW],
    ['mount of a 32-bit program', 21, I386, 0n, EPERM], ['read of a 32-bit program', 3, I386, 0n, ALLOW], ['mount by the x32 numbers', 0x40000000 + 165, X86_64, 0n, EPERM], ['read by the x32 numbers', 0x40000000, X86_64, 0n, ALLOW],
    ['another architecture', 0, AARCH64, 0n, KILL],
  ];
  const arm64: typeof x64 = [['read', 63, AARCH64, 0n, ALLOW], ['mount', 40, AARCH64, 0n, EPERM], ['clone3', 435, AARCH64, 0n, ENOSYS], ['a call of the future', 9999, AARCH64, 0n, ENOSYS], ['clone with a user namespace', 220, AARCH64, CLONE_NEWUSER, EPERM], ['another architecture', 0, X86_64, 0n, KILL]];
  for (const [what, nr, audit, arg0, expected] of process.arch === 'arm64' ? arm64 : x64) assert.equal(verdict(program, nr, audit, arg0), expected, what);
});

test('compile() passes on what libseccomp refuses', async () => {
  await assert.rejects(compiler.compile({ defaultAction: 'SCMP_ACT_ALLOW', architectures: ['SCMP_ARCH_PDP11'] }, soon), { code: 'InvalidArgument', message: /seccomp_arch_resolve_name 'pdp11'/ });
});

test('a profile that allows by default allows what it does not know', async () => {
  const program = await compiler.compile({ defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{ names: ['mkdir', 'mkdirat'], action: 'SCMP_ACT_ERRNO' }] }, soon);
  assert.equal(verdict(program, 9999, process.arch === 'arm64' ? AARCH64 : X86_64), ALLOW);
});

test('compile() passes over calls that do not exist here', async () => {
  assert.ok((await compiler.compile({ defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{ names: ['no_such_call', 'mkdir', 'mkdirat'], action: 'SCMP_ACT_ERRNO' }] }, soon)).length > 0);
});
