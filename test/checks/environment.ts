import ts from 'typescript';
import { isTest } from './sources.ts';
import type { SourceFile } from './sources.ts';

/** Only cmd reads the environment: a lib takes what it needs as an argument. @returns one line for each place in lib that reads it */
export function checkEnvironment(files: readonly SourceFile[]): string[] {
  return files.filter((file) => file.path.startsWith('lib/') && !isTest(file.path)).flatMap((file) => {
    const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
    return placesOf(source).map((node) => `${file.path}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1} reads the environment: only cmd may`);
  });
}

function placesOf(source: ts.SourceFile): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (isProcessEnv(node) || isEnvImport(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isProcessEnv(node: ts.Node): boolean {
  return ts.isPropertyAccessExpression(node) && node.name.text === 'env' && ts.isIdentifier(node.expression) && node.expression.text === 'process'
    && !isParameter(node, 'process');
}

/** An OCI process is called `process`, too. */
function isParameter(node: ts.Node, name: string): boolean {
  for (let scope: ts.Node | undefined = node; scope !== undefined; scope = scope.parent as ts.Node | undefined) {
    if (ts.isFunctionLike(scope) && scope.parameters.some((parameter) => parameter.name.getText() === name)) return true;
  }
  return false;
}

/** `import { env } from 'node:process'`. */
function isEnvImport(node: ts.Node): boolean {
  return ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier) && node.moduleSpecifier.text === 'node:process'
    && (node.importClause?.namedBindings?.getText().includes('env') ?? false);
}
