// @ts-check
import ts from 'typescript';

/** The JSON codec's forms of values that JSON does not have, by type name. */
const JSON_FORMS = new Map([
  ['Uint8Array', 'BytesJson'],
  ['Buffer', 'BytesJson'],
  ['ArrayBuffer', 'BytesJson'],
  ['Long', 'number | string'],
  ['Date', 'string'],
  ['Error', 'ErrorJson'],
  ['Boom', 'ErrorJson']
]);

/**
 * Prints types in their JSON form: bytes, 64-bit numbers, times and errors in the form of the codec, without functions. Each named type becomes
 * a separate declaration, so that the printed text depends on no other package.
 */
export class JsonTypePrinter {
  /** @type {Map<string, { key: unknown, text: string }>} by name, in the order in which they were met */
  declarations = new Map();

  /**
   * @param {ts.TypeChecker} checker
   * @param {(owner: string, field: string) => string} meaningOf returns the description of a field of a class; empty if there is none
   */
  constructor(checker, meaningOf) {
    this.checker = checker;
    this.meaningOf = meaningOf;
  }

  /** Returns the text of a type. @param {ts.Type} type @returns {string} */
  text(type) {
    const { flags } = type;
    if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return 'unknown';
    if (flags & ts.TypeFlags.Never) return 'never';
    if (flags & ts.TypeFlags.Void) return 'void';
    if (flags & ts.TypeFlags.Undefined) return 'undefined';
    if (flags & ts.TypeFlags.Null) return 'null';
    if (flags & ts.TypeFlags.BigIntLike) return 'number | string';
    if (flags & ts.TypeFlags.EnumLike && type.isUnion()) return this.enumeration(type.symbol);
    if (type.isUnion()) return this.union(type);
    if (type.isStringLiteral()) return JSON.stringify(type.value);
    if (type.isNumberLiteral()) return String(type.value);
    if (flags & ts.TypeFlags.BooleanLiteral) return this.checker.typeToString(type);
    if (flags & (ts.TypeFlags.StringLike | ts.TypeFlags.TemplateLiteral)) return 'string';
    if (flags & ts.TypeFlags.NumberLike) return 'number';
    if (flags & ts.TypeFlags.BooleanLike) return 'boolean';
    if (flags & ts.TypeFlags.NonPrimitive) return 'Record<string, unknown>';
    if (type.isIntersection()) {
      if (type.types.some(part => part.flags & ts.TypeFlags.Void)) return 'void';
      const simple = type.types.find(part => part.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike));
      if (simple) return this.text(simple);
    }
    return this.object(type);
  }

  /** @param {ts.UnionType} type */
  union(type) {
    const alias = type.aliasSymbol;
    const isNamed = alias !== undefined && type.aliasTypeArguments === undefined && !isOfTypeScript(alias);
    if (isNamed) {
      return this.declared(alias, name => `export type ${name} = ${this.members(type)};`);
    }
    return this.members(type);
  }

  /** @param {ts.UnionType} type */
  members(type) {
    /** @type {Set<string>} */
    const texts = new Set();
    const isBoolean = type.types.filter(part => part.flags & ts.TypeFlags.BooleanLiteral).length === 2;
    for (const part of type.types) {
      if (part.flags & ts.TypeFlags.Undefined || isFunction(part)) continue;
      if (isBoolean && part.flags & ts.TypeFlags.BooleanLiteral) texts.add('boolean');
      else if (part.flags & ts.TypeFlags.EnumLiteral) texts.add(this.enumMember(part, type));
      else if (isEmpty(part, this.checker)) texts.add('Record<string, never>');
      else texts.add(this.text(part));
    }
    // The two types of a long integer's JSON form.
    if (texts.has('number | string')) ['number', 'string'].forEach(text => texts.delete(text));
    if (texts.has('unknown')) return 'unknown';
    // Sorted, so that the order does not depend on the compiler; `null` comes last.
    const sorted = [...texts].sort((a, b) => Number(a === 'null') - Number(b === 'null') || Number(a) - Number(b) || (a < b ? -1 : 1));
    return sorted.join(' | ') || 'undefined';
  }

  /** Returns the whole enumeration if all its members are present, otherwise the value. @param {ts.Type} member @param {ts.UnionType} union */
  enumMember(member, union) {
    const parent = /** @type {{ parent?: ts.Symbol }} */ (/** @type {unknown} */ (member.symbol)).parent;
    const siblings = parent?.exports?.size ?? 0;
    const present = union.types.filter(
      part => part.symbol !== undefined && parentOf(part.symbol) === parent && part.flags & ts.TypeFlags.EnumLiteral
    );
    return parent && present.length === siblings ? this.enumeration(parent) : this.valueOf(member);
  }

  /** @param {ts.Type} member */
  valueOf(member) {
    return JSON.stringify(/** @type {ts.LiteralType} */ (member).value);
  }

  /** @param {ts.Symbol} symbol */
  enumeration(symbol) {
    return this.declared(symbol, name => {
      const members = [...(symbol.exports?.values() ?? [])].map(member => ({
        name: member.name,
        value: this.valueOf(this.checker.getDeclaredTypeOfSymbol(member))
      }));
      const values = [...new Set(members.map(({ value }) => value))];
      const legend = members
        .filter(({ name, value }) => value !== JSON.stringify(name))
        .map(member => `${member.value} \`${member.name}\``)
        .join(', ');
      return `${legend ? `/** ${legend}. */\n` : ''}export type ${name} = ${values.join(' | ')};`;
    });
  }

  /** @param {ts.Type} type @returns {string} */
  object(type) {
    const { checker } = this;
    if (checker.isTupleType(type))
      return `[${checker
        .getTypeArguments(/** @type {ts.TypeReference} */ (type))
        .map(item => this.text(item))
        .join(', ')}]`;
    if (checker.isArrayType(type)) return `(${this.text(argumentOf(type, 0, checker))})[]`;
    const symbol = type.symbol;
    const known = symbol && JSON_FORMS.get(symbol.name);
    if (known) return known;
    if (symbol?.name === 'Set') return `(${this.text(argumentOf(type, 0, checker))})[]`;
    if (symbol?.name === 'Map') return `Record<string, ${this.text(argumentOf(type, 1, checker))}>`;
    const alias = type.aliasSymbol;
    const [partOf] = type.aliasTypeArguments ?? [];
    if (alias?.name === 'Partial' && partOf) return `Partial<${this.text(partOf)}>`;
    if (alias && !type.aliasTypeArguments && !isOfTypeScript(alias)) return this.named(alias, type);
    const isNamed = symbol !== undefined && (symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class)) !== 0;
    const reference = /** @type {ts.TypeReference} */ (type);
    const isGeneric = (reference.typeArguments ?? []).some(argument => !('isThisType' in argument));
    if (isNamed && !isGeneric) return this.named(symbol, type);
    const fields = this.fields(type).replaceAll('\n', ' ');
    return fields === '' ? 'unknown' : `{ ${fields} }`;
  }

  /** @param {ts.Symbol} symbol @param {ts.Type} type */
  named(symbol, type) {
    return this.declared(symbol, name => {
      const fields = this.fields(type);
      return fields === '' ? `export type ${name} = Record<string, unknown>;` : `export interface ${name} {\n${fields}\n}`;
    });
  }

  /** @param {ts.Symbol} symbol @param {(name: string) => string} declare */
  declared(symbol, declare) {
    const origin = qualifiedName(symbol);
    const name = nameFor(origin);
    const known = this.declarations.get(name);
    if (known && known.key !== symbol) throw new Error(`two types are called ${name}`);
    if (known) return name;
    const entry = { key: /** @type {unknown} */ (symbol), text: '' };
    // Set before its fields are printed, because they may refer back to it.
    this.declarations.set(name, entry);
    const text = declare(name);
    const said = docOf(symbol, this.checker) || (text.startsWith('/**') ? '' : `The JSON form of \`${origin}\`.`);
    entry.text = said ? `${comment(said)}\n${text.replace(/^\/\*\* .*? \*\/\n/, '')}` : text;
    return name;
  }

  /** Prints the fields of an object, one per line. @param {ts.Type} type */
  fields(type) {
    const { checker } = this;
    const lines = [];
    for (const field of checker.getPropertiesOfType(type)) {
      if (field.flags & (ts.SymbolFlags.Method | ts.SymbolFlags.Accessor) || field.name.startsWith('__@')) continue;
      const fieldType = checker.getTypeOfSymbol(field);
      if (isFunction(checker.getNonNullableType(fieldType))) continue;
      const said = docOf(field, checker) || this.meaningOf(type.symbol?.name ?? '', field.name);
      lines.push(`${said ? `${comment(said)}\n` : ''}${this.field(field, fieldType)}`);
    }
    for (const { keyType, type: valueType } of checker.getIndexInfosOfType(type))
      lines.push(`[key: ${this.text(keyType)}]: ${this.text(valueType)};`);
    return lines.join('\n');
  }

  /** @param {ts.Symbol} field @param {ts.Type} type */
  field(field, type) {
    const isOptional = (field.flags & ts.SymbolFlags.Optional) !== 0 || mayBeUndefined(type);
    const key = /^[A-Za-z_$][\w$]*$/.test(field.name) ? field.name : JSON.stringify(field.name);
    return `${key}${isOptional ? '?' : ''}: ${this.text(type)};`;
  }
}

