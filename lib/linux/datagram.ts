import { closeSync } from 'node:fs';
import { constants } from 'node:os';
import { check, native, systemError } from './libc.ts';

const AF_UNIX = 1;
const SOCK_DGRAM = 2;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const MSG_NOSIGNAL = 0x4000;
/** sizeof(sun_path), https://man7.org/linux/man-pages/man7/unix.7.html. */
const PATH_BYTES = 108;

const socket3 = native('socket', 'int', ['int', 'int', 'int']);
const sendto6 = native('sendto', 'long', ['int', 'const uint8_t *', 'size_t', 'int', 'const uint8_t *', 'uint']);

/**
 * Sends one datagram to a unix socket without waiting; a leading '@' stands for the abstract namespace. Node has no datagram unix sockets.
 * @throws Error with `.code`: 'ENOENT' or 'ECONNREFUSED' when nobody listens, 'EAGAIN' when the receiver is full.
 */
export function sendDatagram(path: string, text: string): void {
  const address = unixAddress(path);
  const data = Buffer.from(text);
  const fd = check(socket3()(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), 'socket', path);
  try {
    check(sendto6()(fd, data, data.length, MSG_NOSIGNAL, address, address.length), 'sendto', path);
  } finally {
    closeSync(fd);
  }
}

/** A sockaddr_un. @throws Error EINVAL when `path` does not fit into one. */
export function unixAddress(path: string): Buffer {
  const name = Buffer.from(path.replace(/^@/, '\0'));
  if (name.length === 0 || name.length >= PATH_BYTES || name.includes(0, 1)) throw systemError('sendto', constants.errno.EINVAL, path);
  const family = Buffer.alloc(2);
  family.writeUInt16LE(AF_UNIX);
  // A path ends with a NUL that is counted; an abstract name ends where the address ends.
  return Buffer.concat([family, name, Buffer.alloc(name[0] === 0 ? 0 : 1)]);
}
