/**
 * Texts that only one file may contain, because a protocol that is implemented in two places drifts apart. `where` is the end of that file's
 * path.
 */
const PLACES = [
  {
    text: '$JS.API.CONSUMER.MSG.NEXT',
    where: 'libs/broker/src/streams/pull.reader.ts',
    message: 'Pull with PullReader of libs/broker/src/streams, which handles the end of a pull.'
  }
];

/** Signal records, their snapshots, and the stored data of other gateways: a damaged one must not be read in part. */
const OTHER_BYTES = ['libs/migrate/', 'apps/connector/src/whatsapp/', 'apps/connector/src/auth-state/snapshot.policy.ts'];
const CODEC = 'libs/contracts/src/json/json-record.codec.ts';
const DAMAGED = 'Decode the value of a key with decodeJsonRecord of @wabus/contracts: a damaged one must not throw.';

const isTest = path => /\.(spec|fixture|conformance)\.ts$/.test(path) || path.includes('/apps/e2e/') || path.includes('/apps/simulator/');

/** `Buffer.from(value)` converted without an encoding, or a decoder that replaces invalid bytes. */
const isBytesText = node => {
  if (node?.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  const { object, property } = node.callee;
  const isPlain = object.type === 'CallExpression' && object.arguments.length === 1 && object.callee.object?.name === 'Buffer';
  if (property.name === 'toString') return isPlain && object.callee.property?.name === 'from';
  return (
    property.name === 'decode' && object.type === 'NewExpression' && object.callee.name === 'TextDecoder' && object.arguments.length === 0
  );
};

/** Protocols and codecs that must be implemented in one place only. */
export const onePlace = {
  meta: { type: 'problem', docs: { description: 'protocols and codecs have one place' }, schema: [] },
  create(context) {
    const path = context.filename.replaceAll('\\', '/');
    if (isTest(path)) return {};
    const check = (node, text) => {
      const place = PLACES.find(({ text: said }) => text.includes(said));
      if (place && !path.endsWith(place.where)) context.report({ node, message: place.message });
    };
    return {
      Literal: node => void (typeof node.value === 'string' && check(node, node.value)),
      TemplateElement: node => check(node, node.value.cooked ?? ''),
      CallExpression(node) {
        const { callee } = node;
        const isParse = callee.type === 'MemberExpression' && callee.object.name === 'JSON' && callee.property.name === 'parse';
        if (!isParse || path.endsWith(CODEC) || OTHER_BYTES.some(part => path.includes(part))) return;
        if (isBytesText(node.arguments[0])) context.report({ node, message: DAMAGED });
      }
    };
  }
};
