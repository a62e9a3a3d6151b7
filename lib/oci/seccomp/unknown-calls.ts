/**
 * A profile cannot tell a call that it denies from one that was invented after it: libraries try new calls and fall back on
 * ENOSYS, but take EPERM for the answer (chmod by fchmodat2 fails in new images on an older node). So numbers above all that
 * the profile and libseccomp know get ENOSYS, by a few instructions before the program; runc does the same to its own.
 */

export interface KnownCalls {
  /** The architecture as struct seccomp_data has it (AUDIT_ARCH_…). */
  readonly auditArch: number;
  /** The largest number of a call of the profile. */
  readonly largest: number;
  /** x86-64 only: the same among x32's numbers, which begin at 0x40000000. */
  readonly largestX32?: number;
}

/** Classic BPF, https://docs.kernel.org/networking/filter.html. */
const LOAD = 0x20;
const JUMP = 0x05;
const JUMP_EQ = 0x15;
const JUMP_GT = 0x25;
const JUMP_GE = 0x35;
const RETURN = 0x06;
const OFFSET = { number: 0, arch: 4 } as const;
const X32_BIT = 0x4000_0000;
/** SECCOMP_RET_ERRNO with ENOSYS. */
const RETURN_ENOSYS = 0x0005_0026;

interface Instruction { readonly code: number; readonly jt?: number; readonly jf?: number; readonly k: number }

/** The program behind instructions that answer ENOSYS to unknown numbers of each architecture; others go through to it. */
export function unknownCallsAsEnosys(program: Buffer, known: readonly KnownCalls[]): Buffer {
  if (known.length === 0) return program;
  const blocks = known.map(block);
  const prefix: Instruction[] = [{ code: LOAD, k: OFFSET.arch }];
  let after = blocks.reduce((sum, b) => sum + b.length, 0);
  for (const instructions of blocks) {
    for (const instruction of instructions) {
      after--;
      // Out of the block means to the program, over the blocks that follow.
      prefix.push(instruction.code === JUMP ? { code: JUMP, k: after } : instruction);
    }
  }
  return Buffer.concat([...prefix.map(encode), program]);
}

function block({ auditArch, largest, largestX32 }: KnownCalls): Instruction[] {
  const over = (limit: number): Instruction[] => [{ code: JUMP_GT, jt: 0, jf: 1, k: limit }, { code: RETURN, k: RETURN_ENOSYS }, { code: JUMP, k: 0 }];
  const body = [
    { code: LOAD, k: OFFSET.number },
    ...(largestX32 === undefined ? over(largest) : [{ code: JUMP_GE, jt: over(largest).length, jf: 0, k: X32_BIT }, ...over(largest), ...over(largestX32)]),
  ];
  return [{ code: JUMP_EQ, jt: 0, jf: body.length, k: auditArch }, ...body];
}

/** struct sock_filter, in the byte order of the machines that davit runs on. */
function encode({ code, jt = 0, jf = 0, k }: Instruction): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt8(jt, 2);
  bytes.writeUInt8(jf, 3);
  bytes.writeUInt32LE(k, 4);
  return bytes;
}
