import { posix } from 'node:path';
import ts from 'typescript';
import type { SourceFile } from './sources.ts';

/**
 * A door (lib/x/index.ts) lists each export by name (a file of types may leave whole), and what it lists has a docstring where it is declared.
 * @param files the doors and every file that they may name. @returns one line for each export without, and for each `export *`
 */
export function checkDoors(files: readonly SourceFile[]): string[] {
  const sources = new Map(files.map((file) => [file.path, ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true)]));
  return files.filter((file) => /^lib\/[^/]+\/index\.ts$/.test(file.path)).flatMap((door) => doorComplaints(door.path, sources));
}

function doorComplaints(path: string, sources: ReadonlyMap<string, ts.SourceFile>): string[] {
  const door = sources.get(path);
  if (door === undefined) return [];
  return door.statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement)) return isUndocumented(statement, door) ? [`${path}: a declaration without a docstring: ${firstLine(statement)}`] : [];
    if (statement.exportClause === undefined) return statement.isTypeOnly ? [] : [`${path}: lists nothing by name: ${firstLine(statement)}`];
    if (!ts.isNamedExports(statement.exportClause)) return [];
    return statement.exportClause.elements.flatMap((element) => exportComplaint(path, statement, (element.propertyName ?? element.name).text, sources));
  });
}

function exportComplaint(path: string, statement: ts.ExportDeclaration, name: string, sources: ReadonlyMap<string, ts.SourceFile>): string[] {
  if (statement.moduleSpecifier === undefined || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
  const source = sources.get(posix.join(posix.dirname(path), statement.moduleSpecifier.text));
  const declaration = source?.statements.find((s) => declaredNames(s).includes(name));
  if (source === undefined || declaration === undefined) return [];
  return isUndocumented(declaration, source) ? [`${source.fileName}: "${name}" leaves by the door without a docstring`] : [];
}

function declaredNames(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map((d) => d.name.getText());
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return [statement.name?.text ?? ''];
  return [];
}

/** Types whose names say it all may go without: the rule is for what is called. */
function isUndocumented(statement: ts.Statement, source: ts.SourceFile): boolean {
  if (!ts.isFunctionDeclaration(statement) && !ts.isClassDeclaration(statement)) return false;
  if (!statement.modifiers?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword)) return false;
  return !(ts.getLeadingCommentRanges(source.text, statement.pos) ?? []).some((range) => source.text.startsWith('/**', range.pos));
}

function firstLine(node: ts.Node): string {
  return node.getText().split('\n')[0] ?? '';
}
