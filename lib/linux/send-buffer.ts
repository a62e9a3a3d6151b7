import { check, native } from './libc.ts';

// https://man7.org/linux/man-pages/man7/socket.7.html
const SOL_SOCKET = 1;
const SO_SNDBUF = 7;
const SO_SNDBUFFORCE = 32;

const setsockopt5 = native('setsockopt', 'int', ['int', 'int', 'int', 'const uint8_t *', 'uint']);

/**
 * Makes room for at least `bytes` between a write to the socket `fd` and the other end's reading; as much as the host allows everybody (net.core.wmem_max) where more is
 * not allowed to us. Node has it for datagrams only.
 * @throws Error with `.code`: 'EBADF' or 'ENOTSOCK'
 */
export function setSendBuffer(fd: number, bytes: number): void {
  const value = Buffer.alloc(4);
  value.writeInt32LE(bytes);
  if (setsockopt5()(fd, SOL_SOCKET, SO_SNDBUFFORCE, value, value.length) < 0) check(setsockopt5()(fd, SOL_SOCKET, SO_SNDBUF, value, value.length), 'setsockopt', `descriptor ${fd}`);
}
