// @ts-check
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../install.mjs';

/**
 * Lets the compiler resolve the types that a text declares, as if the text were a file of the SDK.
 * @param {string} name the name of that file, which is never written
 * @param {string} text exports the types to resolve
 * @returns {{ checker: ts.TypeChecker, typeNamed: (name: string) => ts.Type }}
 * @throws {Error} with the compiler's messages if the text does not compile
 */
export function askCompiler(name, text) {
  const path = join(ROOT, 'libs', 'sdk', name);
  const options = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    strict: true,
    skipLibCheck: true,
    types: ['node']
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = file => file === path || fileExists.call(host, file);
  host.getSourceFile = (file, ...rest) =>
    file === path ? ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true) : getSourceFile.call(host, file, ...rest);
  const program = ts.createProgram([path], options, host);
  const source = /** @type {ts.SourceFile} */ (program.getSourceFile(path));
  const problems = ts.getPreEmitDiagnostics(program, source);
  if (problems.length > 0) throw new Error(ts.formatDiagnostics(problems, host));
  const checker = program.getTypeChecker();
  const exported = checker.getExportsOfModule(/** @type {ts.Symbol} */ (checker.getSymbolAtLocation(source)));
  const typeNamed = (/** @type {string} */ typeName) =>
    checker.getDeclaredTypeOfSymbol(/** @type {ts.Symbol} */ (exported.find(symbol => symbol.name === typeName)));
  return { checker, typeNamed };
}
