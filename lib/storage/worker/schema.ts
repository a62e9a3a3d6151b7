/** images.db. One version; another one is an error, never a guess. */
import Database from 'better-sqlite3';
import { FailedPreconditionError } from '#errors';

export const SCHEMA_VERSION = 1;
/** How long a reader of another process (sqlite3 on the command line) may hold us up. */
const BUSY_TIMEOUT_MS = 5000;

const SCHEMA = `
CREATE TABLE images (
  id TEXT PRIMARY KEY, manifest_digest TEXT NOT NULL, size_bytes INTEGER NOT NULL, created_at_ms INTEGER NOT NULL, pinned INTEGER NOT NULL, config BLOB NOT NULL
) STRICT;
CREATE TABLE names (name TEXT PRIMARY KEY, image_id TEXT NOT NULL REFERENCES images (id) ON DELETE CASCADE) STRICT;
CREATE TABLE digests (reference TEXT PRIMARY KEY, image_id TEXT NOT NULL REFERENCES images (id) ON DELETE CASCADE) STRICT;
CREATE TABLE layers (chain_id TEXT PRIMARY KEY, diff_id TEXT NOT NULL, digest TEXT NOT NULL, disk_bytes INTEGER NOT NULL, inodes INTEGER NOT NULL) STRICT;
CREATE TABLE image_layers (
  image_id TEXT NOT NULL REFERENCES images (id) ON DELETE CASCADE, position INTEGER NOT NULL, chain_id TEXT NOT NULL REFERENCES layers (chain_id), PRIMARY KEY (image_id, position)
) STRICT;
CREATE TABLE blobs (digest TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT;
`;

/** Opens or makes the database. The caller closes it. @throws FailedPreconditionError for a version that is not ours. */
export function openDatabase(file: string): Database.Database {
  const database = new Database(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    const version = database.pragma('user_version', { simple: true });
    if (version === 0) database.transaction(() => { database.exec(SCHEMA); database.pragma(`user_version = ${SCHEMA_VERSION}`); })();
    else if (version !== SCHEMA_VERSION) throw new FailedPreconditionError(`open '${file}': its version is ${String(version)}, this davit reads version ${SCHEMA_VERSION}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
