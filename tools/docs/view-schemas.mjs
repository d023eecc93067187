#!/usr/bin/env node
// @ts-check
// Writes the JSON Schemas of the edge's responses other than command replies, from the types of the contracts: node tools/docs/view-schemas.mjs
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as contracts from '@wabus/contracts';
import ts from 'typescript';
import { ROOT } from '../install.mjs';
import { askCompiler } from '../sdk/compiler.questions.mjs';
import { settled } from './formatting.mjs';

const FILE = join(ROOT, 'libs', 'contracts', 'src', 'docs', 'view-schemas.catalog.ts');
const HEAD = '// @generated from the types of the contracts by tools/docs/view-schemas.mjs: do not edit.\n';
/** Written by hand, because their types contain the payloads of all events. */
const WRITTEN = new Set(['EventEnvelope', 'EventDelivery']);
/** Types of the MCP specification. */
const FOREIGN = new Set(['JSONRPCResponse']);

/** Returns the names of the types with which routes respond, from the route table. @returns {string[]} */
export function answeredTypes() {
  const named = contracts.EDGE_ROUTES.flatMap(({ reply }) => (reply && 'type' in reply && reply.type ? [reply.type] : []));
  return [...new Set(named)].filter(type => !FOREIGN.has(type)).sort();
}

/** Generates the contents of the file. @returns {Promise<string>} */
export async function viewSchemas() {
  const types = answeredTypes();
  const { checker, typeNamed } = declaredTypes(types);
  const writer = new SchemaWriter(checker);
  const answers = Object.fromEntries(types.map((type, i) => [type, writer.schemaOf(typeNamed(`Answer${i}`))]));
  const components = Object.fromEntries([...writer.components].sort(([a], [b]) => (a < b ? -1 : 1)));
  const text = `${HEAD}import type { JsonSchema } from './async-api.types.js';

/** The schemas of responses of routes without a command, by the type in their row. */
export const VIEW_SCHEMAS: Readonly<Record<string, JsonSchema>> = ${JSON.stringify(answers)};

/** The schemas to which these refer. */
export const VIEW_COMPONENTS: Readonly<Record<string, JsonSchema>> = ${JSON.stringify(components)};
`;
  return settled(FILE, text);
}

/** Writes JSON Schemas for types; named types become components. */
class SchemaWriter {
  /** @type {Map<string, object>} */
  components = new Map();

  /** @param {ts.TypeChecker} checker */
  constructor(checker) {
    this.checker = checker;
  }

