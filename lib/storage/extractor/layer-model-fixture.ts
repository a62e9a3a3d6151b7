/** A layer in memory: what an archive's entries make, as the image-spec and a container's own root would have it, without a file system. For tests that compare. */
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { EntryFixture } from './archive-fixture.ts';

const MAX_LINKS = 40;
/** What refuses an archive. */
export class Refused extends Error {}

interface Directory { readonly kind: 'directory'; readonly children: Map<string, Node>; attributes: Attributes | undefined }
interface Attributes { readonly mode: number; readonly uid: number; readonly mtime: number }
/** A hard link is the same object again. */
type Leaf = { readonly kind: 'file' | 'fifo' | 'symlink'; readonly text: string } & Attributes;
type Node = Directory | Leaf;

export class LayerModel {
  readonly #root: Directory = directory();

  /** @throws Refused */
  add(entry: EntryFixture): void {
    const names = split(entry.name);
    const attributes = { mode: entry.mode ?? (entry.type === '5' ? 0o755 : 0o644), uid: entry.uid ?? 0, mtime: entry.mtime ?? 0 };
    const name = names.pop();
    if (name === undefined) {
      if (entry.type !== '5') throw new Refused();
      this.#root.attributes = attributes;
    } else if (entry.type === '5') {
      const parent = this.#enter(names, true);
      const there = parent.children.get(name);
      const made = there?.kind === 'directory' ? there : directory();
      made.attributes = attributes;
      parent.children.set(name, made);
    } else if (entry.type === '1') {
      this.#link(split(entry.linkName ?? ''), names, name);
    } else {
      const kind = entry.type === '2' ? 'symlink' : entry.type === '6' ? 'fifo' : 'file';
      this.#enter(names, true).children.set(name, { kind, text: String((kind === 'symlink' ? entry.linkName : entry.data) ?? ''), ...attributes });
    }
  }

  /** Each path with what it is, in order; hard links name the first of their names. */
  lines(): string[] {
    const firsts = new Map<Node, string>();
    const visit = (node: Node, path: string): string[] => {
      const first = firsts.get(node);
      if (node.kind !== 'directory' && first !== undefined) return [`${path} is ${first}`];
      firsts.set(node, path);
      if (node.kind !== 'directory') return [line(path, node.kind, node, node.text)];
      const own = node.attributes ? line(path, 'directory', node.attributes, '') : `${path} directory implied`;
      return [own, ...[...node.children.keys()].sort().flatMap((name) => visit(node.children.get(name) as Node, `${path}/${name}`))];
    };
    return visit(this.#root, '');
  }

  #link(target: string[], names: string[], name: string): void {
    const targetName = target.pop();
    if (targetName === undefined) throw new Refused();
    const from = this.#enter(target, false);
    const to = this.#enter(names, true);
    const node = from.children.get(targetName);
    if (!node || node.kind === 'directory' || (from === to && name === targetName)) throw new Refused();
    // What stands there goes first, and the target may go with it.
    const replaced = to.children.get(name);
    if (replaced?.kind === 'directory' && contains(replaced, from)) throw new Refused();
    to.children.set(name, node);
  }

  /** The directory of a path as a process sees it whose root is the layer. */
  #enter(names: readonly string[], make: boolean): Directory {
    const way = [this.#root];
    const top = (): Directory => way.at(-1) ?? this.#root;
    const absent: string[] = [];
    const pending = names.toReversed();
    for (let links = 0, name = pending.pop(); name !== undefined; name = pending.pop()) {
      const node = absent.length === 0 ? top().children.get(name) : undefined;
      if (name === '..') {
        if (absent.pop() === undefined && way.length > 1) way.pop();
      } else if (node?.kind === 'directory') {
        way.push(node);
      } else if (node?.kind === 'symlink') {
        if (++links > MAX_LINKS) throw new Refused();
        if (node.text.startsWith('/')) way.length = 1;
        pending.push(...node.text.split('/').filter((part) => part !== '' && part !== '.').reverse());
      } else {
        absent.push(name);
      }
    }
    for (const name of absent) {
      if (!make || top().children.has(name)) throw new Refused();
      const made = directory();
      top().children.set(name, made);
      way.push(made);
    }
    return top();
  }
}

/** The same lines of a directory on the disk. @param implied paths of directories that nothing described */
export function linesOnDisk(root: string, implied: readonly string[]): string[] {
  const firsts = new Map<number, string>();
  const visit = (path: string): string[] => {
    const full = join(root, path);
    const stat = lstatSync(full);
    const attributes = { mode: stat.mode & 0o7777, uid: stat.uid, mtime: Math.round(stat.mtimeMs / 1000) };
    if (stat.isDirectory()) {
      const own = implied.includes(path.slice(1)) ? `${path} directory implied` : line(path, 'directory', attributes, '');
      return [own, ...readdirSync(full).sort().flatMap((name) => visit(`${path}/${name}`))];
    }
    const first = firsts.get(stat.ino);
    if (first !== undefined) return [`${path} is ${first}`];
    firsts.set(stat.ino, path);
    if (stat.isSymbolicLink()) return [line(path, 'symlink', attributes, readlinkSync(full))];
    return [line(path, stat.isFIFO() ? 'fifo' : 'file', attributes, stat.isFIFO() ? '' : readFileSync(full, 'utf8'))];
  };
  return visit('');
}

function line(path: string, kind: string, { mode, uid, mtime }: Attributes, text: string): string {
  // A symlink has no mode.
  return `${path} ${kind} ${kind === 'symlink' ? '' : mode.toString(8)} ${uid} ${mtime} ${JSON.stringify(text)}`;
}

function directory(): Directory {
  return { kind: 'directory', children: new Map(), attributes: undefined };
}

function contains(directory: Directory, wanted: Directory): boolean {
  return directory === wanted || [...directory.children.values()].some((child) => child.kind === 'directory' && contains(child, wanted));
}

function split(name: string): string[] {
  const names = name.split('/').filter((part) => part !== '' && part !== '.');
  if (names.includes('..')) throw new Refused();
  return names;
}
