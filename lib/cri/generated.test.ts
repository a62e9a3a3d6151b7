import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

test('generated/ is what scripts/generate-proto.ts makes of proto/, byte for byte', () => {
  const fresh = mkdtempSync(join(tmpdir(), 'davit-proto-'));
  try {
    execFileSync(process.execPath, [join(import.meta.dirname, '../../scripts/generate-proto.ts'), fresh]);
    const committed = join(import.meta.dirname, 'generated');
    assert.deepEqual(readdirSync(fresh).sort(), readdirSync(committed).sort());
    for (const name of readdirSync(fresh)) {
      assert.ok(readFileSync(join(fresh, name)).equals(readFileSync(join(committed, name))), `${name} differs: run npm run generate`);
    }
  } finally {
    rmSync(fresh, { recursive: true });
  }
});