  /** @param {ts.Type} type @returns {object} */
  schemaOf(type) {
    const { flags } = type;
    const written = [type.aliasSymbol, type.symbol].find(symbol => symbol && WRITTEN.has(symbol.name));
    if (written) return { $ref: `#/components/schemas/${written.name}` };
    if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {};
    if (flags & ts.TypeFlags.Null) return { type: 'null' };
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if (flags & ts.TypeFlags.BooleanLiteral) return { const: this.checker.typeToString(type) === 'true' };
    if (flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
    if (flags & (ts.TypeFlags.StringLike | ts.TypeFlags.TemplateLiteral)) return { type: 'string' };
    if (flags & ts.TypeFlags.NumberLike) return { type: 'number' };
    if (type.isUnion()) return this.unionOf(type);
    if (type.isIntersection()) return this.intersectionOf(type);
    if (isForeign(type)) return type.symbol.name === 'Date' ? { type: 'string', format: 'date-time' } : { type: 'object' };
    return this.named(type) ?? this.objectOf(type);
  }

  /** @param {ts.UnionType} union */
  unionOf(union) {
    const parts = union.types.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined));
    const name = nameOf(union);
    const isFlag = parts.filter(({ flags }) => flags & ts.TypeFlags.BooleanLiteral).length === 2;
    const others = parts.filter(({ flags }) => !(isFlag && flags & ts.TypeFlags.BooleanLiteral));
    const literals = others.filter(part => part.isStringLiteral()).map(part => /** @type {ts.StringLiteralType} */ (part).value);
    const rest = others.filter(part => !part.isStringLiteral()).map(part => this.schemaOf(part));
    const all = [
      ...(isFlag ? [{ type: 'boolean' }] : []),
      ...(literals.length > 0 ? [{ type: 'string', enum: literals.sort() }] : []),
      ...rest
    ];
    const schema = all.length === 1 ? /** @type {object} */ (all[0]) : { anyOf: all };
    if (name === null || literals.length !== parts.length) return schema;
    this.components.set(name, schema);
    return { $ref: `#/components/schemas/${name}` };
  }

  /** Returns the schema of a branded string, or of several object types combined. @param {ts.IntersectionType} intersection */
  intersectionOf(intersection) {
    const text = intersection.types.find(({ flags }) => flags & ts.TypeFlags.StringLike);
    return text ? { type: 'string' } : (this.named(intersection) ?? this.objectOf(intersection));
  }

  /** @param {ts.Type} type */
  named(type) {
    const name = nameOf(type);
    if (name === null || this.checker.isArrayType(type) || this.checker.isTupleType(type)) return null;
    if (!this.components.has(name)) {
      this.components.set(name, {});
      this.components.set(name, this.objectOf(type));
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  /** @param {ts.Type} type @returns {object} */
  objectOf(type) {
    const { checker } = this;
    if (checker.isArrayType(type) || checker.isTupleType(type)) {
      const [item] = checker.getTypeArguments(/** @type {ts.TypeReference} */ (type));
      return { type: 'array', items: item ? this.schemaOf(item) : {} };
    }
    const index = checker.getIndexInfoOfType(type, ts.IndexKind.String);
    /** @type {Record<string, object>} */
    const properties = {};
    const required = [];
    for (const symbol of checker.getPropertiesOfType(type)) {
      const propertyType = checker.getTypeOfSymbol(symbol);
      if (propertyType.getCallSignatures().length > 0) continue;
      const description = ts.displayPartsToString(symbol.getDocumentationComment(checker)).replaceAll(/\s+/g, ' ').trim();
      const schema = this.schemaOf(propertyType);
      properties[symbol.name] = description && !('$ref' in schema) ? { ...schema, description } : schema;
      const mayMiss = propertyType.isUnion() && propertyType.types.some(({ flags }) => flags & ts.TypeFlags.Undefined);
      if (!(symbol.flags & ts.SymbolFlags.Optional) && !mayMiss) required.push(symbol.name);
    }
    return {
      type: 'object',
      ...(Object.keys(properties).length > 0 ? { properties } : {}),
      ...(required.length > 0 ? { required } : {}),
      ...(index ? { additionalProperties: this.schemaOf(index.type) } : {})
    };
  }
}

/** Returns the name of a type in the document; `null` if it has none of its own. @param {ts.Type} type */
function nameOf(type) {
  const { aliasSymbol, aliasTypeArguments, symbol } = type;
  if (aliasSymbol) return aliasTypeArguments ? null : ofContracts(aliasSymbol);
  const { typeArguments = [] } = /** @type {{ typeArguments?: readonly ts.Type[] }} */ (type);
  return symbol && typeArguments.length === 0 && !symbol.name.startsWith('__') ? ofContracts(symbol) : null;
}

/** Whether a type is from another package. The contracts describe types of Baileys and other packages only as objects. @param {ts.Type} type */
function isForeign({ aliasSymbol, symbol }) {
  if (aliasSymbol || !symbol || symbol.name.startsWith('__') || symbol.name === 'Array' || symbol.name === 'ReadonlyArray') return false;
  return ofContracts(symbol) === null;
}

/** @param {ts.Symbol} symbol */
function ofContracts(symbol) {
  const [declaration] = symbol.declarations ?? [];
  const file = declaration?.getSourceFile().fileName ?? '';
  return /\/(libs\/contracts|@wabus\/contracts)\//.test(file) ? symbol.name : null;
}

/** @param {string[]} types */
function declaredTypes(types) {
  const names = [...new Set(types.flatMap(type => type.match(/\b[A-Z]\w+/g) ?? []))];
  const questions = `import type { ${names.join(', ')} } from '@wabus/contracts';\n${types
    .map((type, i) => `export type Answer${i} = ${type};`)
    .join('\n')}`;
  return askCompiler('view-questions.ts', questions);
}

/** Writes the file, or with `check` returns whether it is up to date. @param {{ check?: boolean }} [options] */
export async function writeViewSchemas({ check = false } = {}) {
  const text = await viewSchemas();
  if (check) return existsSync(FILE) && readFileSync(FILE, 'utf8') === text;
  writeFileSync(FILE, text);
  return true;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await writeViewSchemas();
