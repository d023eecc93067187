/**
 * A class that Nest injects must be imported by value: `import type` compiles, but the decorator metadata then contains `Function` and the
 * application crashes at startup. Parameters with an explicit token (`@Inject(…)`) are exempt.
 */
export const injectedByValue = {
  meta: { type: 'problem', docs: { description: 'constructor parameters of decorated classes are not type-only imports' }, schema: [] },
  create(context) {
    const typeOnly = new Set();
    return {
      ImportDeclaration(node) {
        for (const specifier of node.specifiers) {
          if (node.importKind === 'type' || specifier.importKind === 'type') typeOnly.add(specifier.local.name);
        }
      },
      "MethodDefinition[kind='constructor']"(node) {
        if (!node.parent.parent.decorators?.length) return;
        for (const parameter of node.value.params) {
          const target = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
          const annotation = target.typeAnnotation?.typeAnnotation;
          const explicit = parameter.decorators?.length || target.decorators?.length;
          if (explicit || annotation?.type !== 'TSTypeReference' || annotation.typeName.type !== 'Identifier') continue;
          const name = annotation.typeName.name;
          if (typeOnly.has(name)) {
            context.report({ node: annotation, message: `'${name}' is injected here, so it must not be imported with 'import type'.` });
          }
        }
      }
    };
  }
};
