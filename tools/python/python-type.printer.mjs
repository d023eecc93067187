// @ts-check
import ts from 'typescript';

const KEYWORDS = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' '
  )
);

/** A field of a JSON object. @typedef {{ name: string, isOptional: boolean, type: string }} Field */

/** Prints the types of the SDK's catalogs as Python types: objects become `TypedDict`, named types become separate declarations. */
export class PythonTypePrinter {
  /** @type {Map<string, string>} by name, in the order in which they were met */
  declarations = new Map();
  /** @type {Map<string, ts.InterfaceDeclaration | ts.TypeAliasDeclaration>} */
  #sources = new Map();

  /** @param {readonly ts.SourceFile[]} files */
  constructor(files) {
    for (const statement of files.flatMap(file => [...file.statements]))
      if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) this.#sources.set(statement.name.text, statement);
  }

  /** Returns the fields of an object type. @param {ts.TypeNode} type @returns {Field[]} */
  fields(type) {
    if (ts.isTypeReferenceNode(type)) {
      const source = this.#sources.get(type.typeName.getText());
      if (source && ts.isInterfaceDeclaration(source)) return this.#fieldsOf(source.members);
      if (source && ts.isTypeAliasDeclaration(source)) return this.fields(source.type);
    }
    return ts.isTypeLiteralNode(type) ? this.#fieldsOf(type.members) : [];
  }

  /** Returns the text of a type. @param {ts.TypeNode} type @returns {string} */
  text(type) {
    if (ts.isParenthesizedTypeNode(type)) return this.text(type.type);
    if (ts.isUnionTypeNode(type)) return this.#union(type.types);
    if (ts.isArrayTypeNode(type)) return `Sequence[${this.text(type.elementType)}]`;
    if (ts.isTupleTypeNode(type)) return 'Sequence[Any]';
    if (ts.isLiteralTypeNode(type)) return this.#literal(type);
    if (ts.isTypeReferenceNode(type)) return this.#reference(type);
    if (ts.isTypeLiteralNode(type)) return 'Mapping[str, Any]';
    switch (type.kind) {
      case ts.SyntaxKind.StringKeyword:
        return 'str';
      case ts.SyntaxKind.NumberKeyword:
        return 'float';
      case ts.SyntaxKind.BooleanKeyword:
        return 'bool';
      case ts.SyntaxKind.VoidKeyword:
      case ts.SyntaxKind.UndefinedKeyword:
        return 'None';
      default:
        return 'Any';
    }
  }

  /** @param {ts.LiteralTypeNode} type */
  #literal({ literal }) {
    if (literal.kind === ts.SyntaxKind.NullKeyword) return 'None';
    if (literal.kind === ts.SyntaxKind.TrueKeyword) return 'Literal[True]';
    if (literal.kind === ts.SyntaxKind.FalseKeyword) return 'Literal[False]';
    if (ts.isStringLiteral(literal)) return `Literal[${quoted(literal.text)}]`;
    return `Literal[${literal.getText()}]`;
  }

  /** @param {readonly ts.TypeNode[]} types */
  #union(types) {
    const texts = [...new Set(types.map(type => this.text(type)))];
    if (texts.includes('Any')) return 'Any';
    const isLiteral = (/** @type {string} */ text) => /^Literal\[/.test(text);
    const values = texts.filter(isLiteral).map(text => text.slice('Literal['.length, -1));
    const others = texts.filter(text => !isLiteral(text) && text !== 'None');
    const members = [...others, ...(values.length > 0 ? [`Literal[${values.join(', ')}]`] : [])];
    const joined = members.length > 1 ? `Union[${members.join(', ')}]` : (members[0] ?? 'None');
    return texts.includes('None') && joined !== 'None' ? `Optional[${joined}]` : joined;
  }

  /** @param {ts.TypeReferenceNode} type */
  #reference(type) {
    const name = type.typeName.getText();
    if (name === 'Partial') return 'Mapping[str, Any]';
    if (name === 'Record') return `Mapping[str, ${type.typeArguments?.[1] ? this.text(type.typeArguments[1]) : 'Any'}]`;
    const source = this.#sources.get(name);
    if (!source) return 'Any';
    if (!this.declarations.has(name)) {
      // Set before its fields are printed, because they may refer back to it.
      this.declarations.set(name, '');
      this.declarations.set(name, this.#declaration(name, source));
    }
    return name;
  }

  /** @param {string} name @param {ts.InterfaceDeclaration | ts.TypeAliasDeclaration} source */
  #declaration(name, source) {
    if (ts.isTypeAliasDeclaration(source)) return `${name}: TypeAlias = ${quoted(this.text(source.type))}`;
    if (source.members.some(member => ts.isIndexSignatureDeclaration(member))) return `${name}: TypeAlias = "Mapping[str, Any]"`;
    const fields = this.#fieldsOf(source.members);
    const typed = fields.map(({ name: field, isOptional, type }) => ({ field, type: isOptional ? `NotRequired[${type}]` : type }));
    if (typed.every(({ field }) => /^[A-Za-z_]\w*$/.test(field) && !KEYWORDS.has(field) && !field.startsWith('__')))
      return `class ${name}(TypedDict):\n${typed.map(({ field, type }) => `    ${field}: ${type}`).join('\n') || '    pass'}`;
    return `${name} = TypedDict(${quoted(name)}, {\n${typed.map(({ field, type }) => `    ${quoted(field)}: ${quoted(type)},`).join('\n')}\n})`;
  }

  /** @param {ts.NodeArray<ts.TypeElement>} members @returns {Field[]} */
  #fieldsOf(members) {
    return members.flatMap(member => {
      if (!ts.isPropertySignature(member) || !member.type) return [];
      const name = ts.isStringLiteral(member.name) ? member.name.text : member.name.getText();
      return [{ name, isOptional: member.questionToken !== undefined, type: this.text(member.type) }];
    });
  }
}

/** Returns a text as a Python literal. @param {string} text */
export function quoted(text) {
  return JSON.stringify(text);
}

/** Converts a name such as `sendMessage` to Python's naming convention. @param {string} name */
export function snakeCase(name) {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
  return KEYWORDS.has(words) || words === 'self' || words === 'session' ? `${words}_` : words;
}
