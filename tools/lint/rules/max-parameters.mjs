const MOST = 4;
const MOST_INJECTED = 6;

/**
 * At most four parameters, otherwise one object with named properties: a call must be readable without the signature. Functions that Nest or a
 * test table calls (constructors, `useFactory`) may have six, because nobody writes these calls.
 */
export const maxParameters = {
  meta: { type: 'suggestion', docs: { description: 'at most four parameters, six where they are injected' }, schema: [] },
  create(context) {
    const check = node => {
      const { parent } = node;
      const injected =
        (parent.type === 'MethodDefinition' && parent.kind === 'constructor') ||
        (parent.type === 'Property' && parent.key.name === 'useFactory');
      const most = injected ? MOST_INJECTED : MOST;
      if (node.params.length > most) {
        context.report({ node, message: `${node.params.length} parameters: use at most ${most}, or one object with named properties.` });
      }
    };
    return { FunctionDeclaration: check, FunctionExpression: check, ArrowFunctionExpression: check };
  }
};
