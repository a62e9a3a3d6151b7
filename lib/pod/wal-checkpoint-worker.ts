/** Worker thread: one checkpoint of the database named by workerData. */
import Database from 'better-sqlite3';
import { workerData } from 'node:worker_threads';

const db = new Database(workerData as string);
db.pragma('wal_checkpoint(PASSIVE)');
db.close();
