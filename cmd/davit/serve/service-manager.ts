/** Telling the service manager how far we are: sd_notify(3). */
import { errorText } from '#errors';
import { sendDatagram } from '#linux';
import type { Logger } from '#log';

export interface ServiceManager {
  /** Clients can connect. */
  ready(): void;
  stopping(): void;
}

/** @param socket NOTIFY_SOCKET; nobody is told when it is undefined. A manager that does not listen is a line in the log. */
export function createServiceManager(socket: string | undefined, log: Logger): ServiceManager {
  const tell = (state: string): void => {
    if (socket === undefined || socket === '') return;
    try {
      sendDatagram(socket, state);
    } catch (error) {
      log.warn('service manager cannot be told', { socket, state, error: errorText(error) });
    }
  };
  return { ready: () => tell('READY=1'), stopping: () => tell('STOPPING=1') };
}
