/** Rows of images.db and the records they stand for. */
import type { Database } from 'better-sqlite3';
import type { ImageRecord } from '../api.ts';

export interface LayerRecord { readonly chainID: string; readonly diffID: string; readonly digest: string; readonly diskBytes: number; readonly inodes: number }

interface ImageRow { id: string; manifest_digest: string; size_bytes: number; created_at_ms: number; pinned: number; config: Uint8Array }
interface LayerRow { chain_id: string; diff_id: string; digest: string; disk_bytes: number; inodes: number }

export function readImages(database: Database): ImageRecord[] {
  const names = grouped(database, 'SELECT image_id AS id, name AS value FROM names ORDER BY name');
  const digests = grouped(database, 'SELECT image_id AS id, reference AS value FROM digests ORDER BY reference');
  const chains = grouped(database, 'SELECT image_id AS id, chain_id AS value FROM image_layers ORDER BY image_id, position');
  return (database.prepare('SELECT * FROM images ORDER BY created_at_ms, id').all() as ImageRow[]).map((row) => ({
    id: row.id, names: names.get(row.id) ?? [], digests: digests.get(row.id) ?? [], chainIDs: chains.get(row.id) ?? [],
    sizeBytes: row.size_bytes, config: row.config, manifestDigest: row.manifest_digest, createdAtMs: row.created_at_ms, pinned: row.pinned !== 0,
  }));
}

export function readLayers(database: Database): LayerRecord[] {
  return (database.prepare('SELECT * FROM layers').all() as LayerRow[])
    .map((row) => ({ chainID: row.chain_id, diffID: row.diff_id, digest: row.digest, diskBytes: row.disk_bytes, inodes: row.inodes }));
}

/** Writes an image whole, with the names it takes from others. Its layers must be recorded. */
export function writeImage(database: Database, image: ImageRecord): void {
  database.prepare(`INSERT INTO images (id, manifest_digest, size_bytes, created_at_ms, pinned, config) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET manifest_digest = excluded.manifest_digest, size_bytes = excluded.size_bytes, pinned = excluded.pinned, config = excluded.config`)
    .run(image.id, image.manifestDigest, image.sizeBytes, image.createdAtMs, image.pinned ? 1 : 0, Buffer.from(image.config));
  replaceAll(database, 'names', 'name', image.id, image.names);
  replaceAll(database, 'digests', 'reference', image.id, image.digests);
  database.prepare('DELETE FROM image_layers WHERE image_id = ?').run(image.id);
  const link = database.prepare('INSERT INTO image_layers (image_id, position, chain_id) VALUES (?, ?, ?)');
  image.chainIDs.forEach((chainID, position) => link.run(image.id, position, chainID));
}

export function writeLayer(database: Database, layer: LayerRecord): void {
  database.prepare('INSERT OR REPLACE INTO layers (chain_id, diff_id, digest, disk_bytes, inodes) VALUES (?, ?, ?, ?, ?)').run(layer.chainID, layer.diffID, layer.digest, layer.diskBytes, layer.inodes);
}

export function deleteLayers(database: Database, chainIDs: readonly string[]): void {
  const statement = database.prepare('DELETE FROM layers WHERE chain_id = ?');
  for (const chainID of chainIDs) statement.run(chainID);
}

export function writeManifest(database: Database, digest: string, data: Uint8Array): void {
  database.prepare('INSERT OR REPLACE INTO blobs (digest, data) VALUES (?, ?)').run(digest, Buffer.from(data));
}

/** An image that goes, or has another manifest now, leaves the one it had to nobody. */
export function deleteUnnamedManifests(database: Database): void {
  database.exec('DELETE FROM blobs WHERE digest NOT IN (SELECT manifest_digest FROM images)');
}

function replaceAll(database: Database, table: 'names' | 'digests', column: 'name' | 'reference', id: string, values: readonly string[]): void {
  database.prepare(`DELETE FROM ${table} WHERE image_id = ?`).run(id);
  const insert = database.prepare(`INSERT OR REPLACE INTO ${table} (${column}, image_id) VALUES (?, ?)`);
  for (const value of values) insert.run(value, id);
}

function grouped(database: Database, query: string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { id, value } of database.prepare(query).all() as { id: string; value: string }[]) {
    const group = groups.get(id);
    if (group) group.push(value);
    else groups.set(id, [value]);
  }
  return groups;
}
