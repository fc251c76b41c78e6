/**
 * Owns the XML of DMN: text in, elements out. dmn-moddle is seen only here. It knows DMN 1.3; the
 * namespaces of 1.2 to 1.5 are read as that, and the boxed expressions that 1.4 added are declared to it.
 */
import { DefinitionError } from '@ganwei/core/definition';
import { type DmnElement, DmnModdle } from 'dmn-moddle';

const NAMESPACE = /(https?:\/\/www\.omg\.org\/spec\/DMN)\/(?:20180521|20211108|20230324)\/(MODEL|DMNDI)\//g;

/** The `definitions` of a file. Throws DefinitionError when it is no DMN, or holds something that DMN does not know. */
export async function readDefinitions(xml: string): Promise<DmnElement> {
  const refuse = (message: string): never => {
    const sentence = `文件不是有效的 DMN：${message.split('\n', 1)[0]}`;
    throw new DefinitionError([{ severity: 'error', rule: 'dmn-xml', element: 'definitions', message: sentence }]);
  };
  try {
    const { rootElement, warnings } = await moddle.fromXML(
      xml.replace(NAMESPACE, 'https://www.omg.org/spec/DMN/20191111/$2/'),
    );
    if (warnings.length) return refuse(warnings.map((warning) => warning.message).join('; '));
    return rootElement;
  } catch (error) {
    if (error instanceof DefinitionError || !(error instanceof Error)) throw error;
    return refuse(error.message);
  }
}

const part = (name: string) => ({ name, type: 'ChildExpression', xml: { serialize: 'property' } });
const boxed = (name: string, parts: readonly string[], iterates: boolean) => ({
  name,
  superClass: ['Expression'],
  properties: [...(iterates ? [{ name: 'iteratorVariable', type: 'String', isAttr: true }] : []), ...parts.map(part)],
});

/** of DMN 1.4 and 1.5 */
const ADDED = [
  { name: 'ChildExpression', superClass: ['DMNElement'], properties: [{ name: 'value', type: 'Expression' }] },
  boxed('Conditional', ['if', 'then', 'else'], false),
  boxed('Filter', ['in', 'match'], false),
  boxed('For', ['in', 'return'], true),
  boxed('Every', ['in', 'satisfies'], true),
  boxed('Some', ['in', 'satisfies'], true),
];

const dmn13 = new DmnModdle().getPackage('dmn');
const moddle = new DmnModdle({ dmn: { ...dmn13, types: [...dmn13.types, ...ADDED] } });