/**
 * Returns a type argument of a generic type, such as the items of an array.
 * @param {ts.Type} type
 * @param {number} index
 * @param {ts.TypeChecker} checker
 */
function argumentOf(type, index, checker) {
  const argument = checker.getTypeArguments(/** @type {ts.TypeReference} */ (type))[index];
  if (!argument) throw new Error(`${checker.typeToString(type)} has no type argument ${index}`);
  return argument;
}

/** @param {string} text */
export function comment(text) {
  return `/** ${text.replace(/\s+/g, ' ').replaceAll('*/', '*\\/').replaceAll('@', '\\@').trim()} */`;
}

/** @param {ts.Type} type */
export function mayBeUndefined(type) {
  return (type.flags & ts.TypeFlags.Undefined) !== 0 || (type.isUnion() && type.types.some(part => part.flags & ts.TypeFlags.Undefined));
}

/** @param {ts.Symbol} symbol @param {ts.TypeChecker} checker */
function docOf(symbol, checker) {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim();
}

/** @param {ts.Type} type */
function isFunction(type) {
  return type.getCallSignatures().length > 0 && type.getProperties().length === 0;
}

/** Whether a type is `{}`. @param {ts.Type} type @param {ts.TypeChecker} checker */
function isEmpty(type, checker) {
  const isObject = (type.flags & ts.TypeFlags.Object) !== 0 && type.symbol?.name === '__type';
  return isObject && checker.getPropertiesOfType(type).length === 0 && checker.getIndexInfosOfType(type).length === 0;
}

/** @param {ts.Symbol} symbol */
function parentOf(symbol) {
  return /** @type {{ parent?: ts.Symbol }} */ (/** @type {unknown} */ (symbol)).parent;
}

/** @param {ts.Symbol} symbol */
function isOfTypeScript(symbol) {
  return symbol.declarations?.some(declaration => /\/typescript\/lib\//.test(declaration.getSourceFile().fileName)) === true;
}

/** Returns a name with its namespaces, such as `proto.Message.IImageMessage`. @param {ts.Symbol} symbol */
function qualifiedName(symbol) {
  const names = [symbol.name];
  for (
    let outer = parentOf(symbol);
    outer && outer.flags & ts.SymbolFlags.Namespace && !outer.name.startsWith('"');
    outer = parentOf(outer)
  )
    names.unshift(outer.name);
  return names.join('.');
}

/** Converts a name such as `proto.Message.IImageMessage` to `ProtoMessageImageMessage`. @param {string} qualified */
function nameFor(qualified) {
  const names = qualified.split('.');
  if (names.length > 1) names.push((names.pop() ?? '').replace(/^I(?=[A-Z])/, ''));
  return names.map(name => name.charAt(0).toUpperCase() + name.slice(1)).join('');
}
