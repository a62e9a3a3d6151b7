import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { BLOCK_BYTES, BlockPool } from './block-pool.ts';
import { BodyBlocks } from './body-blocks.ts';

/** A few numbers that look like chance, the same each time. */
function* sizes(most: number): Generator<number, never> {
  for (let state = 7; ; state = (state * 16_807) % 2_147_483_647) yield 1 + state % most;
}

for (const [name, most] of [['small', 20_000], ['large', BLOCK_BYTES]] as const) {
  test(`BodyBlocks hands on what came in ${name} pieces, in order, and changes nothing that was just taken`, () => {
    const blocks = new BodyBlocks(new BlockPool());
    const [size, turn] = [sizes(most), sizes(5)];
    const memories = new Set<ArrayBufferLike>();
    let [sent, seen] = [0, 0];
    let held: { bytes: Buffer; copy: Buffer } | undefined;
    for (let n = 0; n < 5000; n++) {
      if (!blocks.isFull && turn.next().value > 2) {
        const room = blocks.room();
        memories.add(room.buffer);
        const bytes = room.subarray(0, size.next().value);
        bytes.fill(sent++ & 0xff);
        blocks.arrived(bytes);
        continue;
      }
      if (held) assert.ok(held.bytes.equals(held.copy));
      const bytes = blocks.take();
      held = bytes && { bytes, copy: Buffer.from(bytes) };
      // Pieces may have been joined: each number follows the one before.
      for (const byte of bytes ?? []) { if (byte !== (seen & 0xff)) seen++; assert.equal(byte, seen & 0xff); }
    }
    assert.ok(sent > 1000);
    assert.ok(memories.size <= 3, `${memories.size} blocks`);
  });
}

test('BodyBlocks takes pieces from elsewhere, and a little after it is full', () => {
  const blocks = new BodyBlocks(new BlockPool());
  blocks.arrived(Buffer.from('first'));
  blocks.arrived(blocks.room().fill('x'));
  assert.ok(blocks.isFull);
  blocks.arrived(Buffer.from('last'));
  assert.equal(blocks.take()?.toString(), 'first' + 'x'.repeat(BLOCK_BYTES - 5));
  assert.equal(blocks.isFull, false);
  assert.equal(blocks.take()?.toString(), 'last');
  assert.equal(blocks.take(), undefined);
});
