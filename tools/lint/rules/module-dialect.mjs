const HANDED_IN = new Set(['DynamicModule', 'ModuleMetadata']);

const isModule = node =>
  node.decorators?.some(({ expression }) => expression.type === 'CallExpression' && expression.callee.name === 'Module') ?? false;

/** Whether a type lets a caller pass in modules: `DynamicModule` as a parameter or a property, `ModuleMetadata` anywhere. */
function handsIn(node) {
  if (!HANDED_IN.has(node.typeName.name)) return false;
  if (node.typeName.name === 'ModuleMetadata') return true;
  for (let { parent } = node; parent; parent = parent.parent) {
    if (parent.type === 'TSPropertySignature') return true;
    // The return type of `register` is outside the parameters.
    if (parent.type === 'TSTypeAnnotation' && parent.parent.type === 'Identifier') return true;
  }
  return false;
}

/**
 * There is one way to wire modules: a module is a plain class, or `XModule.register(settings)`. Its providers are built by injection; a factory
 * is only for values that must be read or awaited first.
 */
export const moduleDialect = {
  meta: { type: 'suggestion', docs: { description: 'modules are registered in one way' }, schema: [] },
  create(context) {
    if (!context.filename.endsWith('.module.ts')) return {};
    return {
      'MethodDefinition[static=true]'(node) {
        if (!isModule(node.parent.parent) || node.key.name === 'register') return;
        context.report({ node: node.key, message: `A module has one static method, 'register', not '${node.key.name}'.` });
      },
      "Property[key.name='useFactory']"({ value }) {
        if (value.type !== 'ArrowFunctionExpression' || value.body.type !== 'NewExpression') return;
        context.report({
          node: value,
          message: 'Make the class injectable and provide its settings, or use useValue if it needs nothing else.'
        });
      },
      TSTypeReference(node) {
        if (handsIn(node)) context.report({ node, message: 'Do not pass modules in: list them in the imports of the application module.' });
      }
    };
  }
};
